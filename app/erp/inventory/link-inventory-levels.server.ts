import type { Db } from "#app/lib/db.server.ts";

/**
 * Gives stock levels that came before their SKU the SKU they belong to.
 * @param skuIds only those of these SKUs; left out: every level of the shop without one
 * @returns how many
 */
export async function linkInventoryLevels(
  tx: Db,
  { shop, skuIds }: { shop: string; skuIds?: readonly string[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update "ShopifyInventoryCache" c set "skuId" = s.id
     from "Sku" s where c.shop = $1 and s.shop = $1 and c."skuId" is null
       and s."shopifyInventoryItemId" = c."shopifyInventoryItemId" and ($2::text[] is null or s.id = any($2))`,
    [shop, skuIds ?? null],
  );
  return rowCount ?? 0;
}
