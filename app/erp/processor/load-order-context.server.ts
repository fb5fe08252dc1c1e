import type { PoolClient } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import type { LoadedSettings } from "#app/settings/load-settings.server.ts";
import { loadSkuIndex } from "#app/erp/catalog/load-sku-index.server.ts";
import type { SkuIndex } from "#app/erp/catalog/sku-index.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { upsertCustomersFromOrders } from "#app/erp/customers/upsert-customers-from-orders.server.ts";
import { buildCustomerData } from "./build-customer-data.ts";
import type { LineFacts } from "./determine-order-status.ts";
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
    ...(await loadErpFacts(tx, { shop, orderIds: ids })),
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

const FACT_FIELDS: Readonly<Record<string, keyof LineFacts>> = {
  allocated: "allocated",
  picked: "picked",
  packed: "packed",
  handed_over: "handedOver",
  delivered: "delivered",
  cancelled: "cancelled",
};

/** What the ERP did with these orders: quantities by line, and a person's word on the payment method. */
async function loadErpFacts(
  db: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] },
): Promise<Pick<OrderContext, "facts" | "corrections">> {
  type Row = {
    orderId: string;
    kind: string;
    lineId: string | null;
    qty: number | null;
    details: { method?: unknown };
  };
  const { rows } = await db.query<Row>({
    name: "load-erp-facts",
    text: `SELECT "shopifyOrderId" AS "orderId", kind, "shopifyLineId" AS "lineId", qty, details
      FROM "ErpFact" WHERE shop = $1 AND "shopifyOrderId" = ANY($2) ORDER BY id`,
    values: [shop, orderIds],
  });
  const facts = new Map<string, Map<string, LineFacts>>();
  const corrections = new Map<string, "COD" | "Prepaid">();
  for (const { orderId, kind, lineId, qty, details } of rows) {
    if (kind === "payment_method" && (details.method === "COD" || details.method === "Prepaid"))
      corrections.set(orderId, details.method);
    const field = FACT_FIELDS[kind];
    if (!field || lineId === null || qty === null) continue;
    const ofOrder = facts.get(orderId) ?? new Map<string, LineFacts>();
    facts.set(orderId, ofOrder);
    const line = ofOrder.get(lineId) ?? {
      allocated: 0,
      picked: 0,
      packed: 0,
      handedOver: 0,
      delivered: 0,
      cancelled: 0,
    };
    ofOrder.set(lineId, line);
    line[field] += qty;
  }
  return { facts, corrections };
}
