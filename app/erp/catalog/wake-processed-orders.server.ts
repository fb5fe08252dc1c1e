import type { Db } from "#app/lib/db.server.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";

/**
 * Processed orders with a line of these variants are computed again: what the variant means has changed. The caller
 * holds `lockSkuMappings` to write: an entry that a worker holds was then not looked up yet and needs no waking.
 * @returns how many
 */
export async function wakeOrdersOfVariants(
  tx: Db,
  { shop, shopifyVariantIds }: { shop: string; shopifyVariantIds: readonly string[] },
): Promise<number> {
  if (shopifyVariantIds.length === 0) return 0;
  return wake(
    tx,
    shop,
    `select distinct "shopifyOrderId" as id from "OrderLine" where shop = $1 and "shopifyVariantId" = any($2)`,
    shopifyVariantIds,
  );
}

/**
 * Processed orders whose lines stand on a placeholder with one of these SKU texts are computed again: a real SKU of
 * that text has come, and an order must not show by its SKU whether it was there first.
 * @returns how many
 */
export async function wakeOrdersOnPlaceholders(
  tx: Db,
  { shop, skuCodes }: { shop: string; skuCodes: readonly string[] },
): Promise<number> {
  if (skuCodes.length === 0) return 0;
  return wake(
    tx,
    shop,
    `select distinct line."shopifyOrderId" as id from "Sku" placeholder
       join "OrderLine" line on line.shop = placeholder.shop and line."skuId" = placeholder.id
      where placeholder.shop = $1 and placeholder."isPlaceholder" and placeholder."skuCode" = any($2)`,
    skuCodes,
  );
}

async function wake(tx: Db, shop: string, text: string, values: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(text, [shop, values]);
  return wakeEntries(tx, { shop, kind: "order", ids: rows.map(({ id }) => id) });
}
