import type { Db } from "#app/lib/db.server.ts";
import type { StockLocation } from "./stock-item.ts";

/**
 * A shop's locations by name, each with the sum of its levels. One that only levels tell of is among them, one that is deleted only
 * while something is stocked there.
 */
export async function listStockLocations(db: Db, { shop }: { shop: string }): Promise<StockLocation[]> {
  const sum = (column: string) => `coalesce(sum("${column}"), 0)::float8`;
  const { rows } = await db.query<StockLocation>(
    `with stocked as (
       select "shopifyLocationId" as id, count(*)::int as items, ${sum("availableQty")} as available, ${sum("onHandQty")} as "onHand",
         ${sum("committedQty")} as committed, ${sum("incomingQty")} as incoming, max("lastSynced") as last
       from "ShopifyInventoryCache" where shop = $1 and "deletedAt" is null and "lastSynced" is not null group by "shopifyLocationId"),
     named as (select id, name, "isActive", "deletedAt" from "ShopifyLocation" where shop = $1)
     select coalesce(named.id, stocked.id) as id, name, coalesce("isActive", true) as "isActive", coalesce(items, 0) as items,
       coalesce(available, 0) as available, coalesce("onHand", 0) as "onHand", coalesce(committed, 0) as committed,
       coalesce(incoming, 0) as incoming, to_char(last at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastSynced"
     from named full join stocked on named.id = stocked.id
     where "deletedAt" is null or items > 0
     order by not coalesce("isActive", true), name, 1`,
    [shop],
  );
  return rows;
}
