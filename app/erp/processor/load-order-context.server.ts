import type { PoolClient } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import type { LoadedSettings } from "#app/settings/load-settings.server.ts";
import { loadOrderFacts } from "#app/erp/facts/load-order-facts.server.ts";
import { createPlaceholderSkus } from "#app/erp/catalog/create-placeholder-skus.server.ts";
import { loadSkuIndex } from "#app/erp/catalog/load-sku-index.server.ts";
import type { IndexedSku, SkuIndex } from "#app/erp/catalog/sku-index.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { upsertCustomersFromOrders } from "#app/erp/customers/upsert-customers-from-orders.server.ts";
import { buildCustomerData } from "./build-customer-data.ts";
import { findSku } from "./find-sku.ts";
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
  const customers = await upsertCustomersFromOrders(tx, {
    shop,
    // A test order makes nobody a customer.
    customers: orders.flatMap((order) => (order.test ? [] : (buildCustomerData(order).customer ?? []))),
    now,
  });
  const facts = await loadOrderFacts(tx, { shop, orderIds: ids });
  // The last that locks anything: it holds the catalogue from here on.
  for (const [variantId, sku] of await placeholdersOf(tx, { shop, orders, skus, now }))
    skus.byVariantId.set(variantId, sku);
  return {
    shop,
    now,
    settings,
    cutOverAt: settings.cutOverAt,
    skus,
    customers,
    stored: new Map(stored.rows.map((row) => [row.shopifyOrderId, row])),
    facts,
  };
}

/** SKUs by variant and mapping; SKU texts are asked about only where a variant is nobody's. */
export async function findSkus(
  tx: Db,
  shop: string,
  orders: readonly Pick<OrderSnapshot, "lines">[],
): Promise<SkuIndex> {
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

/** Archived placeholders for the lines whose variant nobody knows and Shopify says is gone: such an order never waits for it. */
async function placeholdersOf(
  tx: PoolClient,
  options: { shop: string; orders: readonly OrderSnapshot[]; skus: SkuIndex; now: Date },
): Promise<Map<string, IndexedSku>> {
  const { shop, orders, skus, now } = options;
  const missing = orders.flatMap(({ lines }) =>
    lines.filter((line) => line.variantId !== null && findSku(line, skus) === undefined),
  );
  if (missing.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM "ShopifyProductCache" WHERE shop = $1 AND id = ANY($2) AND "deletedAt" IS NOT NULL`,
    [shop, [...new Set(missing.flatMap(({ productId }) => productId ?? []))]],
  );
  const deleted = new Set(rows.map(({ id }) => id));
  const lines = missing
    .filter(({ variantIsGone, productId }) => variantIsGone || (productId !== null && deleted.has(productId)))
    .map(({ variantId, productId, sku, title, variantTitle, requiresShipping }) => ({
      shopifyVariantId: variantId ?? "",
      shopifyProductId: productId,
      skuCode: sku,
      ...{ title, variantTitle, requiresShipping },
    }));
  return createPlaceholderSkus(tx, { shop, lines, now });
}
