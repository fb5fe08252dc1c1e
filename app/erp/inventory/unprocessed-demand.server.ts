import type { Db } from "#app/lib/db.server.ts";
import { findSkus } from "#app/erp/processor/load-order-context.server.ts";
import { findSku } from "#app/erp/processor/find-sku.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { Demand } from "./compared-levels.ts";
import { readCachedOrders, type CachedOrder } from "./read-cached-orders.server.ts";

export type UnprocessedDemand = {
  /** Orders that are not in the ERP yet. */
  orders: number;
  /** Of `MOST_ORDERS` at most; of more nothing is known, and no stock leaves. */
  demand: Demand[];
  /** Why no stock leaves for now, in words. */
  waits: string | null;
};

/** More orders than these are not subtracted one by one: they are taken in first. */
export const MOST_ORDERS = 1_000;

/** SQL: orders of the cache (shop $1) that the ERP has no row of; those that wait and those that failed, each by its partial index. */
const NOT_IN_ERP = ["pending", "quarantined"]
  .map(
    (
      which,
    ) => `select c.id from "ShopifyOrderCache" c where c.shop = $1 and c."processedAt" is null and c."deletedAt" is null
      and ${which === "pending" ? `c."quarantinedAt" is null` : `c."quarantinedAt" is not null and c."errorCode" is not null`}
      and not exists (select from "Order" o where o.shop = $1 and o."shopifyOrderId" = c.id)`,
  )
  .join(" union all ");

/**
 * What orders in the cache ask for that are not in the ERP yet (waiting, failed or put aside), as the processor itself reads them: of
 * cancelled orders, test orders and those before the cut-over nothing; of the others what is left of each line and not fulfilled. What
 * Shopify says is fulfilled has left the shelf: stock leaves on the ERP's word of what it can sell, which is without those units, and
 * taken off once more they would be missing for as long as the order is put aside. Where the order's fulfilment orders are known and agree, it is asked of their location; else of EVERY location that stocks the item: Shopify has
 * promised it from one of them, and too few shown is safer than too many sold. An order that cannot be read asks for nothing.
 */
export async function unprocessedDemand(db: Db, { shop }: { shop: string }): Promise<UnprocessedDemand> {
  const ids = await findOrdersNotInErp(db, { shop });
  const orders = ids.length;
  if (orders > MOST_ORDERS)
    return { orders, demand: [], waits: `Stock waits until ${String(orders)} orders have been taken in` };
  const { cutOverAt } = await loadSettings(db, { shop });
  const sums = new Map<string, Demand>();
  for await (const some of readCachedOrders(db, { shop, ids }))
    for (const asked of await demandOf(db, { shop, orders: some, cutOverAt })) {
      const key = `${asked.inventoryItemId}@${asked.locationId ?? ""}`;
      const sum = sums.get(key);
      if (sum) sum.units += asked.units;
      else sums.set(key, { ...asked });
    }
  return { orders, demand: [...sums.values()], waits: null };
}

/** Orders of the cache that the ERP has no row of. */
export async function findOrdersNotInErp(db: Db, { shop }: { shop: string }): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(NOT_IN_ERP, [shop]);
  return rows.map(({ id }) => id);
}

async function demandOf(
  db: Db,
  { shop, orders, cutOverAt }: { shop: string; orders: readonly CachedOrder[]; cutOverAt: Date | null },
): Promise<Demand[]> {
  const open = orders.filter(({ order: { test, cancelledAt, createdAt } }) => {
    const isHistory = cutOverAt !== null && Date.parse(createdAt) < cutOverAt.getTime();
    return !test && cancelledAt === null && !isHistory;
  });
  const skus = await findSkus(
    db,
    shop,
    open.map(({ order }) => order),
  );
  const asked = open.flatMap(({ order, locations }) => {
    const [only = null] = locations;
    const locationId = locations.size === 1 ? only : null;
    return order.lines.flatMap((line) => {
      const skuId = findSku(line, skus);
      const units = Math.min(line.currentQty, line.unfulfilledQty);
      return skuId === undefined || units <= 0 ? [] : { skuId, locationId, units };
    });
  });
  const items = await itemsOf(
    db,
    shop,
    asked.map(({ skuId }) => skuId),
  );
  return asked.flatMap(({ skuId, locationId, units }) => {
    const inventoryItemId = items.get(skuId);
    return inventoryItemId === undefined ? [] : { inventoryItemId, locationId, units };
  });
}

async function itemsOf(db: Db, shop: string, skuIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; item: string }>(
    `select id, "shopifyInventoryItemId" as item from "Sku"
      where shop = $1 and id = any($2) and "shopifyInventoryItemId" is not null`,
    [shop, [...new Set(skuIds)]],
  );
  return new Map(rows.map(({ id, item }) => [id, item]));
}
