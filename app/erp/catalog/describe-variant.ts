import type { DecodedVariant, SelectedOption } from "#app/shopify/codecs/decode-product.ts";
import { detectSizeOption, detectVariationAxis } from "./detect-variation-axis.ts";
import type { SkuRow, VariationRow } from "./catalog-rows.ts";

/** Name of the variation of a product that has no colour-like option. */
const SINGLE_VARIATION = "Default";

/** How the variants of one product fall into ERP variations and sizes. */
export type VariantAxes = { colour: string | null; size: string | null };

/** @returns which options of the product are its colour and its size */
export function detectAxes(
  variants: readonly DecodedVariant[],
  colourSynonyms: readonly string[],
): VariantAxes {
  const names = [
    ...new Set(variants.flatMap((variant) => variantOptions(variant).map((option) => option.name))),
  ];
  return { colour: detectVariationAxis(names, colourSynonyms), size: detectSizeOption(names) };
}

/** The chosen options; Shopify's "Title: Default Title" of a product without options is none. */
export function variantOptions(variant: DecodedVariant): SelectedOption[] {
  const options = variant.selectedOptions ?? [];
  const only = options.length === 1 ? options[0] : undefined;
  return only?.value === "Default Title" ? [] : options;
}

/** @returns the variation's name: the colour, or the single variation's */
export function variationName(variant: DecodedVariant, axes: VariantAxes): string {
  return optionValue(variant, axes.colour) ?? SINGLE_VARIATION;
}

export function optionValue(variant: DecodedVariant, name: string | null): string | null {
  if (name === null) return null;
  const value = variantOptions(variant)
    .find((option) => option.name === name)
    ?.value.trim();
  return value === undefined || value === "" ? null : value;
}

/** What a variant is, apart from its ids: its option values, whatever their order and spelling. */
export function variantAttributes(variant: DecodedVariant): string {
  return attributeKey(variantOptions(variant).map((option) => option.value));
}

/** The same of an ERP SKU; one made in the ERP may have no options but a variation and a size. */
export function skuAttributes(sku: SkuRow, variation: VariationRow | undefined): string {
  if (sku.options.length > 0) return attributeKey(sku.options.map((option) => option.value));
  const colour = variation === undefined || variation.name === SINGLE_VARIATION ? null : variation.name;
  return attributeKey([colour, sku.size].filter((value) => value !== null));
}

function attributeKey(values: readonly string[]): string {
  return values
    .map((value) => value.trim().toLowerCase())
    .sort()
    .join("\u001f");
}
