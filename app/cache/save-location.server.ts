import type { Db } from "#app/lib/db.server.ts";
import type { NamedLocation } from "#app/shopify/webhooks/read-news.ts";

/**
 * What Shopify says of one of the shop's places. The newest by Shopify's `updated_at` stands, whichever came first; a deleted
 * one stays, as deleted, for its ids are never used again.
 */
export async function saveLocation(
  tx: Db,
  { shop, location, at }: { shop: string; location: NamedLocation; at: Date },
): Promise<void> {
  const { id, name, isActive, isGone, updatedAt } = location;
  await tx.query(
    `insert into "ShopifyLocation" as known (shop, id, name, "isActive", "deletedAt", "shopifyUpdatedAt")
     values ($1, $2, $3, $4, case when $5 then $6::timestamptz end, $7)
     on conflict (shop, id) do update set
       "deletedAt" = coalesce(known."deletedAt", excluded."deletedAt"),
       name = case when excluded."shopifyUpdatedAt" >= coalesce(known."shopifyUpdatedAt", '-infinity') then excluded.name else known.name end,
       "isActive" = case when known."deletedAt" is not null or excluded."deletedAt" is not null then false
         when excluded."shopifyUpdatedAt" >= coalesce(known."shopifyUpdatedAt", '-infinity') then excluded."isActive"
         else known."isActive" end,
       "shopifyUpdatedAt" = greatest(known."shopifyUpdatedAt", excluded."shopifyUpdatedAt")`,
    [shop, id, name, isActive, isGone, at, updatedAt],
  );
}
