import type { Db } from "#app/lib/db.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import { CatalogState } from "./catalog-state.ts";
import { collectCatalogChanges } from "./collect-catalog-changes.ts";
import { findProducts, findSkus, findVariations } from "./find-catalog-rows.server.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";
import { lockCatalog } from "./lock-catalog.server.ts";
import { lockSkuMappings } from "./lock-sku-mappings.server.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";
import { placePlaceholders } from "./place-placeholders.ts";
import type { PlaceholderLine } from "./placeholder-line.ts";
import { saveCatalog } from "./save-catalog.server.ts";
import type { IndexedSku } from "./sku-index.ts";

/**
 * SKUs for lines whose variant Shopify says no longer exists: found if somebody knows it by now, else made from the
 * line, archived and marked as placeholders. Safe for two workers at once: holds the catalogue's lock from here to
 * the end of the caller's transaction, so call it last before writing.
 * @param lines may name a variant several times; none where there is nothing to do
 * @returns Shopify's variant id → its SKU, for every line
 */
export async function createPlaceholderSkus(
  tx: Db,
  { shop, lines, now }: { shop: string; lines: readonly PlaceholderLine[]; now: Date },
): Promise<Map<string, IndexedSku>> {
  if (lines.length === 0) return new Map();
  await lockSkuMappings(tx, { shop, to: "read" });
  await lockCatalog(tx, { shop });
  const found = await findKnown(tx, shop, lines);
  const missing = lines.filter((line) => !found.has(line.shopifyVariantId));
  if (missing.length === 0) return found;

  const state = await loadState(tx, shop, missing);
  placePlaceholders(state, missing, { now: now.toISOString(), newId: () => uuidV7(now.getTime()) });
  const plan = collectCatalogChanges(state);
  await saveCatalog(tx, { shop, plan: { ...plan, proposals: [] }, now });
  for (const { id, skuCode, productId, shopifyVariantId } of plan.skus)
    if (shopifyVariantId !== null) found.set(shopifyVariantId, { skuId: id, skuCode, productId });
  return found;
}

/** What another worker, a product or a person has told since the caller looked. */
async function findKnown(
  tx: Db,
  shop: string,
  lines: readonly PlaceholderLine[],
): Promise<Map<string, IndexedSku>> {
  const index = await loadSkuIndex(tx, {
    shop,
    variantIds: lines.map((line) => line.shopifyVariantId),
    skuCodes: lines.map((line) => line.skuCode).filter((code) => code !== null),
  });
  const found = new Map<string, IndexedSku>();
  for (const { shopifyVariantId, skuCode } of lines) {
    const sku =
      index.byMapping.get(shopifyVariantId) ??
      index.byVariantId.get(shopifyVariantId) ??
      index.bySkuCode.get(normaliseSkuCode(skuCode) ?? "");
    if (sku !== undefined) found.set(shopifyVariantId, sku);
  }
  return found;
}

async function loadState(tx: Db, shop: string, lines: readonly PlaceholderLine[]): Promise<CatalogState> {
  const shopifyIds = lines.map((line) => line.shopifyProductId).filter((id) => id !== null);
  const products = await findProducts(tx, shop, `"shopifyProductId" = any($2) or "shopifyProductIds" && $2`, [
    shopifyIds,
  ]);
  const productIds = products.map((product) => product.id);
  return new CatalogState({
    products,
    variations: await findVariations(tx, shop, productIds),
    skus: await findSkus(tx, shop, `"productId" = any($2)`, [productIds]),
    mappings: new Map(),
    sharedSkuCodes: new Set(),
    sharedTitles: new Set(),
    rejections: new Set(),
  });
}
