import type { Db } from "#app/lib/db.server.ts";

import { stockWishes, type StockWish } from "./stock-wish.ts";

/**
 * Which of these levels are still to be told to Shopify; one that is told or refused is not among them. Of several of one level a
 * question to a person is the one that counts.
 * @param ids `{inventory item}@{location}`
 */
export async function loadStockWishes(
  db: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<Record<string, StockWish>> {
  if (ids.length === 0) return {};
  const { rows } = await db.query<{ id: string; wish: StockWish }>(
    `select "entityId" as id, min(status) as wish from "Outbox"
      where shop = $1 and entity = 'stock' and "entityId" = any($2) and kind = 'inventorySet' and status = any($3) group by 1`,
    [shop, ids, stockWishes],
  );
  return Object.fromEntries(rows.map(({ id, wish }) => [id, wish]));
}
