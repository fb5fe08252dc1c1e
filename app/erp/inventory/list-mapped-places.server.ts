import type { Db } from "#app/lib/db.server.ts";

import type { MappedPlaces } from "./mapped-places.ts";

/**
 * The places a mapping of stock speaks of: Shopify's locations (deleted ones only where a pair names them) and those the ERP has said stock
 * of. The ERP's are asked for one after another along their index: no stock is counted.
 * @param named Shopify locations that pairs name
 */
export async function listMappedPlaces(
  db: Db,
  { shop, named }: { shop: string; named: readonly string[] },
): Promise<MappedPlaces> {
  const next = (after: string) =>
    `(select "locationId" as id from "ErpStock" where shop = $1${after} order by "locationId" limit 1)`;
  const [shopify, erp] = [
    await db.query<MappedPlaces["shopify"][number]>(
      `select id, name, "isActive", "deletedAt" is not null as "isDeleted" from "ShopifyLocation"
        where shop = $1 and ("deletedAt" is null or id = any($2)) order by not "isActive", name, id`,
      [shop, named],
    ),
    await db.query<{ id: string }>(
      `with recursive said as (
         ${next("")}
         union all
         select found.id from said cross join lateral ${next(` and "locationId" > said.id`)} found)
       select id from said order by id limit 1000`,
      [shop],
    ),
  ];
  return { shopify: shopify.rows, erp: erp.rows.map(({ id }) => id) };
}
