import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { CatalogState } from "./catalog-state.ts";
import type { ProductRow } from "./catalog-rows.ts";
import { skuAttributes, variantAttributes } from "./describe-variant.ts";
import { findSkuByCode } from "./match-sku.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";

export type ProductMatch =
  | { productId: string; by: "product" | "variant" | "mapping" | "sku" | "name" }
  /**
   * Nothing may match by itself; `lookAlikes` are for a person to decide, oldest first. `placeholderId` is the
   * product that orders made for it before it was known: the new product takes its place.
   */
  | { productId: null; lookAlikes: { productId: string; reason: string }[]; placeholderId: string | null };

/** More look-alikes than this help nobody (a shop may call 50 products "Gift card"). */
const MOST_LOOK_ALIKES = 5;

/**
 * Which ERP product a Shopify product is: the one linked to it; else the one that has its variants;
 * else the one its variants are mapped to; else the one with its SKU texts, where unique on both
 * sides; else, under strict conditions, the one of the same name and attributes. A name alone never
 * matches: a relaunched product is a new one until a person says otherwise. What a person said is not
 * the same is neither matched by text or name nor proposed.
 *
 * A product of nothing but placeholders is no match: an order that came first must not decide.
 */
export function matchProduct(state: CatalogState, snapshot: ProductSnapshot, name: string): ProductMatch {
  const linked = state.productOfShopifyId(snapshot.id);
  if (linked !== undefined && !state.holdsOnlyPlaceholders(linked.id))
    return { productId: linked.id, by: "product" };

  const known = snapshot.variants.map((variant) => state.skuOfVariant(variant.id));
  const byVariant = mostNamed(known.map((sku) => (sku?.isPlaceholder === false ? sku.productId : undefined)));
  if (byVariant !== null) return { productId: byVariant, by: "variant" };

  const byMapping = mostNamed(
    snapshot.variants.map((variant) => state.sku(state.mappings.get(variant.id) ?? "")?.productId),
  );
  if (byMapping !== null) return { productId: byMapping, by: "mapping" };

  const bySku = mostNamed(
    snapshot.variants.map((variant) => findSkuByCode(state, snapshot.id, variant)?.productId),
  );
  if (bySku !== null) return { productId: bySku, by: "sku" };

  const byName = matchByName(state, snapshot, name);
  if (byName.productId !== null) return byName;
  const placeholders = known
    .map((sku) => sku?.productId)
    .filter((id) => id !== undefined && state.holdsOnlyPlaceholders(id));
  return { ...byName, placeholderId: linked?.id ?? mostNamed(placeholders) };
}

function matchByName(state: CatalogState, snapshot: ProductSnapshot, name: string): ProductMatch {
  const candidates = state
    .productsNamed(name)
    .filter(({ id }) => !state.holdsOnlyPlaceholders(id) && !state.isRejected(snapshot.id, id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const only = candidates.length === 1 ? candidates[0] : undefined;
  const reasons = candidates.map((candidate) => ({
    productId: candidate.id,
    reason: whyNot(state, snapshot, candidate, {
      unique: only !== undefined,
      shared: state.sharedTitles.has(name),
    }),
  }));
  if (only !== undefined && reasons[0]?.reason === "") return { productId: only.id, by: "name" };
  return { productId: null, lookAlikes: reasons.slice(0, MOST_LOOK_ALIKES), placeholderId: null };
}

/** @returns what stands against taking `candidate` for the product of the same name; "" if nothing does */
function whyNot(
  state: CatalogState,
  snapshot: ProductSnapshot,
  candidate: ProductRow,
  names: { unique: boolean; shared: boolean },
): string {
  const skus = state.skusOf(candidate.id).filter((sku) => sku.archivedAt === null);
  if (candidate.shopifyProductIds.length > 0 || skus.some((sku) => sku.shopifyVariantId !== null))
    return "Same name, but already linked to another Shopify product";
  if (candidate.archivedAt !== null) return "Same name, but archived";
  if (!names.unique) return "Several ERP products have this name";
  if (names.shared) return "Several Shopify products have this name";
  if (candidate.vendor !== null && snapshot.vendor !== null && !sameText(candidate.vendor, snapshot.vendor))
    return "Same name, but another vendor";

  const variants = new Map(snapshot.variants.map((variant) => [variantAttributes(variant), variant]));
  if (variants.size !== snapshot.variants.length) return "Same name, but two variants have the same options";
  for (const sku of skus) {
    const variant = variants.get(skuAttributes(sku, state.variation(sku.variationId)));
    if (variant === undefined) return "Same name, but other options";
    const code = normaliseSkuCode(variant.sku);
    if (sku.skuCode !== null && code !== null && sku.skuCode !== code) return "Same name, but other SKUs";
  }
  const elsewhere = snapshot.variants.some((variant) => {
    const code = normaliseSkuCode(variant.sku);
    return code !== null && state.skusWithCode(code).some((sku) => sku.productId !== candidate.id);
  });
  return elsewhere ? "Same name, but one of its SKUs belongs to another product" : "";
}

/** The product most variants point at; of equals the oldest (its id is the smallest). */
function mostNamed(productIds: readonly (string | undefined)[]): string | null {
  const counts = new Map<string, number>();
  for (const id of productIds) if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
