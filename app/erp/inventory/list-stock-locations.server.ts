import type { Db } from "#app/lib/db.server.ts";
import type { StockLocation } from "./stock-item.ts";

/**
 * A shop's locations by name, without their sums. One that only levels tell of is among them, one that is deleted only while
 * something is stocked there. The levels' index by location is asked for one location after another: none is counted.
 */
export async function listStockLocations(db: Db, { shop }: { shop: string }): Promise<StockLocation[]> {
  const next = (after: string) =>
    `(select "shopifyLocationId" as id from "ShopifyInventoryCache"
       where shop = $1 and "deletedAt" is null${after} order by "shopifyLocationId" limit 1)`;
  const { rows } = await db.query<StockLocation>(
    `with recursive stocked as (
       ${next("")}
       union all
       select found.id from stocked cross join lateral ${next(` and "shopifyLocationId" > stocked.id`)} found),
     named as (select id, name, "isActive", "deletedAt" from "ShopifyLocation" where shop = $1)
     select coalesce(named.id, stocked.id) as id, name, coalesce("isActive", true) as "isActive", stocked.id is not null as "isStocked"
     from named full join stocked on named.id = stocked.id
     where "deletedAt" is null or stocked.id is not null
     order by not coalesce("isActive", true), name, 1`,
    [shop],
  );
  return rows;
}
