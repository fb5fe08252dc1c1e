import type { PoolClient } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import type { LoadedSettings } from "#app/settings/load-settings.server.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { loadSkuIndex } from "#app/erp/catalog/load-sku-index.server.ts";
import type { SkuIndex } from "#app/erp/catalog/sku-index.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { upsertCustomersFromOrders } from "#app/erp/customers/upsert-customers-from-orders.server.ts";
import { buildCustomerData } from "./build-customer-data.ts";
import type { OrderContext, StoredOrder } from "./order-context.ts";

/** Gathers all that the rules ask about a batch of orders, in a handful of statements. */
export async function loadOrderContext(
  tx: PoolClient,
  {
    shop,
    orders,
    settings,
    now,
  }: { shop: string; orders: readonly OrderSnapshot[]; settings: LoadedSettings; now: Date },
): Promise<OrderContext> {
  const ids = orders.map(({ id }) => id);
  const skus = await findSkus(tx, shop, orders);
  const stored = await tx.query<StoredOrder & { shopifyOrderId: string }>({
    name: "load-stored-orders",
    text: `SELECT "shopifyOrderId", "outputHash", "createdAt" FROM "Order" WHERE shop = $1 AND "shopifyOrderId" = ANY($2)`,
    values: [shop, ids],
  });
  return {
    shop,
    now,
    settings,
    cutOverAt: settings.cutOverAt,
    skus,
    customers: await upsertCustomersFromOrders(tx, {
      shop,
      customers: orders.flatMap((order) => buildCustomerData(order).customer ?? []),
      now,
    }),
    stored: new Map(stored.rows.map((row) => [row.shopifyOrderId, row])),
    facts: await loadErpFacts(tx, { shop, orderIds: ids }),
  };
}

/** SKUs by variant and mapping; SKU texts are asked about only where a variant is nobody's. */
async function findSkus(tx: PoolClient, shop: string, orders: readonly OrderSnapshot[]): Promise<SkuIndex> {
  const variantIds = new Set<string>();
  for (const { lines } of orders)
    for (const { variantId } of lines) if (variantId !== null) variantIds.add(variantId);
  const known = await loadSkuIndex(tx, { shop, variantIds, skuCodes: [] });
  const skuCodes = new Set<string>();
  for (const { lines } of orders)
    for (const { variantId, sku } of lines)
      if (sku !== null && variantId !== null && !known.byVariantId.has(variantId)) skuCodes.add(sku);
  if (skuCodes.size === 0) return known;
  return { ...known, bySkuCode: (await loadSkuIndex(tx, { shop, variantIds: [], skuCodes })).bySkuCode };
}

/** What the ERP did with these orders; most have nothing. */
async function loadErpFacts(
  db: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] },
): Promise<OrderContext["facts"]> {
  const { rows } = await db.query<Omit<FactRow, "at"> & { orderId: string; at: Date }>({
    name: "load-erp-facts",
    text: `SELECT "shopifyOrderId" AS "orderId", kind, "shopifyLineId" AS "lineId", "parcelId", qty, details, at
      FROM "ErpFact" WHERE shop = $1 AND "shopifyOrderId" = ANY($2) ORDER BY id`,
    values: [shop, orderIds],
  });
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  return new Map(
    [...byOrder].map(([orderId, facts]) => [
      orderId,
      readOrderFacts(facts.map((fact) => ({ ...fact, at: fact.at.toISOString() }))),
    ]),
  );
}
