import type { SkuRow, VariationRow } from "./catalog-rows.ts";

/** One variation that the Shopify product asks for, with the SKUs its variants already have. */
export type WantedVariation = { name: string; skus: readonly SkuRow[] };

/**
 * Which variation of the ERP product each wanted one is: the same name first (this Shopify product's
 * own before one made in the ERP); else, where its SKUs all sit in one variation that nobody else
 * wants, that one: the colour was renamed, and stock and history stay with it.
 * @param variations of the ERP product, any source
 * @returns wanted name → variation; a missing one is new
 */
export function matchVariations(
  wanted: readonly WantedVariation[],
  variations: readonly VariationRow[],
  shopifyProductId: string,
): Map<string, VariationRow> {
  const own = variations.filter((variation) => variation.shopifySourceProductId === shopifyProductId);
  const unlinked = variations.filter((variation) => variation.shopifySourceProductId === null);
  const matched = new Map<string, VariationRow>();
  const taken = new Set<string>();
  const take = (name: string, variation: VariationRow | undefined) => {
    if (variation === undefined || taken.has(variation.id)) return;
    matched.set(name, variation);
    taken.add(variation.id);
  };

  for (const { name } of wanted) {
    const same = (variation: VariationRow) => variation.name.toLowerCase() === name.toLowerCase();
    take(name, own.find(same) ?? unlinked.find(same));
  }
  for (const { name, skus } of wanted) {
    if (matched.has(name)) continue;
    const homes = new Set(skus.map((sku) => sku.variationId));
    const [home] = homes;
    if (homes.size === 1)
      take(
        name,
        [...own, ...unlinked].find((variation) => variation.id === home),
      );
  }
  return matched;
}
