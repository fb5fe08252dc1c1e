import type { Db } from "#app/lib/db.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { skuOfLevel } from "./sku-of-level.ts";

/**
 * Gives stock levels that came before their SKU the SKU they belong to, by the same rule as the processor, and tells the feed. The
 * caller holds the transaction.
 * @param skuIds only levels of these SKUs' inventory items; left out: every level of the shop without one
 * @returns how many
 */
export async function linkInventoryLevels(
  tx: Db,
  { shop, skuIds, now }: { shop: string; skuIds?: readonly string[]; now: Date },
): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `with found as (
       select c.id, ${skuOfLevel} as sku from "ShopifyInventoryCache" c
        where c.shop = $1 and c."skuId" is null and exists (
          select from "Sku" s where s.shop = $1 and s."shopifyInventoryItemId" = c."shopifyInventoryItemId"
             and ($2::text[] is null or s.id = any($2))))
     update "ShopifyInventoryCache" c set "skuId" = found.sku from found
      where c.shop = $1 and c.id = found.id and c."skuId" is null returning c.id`,
    [shop, skuIds ?? null],
  );
  const changes = rows.map(
    ({ id }) => ({ entity: "stock", entityId: id, change: "updated", parts: ["sku"] }) as const,
  );
  await recordChanges(tx, { shop, changes, now });
  return rows.length;
}
