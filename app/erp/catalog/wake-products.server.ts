import type { Db } from "#app/lib/db.server.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";

/**
 * Cached products are placed again: what the ERP knows about them has changed. The caller holds `lockCatalog`: an
 * entry that a worker holds now waits for that lock, sees the change and needs no waking.
 * @returns how many
 */
export async function wakeProducts(
  tx: Db,
  { shop, shopifyProductIds }: { shop: string; shopifyProductIds: readonly string[] },
): Promise<number> {
  return wakeEntries(tx, { shop, kind: "product", ids: shopifyProductIds });
}

/**
 * The same for the product that has this variant. Its payloads are searched for the id: a person's rare action, and
 * no other place knows the product of a variant that has no SKU of its own.
 */
export async function wakeProductOfVariant(
  tx: Db,
  { shop, shopifyVariantId }: { shop: string; shopifyVariantId: string },
): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from "ShopifyProductCache" where shop = $1 and position($2 in "rawData") > 0
     union select id from "ShopifyCacheSlot" where shop = $1 and kind = 'product' and position($2 in "rawData") > 0`,
    [shop, `ProductVariant/${shopifyVariantId}"`],
  );
  return wakeProducts(tx, { shop, shopifyProductIds: rows.map((row) => row.id) });
}
