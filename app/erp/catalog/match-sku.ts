import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
import type { SkuRow } from "./catalog-rows.ts";
import type { CatalogState } from "./catalog-state.ts";
import { skuAttributes, variantAttributes } from "./describe-variant.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";

export type SkuMatch =
  | { kind: "sku"; sku: SkuRow }
  /** A person said that this variant is another SKU: nothing of its own is made for it. */
  | { kind: "mapped"; sku: SkuRow }
  | { kind: "new" };

/**
 * Which SKU a variant is, once its product is known: the one linked to it, the one it is mapped to,
 * the one with its SKU text if unique on both sides, else an unlinked one of the same product with
 * the same options. Blank and duplicate texts never match.
 */
export function matchSku(
  state: CatalogState,
  { shopifyProductId, productId }: { shopifyProductId: string; productId: string },
  variant: DecodedVariant,
): SkuMatch {
  const linked = state.skuOfVariant(variant.id);
  const mapped = state.sku(state.mappings.get(variant.id) ?? "");
  if (linked !== undefined && !(linked.isPlaceholder && mapped !== undefined))
    return { kind: "sku", sku: linked };
  if (mapped !== undefined) return { kind: "mapped", sku: mapped };

  const byCode = findSkuByCode(state, shopifyProductId, variant);
  if (byCode !== undefined) return { kind: "sku", sku: byCode };

  const attributes = variantAttributes(variant);
  const code = normaliseSkuCode(variant.sku);
  const alike = state
    .skusOf(productId)
    .filter((sku) => sku.shopifyVariantId === null && sku.archivedAt === null)
    .filter((sku) => skuAttributes(sku, state.variation(sku.variationId)) === attributes);
  const only = alike.length === 1 ? alike[0] : undefined;
  if (only !== undefined && (only.skuCode === null || code === null || only.skuCode === code))
    return { kind: "sku", sku: only };
  return { kind: "new" };
}

/**
 * The one unlinked SKU with the variant's text, where that text is unique in the ERP and in Shopify, and nobody said
 * that its product is not this one.
 */
export function findSkuByCode(
  state: CatalogState,
  shopifyProductId: string,
  variant: DecodedVariant,
): SkuRow | undefined {
  const code = normaliseSkuCode(variant.sku);
  if (code === null || state.sharedSkuCodes.has(code)) return undefined;
  const skus = state.skusWithCode(code);
  const only = skus.length === 1 ? skus[0] : undefined;
  if (only?.shopifyVariantId !== null || only.archivedAt !== null) return undefined;
  return state.isRejected(shopifyProductId, only.productId) ? undefined : only;
}
