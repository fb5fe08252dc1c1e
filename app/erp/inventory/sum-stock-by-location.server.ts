import type { Db } from "#app/lib/db.server.ts";
import type { StockSums } from "./stock-item.ts";

/** What is stocked at each of a shop's locations, in all. It reads every level: for a card, not for each page of a list. */
export async function sumStockByLocation(db: Db, { shop }: { shop: string }): Promise<StockSums[]> {
  const sum = (column: string) => `coalesce(sum("${column}"), 0)::float8`;
  const { rows } = await db.query<StockSums>(
    `select "shopifyLocationId" as id, count(*)::int as items, ${sum("availableQty")} as available, ${sum("onHandQty")} as "onHand",
       ${sum("committedQty")} as committed, ${sum("incomingQty")} as incoming
     from "ShopifyInventoryCache" where shop = $1 and "deletedAt" is null and "lastSynced" is not null group by "shopifyLocationId"`,
    [shop],
  );
  return rows;
}
