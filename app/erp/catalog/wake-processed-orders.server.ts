import type { Db } from "#app/lib/db.server.ts";

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
    `select "shopifyOrderId" from "OrderLine" where shop = $1 and "shopifyVariantId" = any($2)`,
    [shop, shopifyVariantIds],
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
    `select line."shopifyOrderId" from "Sku" placeholder
       join "OrderLine" line on line.shop = placeholder.shop and line."skuId" = placeholder.id
      where placeholder.shop = $1 and placeholder."isPlaceholder" and placeholder."skuCode" = any($2)`,
    [shop, skuCodes],
  );
}

async function wake(tx: Db, orderIds: string, values: unknown[]): Promise<number> {
  const { rowCount } = await tx.query(
    `update "ShopifyOrderCache" done set "processedAt" = null
       from (select id from "ShopifyOrderCache"
              where shop = $1 and "processedAt" is not null and id in (${orderIds})
                for update skip locked) free
      where done.shop = $1 and done.id = free.id`,
    values,
  );
  return rowCount ?? 0;
}
