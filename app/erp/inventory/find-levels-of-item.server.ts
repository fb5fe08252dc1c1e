import type { Db } from "#app/lib/db.server.ts";

/** Where an inventory item is stocked as far as the cache knows, and the Shopify product it belongs to. */
export async function findLevelsOfItem(
  db: Db,
  { shop, itemId }: { shop: string; itemId: string },
): Promise<{ locationIds: string[]; productId: string | null }> {
  const { rows } = await db.query<{ locationIds: string[] | null; productId: string | null }>(
    `select (select array_agg("shopifyLocationId" order by "shopifyLocationId") from "ShopifyInventoryCache"
         where shop = $1 and "shopifyInventoryItemId" = $2) as "locationIds",
       (select coalesce(v."shopifySourceProductId", p."shopifyProductId") from "Sku" s
          join "Variation" v on v.shop = $1 and v.id = s."variationId" join "Product" p on p.shop = $1 and p.id = s."productId"
         where s.shop = $1 and s."shopifyInventoryItemId" = $2 order by s."createdAt", s.id limit 1) as "productId"`,
    [shop, itemId],
  );
  return { locationIds: rows[0]?.locationIds ?? [], productId: rows[0]?.productId ?? null };
}
