import type { Db } from "#app/lib/db.server.ts";
import type { StockLocation, StockSum } from "./stock-item.ts";

/** A shop's places by name; those without one yet, of which only a level told, are among them. */
export async function listStockLocations(db: Db, { shop }: { shop: string }): Promise<StockLocation[]> {
  const { rows } = await db.query<StockLocation>(
    `select id, name, "isActive", "deletedAt" is not null as "isDeleted" from "ShopifyLocation" where shop = $1
      order by "deletedAt" is not null, not "isActive", name, id`,
    [shop],
  );
  return rows;
}

/** What a shop has at each location in all, over every item that is stocked there. */
export async function sumStock(db: Db, { shop }: { shop: string }): Promise<StockSum[]> {
  const { rows } = await db.query<StockSum>(
    `select "shopifyLocationId" as "locationId", count(*)::int as items, coalesce(sum("availableQty"), 0)::float8 as available,
       coalesce(sum("onHandQty"), 0)::float8 as "onHand", coalesce(sum("committedQty"), 0)::float8 as committed,
       coalesce(sum("incomingQty"), 0)::float8 as incoming,
       to_char(max("lastSynced") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastSynced"
     from "ShopifyInventoryCache" where shop = $1 and "deletedAt" is null and "lastSynced" is not null
     group by "shopifyLocationId" order by "shopifyLocationId"`,
    [shop],
  );
  return rows;
}
