import type { Db } from "#app/lib/db.server.ts";
import { skuOfLevel } from "./sku-of-level.ts";

/**
 * Gives stock levels that came before their SKU the SKU they belong to, by the same rule as the processor.
 * @param skuIds only levels of these SKUs' inventory items; left out: every level of the shop without one
 * @returns how many
 */
export async function linkInventoryLevels(
  tx: Db,
  { shop, skuIds }: { shop: string; skuIds?: readonly string[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `with found as (
       select c.id, ${skuOfLevel} as sku from "ShopifyInventoryCache" c
        where c.shop = $1 and c."skuId" is null and exists (
          select from "Sku" s where s.shop = $1 and s."shopifyInventoryItemId" = c."shopifyInventoryItemId"
             and ($2::text[] is null or s.id = any($2))))
     update "ShopifyInventoryCache" c set "skuId" = found.sku from found
      where c.shop = $1 and c.id = found.id and c."skuId" is null`,
    [shop, skuIds ?? null],
  );
  return rowCount ?? 0;
}
