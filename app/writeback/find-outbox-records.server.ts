import { readOrderSearch } from "#app/erp/orders/order-search.ts";
import type { Db } from "#app/lib/db.server.ts";

/** More than anybody reads: a SKU text that so many levels have is no search. */
const MOST_LEVELS = 1000;

/**
 * The orders and stock levels that a person means by one word: an order's number, with or without its #, Shopify's id of it, an AWB,
 * or a SKU.
 * @returns ids as the outbox has them
 */
export async function findOutboxRecords(
  db: Db,
  { shop, search }: { shop: string; search: string },
): Promise<string[]> {
  const { numbers, awbs } = readOrderSearch(search);
  const { rows } = await db.query<{ id: string }>(
    `select "shopifyOrderId" as id from "Order" where shop = $1 and "orderNumber" = any($2)
     union select "shopifyOrderId" from "Order" where shop = $1 and "shopifyOrderId" = any($2)
     union select "shopifyOrderId" from "Parcel" where shop = $1 and "awbNumber" = any($3)
     union (select level.id from "Sku" sku
        join "ShopifyInventoryCache" level on level.shop = sku.shop and level."skuId" = sku.id
       where sku.shop = $1 and sku."skuCode" = $4 limit $5)`,
    [shop, numbers, awbs, search, MOST_LEVELS],
  );
  return rows.map(({ id }) => id);
}
