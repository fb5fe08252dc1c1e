import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Database } from "#app/lib/db.server.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { buildOrderData } from "#app/erp/processor/build-order-data.ts";
import type { OrderContext } from "#app/erp/processor/order-context.ts";

type Child = { __typename: string; __parentId: string };

/**
 * The road as it is written when nobody measures: one order at a time, one transaction each, through Prisma: store the
 * payload, look up its SKUs and customer, upsert the order, replace its lines. Returns orders per second.
 */
export async function measureNaive(
  database: Database,
  { shop, path, orders }: { shop: string; path: string; orders: number },
): Promise<number> {
  const { prisma } = database;
  const payloads = await readOrders(path, orders);
  const settings = await loadSettings(database.pool, { shop });
  const started = performance.now();
  for (const { id, updatedAt, raw } of payloads)
    await prisma.$transaction(async (tx) => {
      await tx.shopifyOrderCache.upsert({
        where: { shop_id: { shop, id } },
        create: {
          shop,
          id,
          rawData: raw,
          rawShape: "bulk",
          contentHash: id,
          source: "dump",
          shopifyUpdatedAt: updatedAt,
        },
        update: { rawData: raw, shopifyUpdatedAt: updatedAt },
      });
      const order = mergeOrderSlots(
        [
          {
            shape: "bulk",
            shopifyUpdatedAt: updatedAt,
            triggeredAt: null,
            decoded: decodeOrder("bulk", raw),
          },
        ],
        [],
      );
      const skus: OrderContext["skus"] = {
        byVariantId: new Map(),
        bySkuCode: new Map(),
        byMapping: new Map(),
      };
      for (const { variantId } of order.lines) {
        if (variantId === null) continue;
        const sku = await tx.sku.findFirst({ where: { shop, shopifyVariantId: variantId } });
        if (sku)
          skus.byVariantId.set(variantId, { skuId: sku.id, skuCode: sku.skuCode, productId: sku.productId });
      }
      const customer =
        order.customer &&
        (await tx.customer.findFirst({ where: { shop, shopifyCustomerId: order.customer.id } }));
      const { rows } = buildOrderData(order, {
        shop,
        now: new Date(),
        settings,
        cutOverAt: settings.cutOverAt,
        skus,
        customers: new Map(customer?.shopifyCustomerId ? [[customer.shopifyCustomerId, customer.id]] : []),
        stored: new Map(),
        facts: new Map(),
      });
      const { shippingAddress, billingAddress, attributes, shippingLines, holds, ...plain } = rows.order;
      const data = {
        ...plain,
        ...(shippingAddress === null ? {} : { shippingAddress: JSON.parse(shippingAddress) as object }),
        ...(billingAddress === null ? {} : { billingAddress: JSON.parse(billingAddress) as object }),
        attributes: JSON.parse(attributes) as object,
        shippingLines: JSON.parse(shippingLines) as object,
        holds: JSON.parse(holds) as object,
        outputHash: "",
      };
      await tx.order.upsert({
        where: { shop_shopifyOrderId: { shop, shopifyOrderId: id } },
        create: data,
        update: data,
      });
      const ofOrder = { where: { shop, shopifyOrderId: id } };
      await tx.orderLine.deleteMany(ofOrder);
      await tx.orderLine.createMany({
        data: rows.lines.map((line) => ({ ...line, attributes: JSON.parse(line.attributes) as object })),
      });
      await tx.orderCharge.deleteMany(ofOrder);
      await tx.orderCharge.createMany({ data: rows.charges });
      await tx.orderPayment.deleteMany(ofOrder);
      await tx.orderPayment.createMany({ data: rows.payments });
      await tx.parcel.deleteMany(ofOrder);
      await tx.parcel.createMany({ data: rows.parcels });
      await tx.parcelLine.deleteMany(ofOrder);
      await tx.parcelLine.createMany({ data: rows.parcelLines });
      await tx.returnCase.deleteMany(ofOrder);
      await tx.returnCase.createMany({
        data: rows.cases.map((one) => ({ ...one, lines: JSON.parse(one.lines) as object })),
      });
      await tx.changeFeed.create({ data: { shop, entity: "order", entityId: id, change: "created" } });
      await tx.shopifyOrderCache.update({
        where: { shop_id: { shop, id } },
        data: { processedAt: new Date() },
      });
    });
  return payloads.length / ((performance.now() - started) / 1000);
}

/** The first orders of the file with their children, put together the plain way, outside the measured time. */
async function readOrders(
  path: string,
  count: number,
): Promise<{ id: string; updatedAt: Date; raw: string }[]> {
  const roots = new Map<
    string,
    { node: { id: string; legacyResourceId: string; updatedAt: string }; children: Child[] }
  >();
  const children: Child[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const node = JSON.parse(line) as Partial<Child> & {
      id: string;
      legacyResourceId: string;
      updatedAt: string;
    };
    if (node.__parentId !== undefined) children.push(node as Child);
    else if (roots.size < count) roots.set(node.id, { node, children: [] });
    if (roots.size >= count && children.length > count * 20) break;
  }
  for (const child of children) roots.get(child.__parentId)?.children.push(child);
  return [...roots.values()].map(({ node, children: own }) => ({
    id: node.legacyResourceId,
    updatedAt: new Date(node.updatedAt),
    raw: JSON.stringify({
      ...node,
      lineItems: own.filter((child) => child.__typename === "LineItem"),
      shippingLines: own.filter((child) => child.__typename === "ShippingLine"),
    }),
  }));
}
