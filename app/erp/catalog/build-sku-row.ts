import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
import type { SkuRow } from "./catalog-rows.ts";
import { optionValue, variantOptions } from "./describe-variant.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";

/** The SKU's row. What no payload of the variant ever carried stays as the ERP has it. */
export function buildSkuRow(
  variant: DecodedVariant,
  before: SkuRow | undefined,
  at: {
    id: string;
    productId: string;
    variationId: string;
    productName: string;
    sizeOption: string | null;
    position: number;
    archivedAt: string | null;
  },
): SkuRow {
  const options = variantOptions(variant);
  const known = <T>(told: T | undefined, kept: T | undefined, otherwise: T): T => told ?? kept ?? otherwise;
  const told = <T>(value: T | null | undefined, kept: T | null | undefined): T | null =>
    value === undefined ? (kept ?? null) : value;
  return {
    id: at.id,
    productId: at.productId,
    variationId: at.variationId,
    skuCode: variant.sku === undefined ? (before?.skuCode ?? null) : normaliseSkuCode(variant.sku),
    size: optionValue(variant, at.sizeOption),
    options: options.map(({ name, value }) => ({ name, value })),
    // Shopify's displayName: "Classic Cotton Shirt - White / S".
    title:
      options.length === 0
        ? at.productName
        : `${at.productName} - ${options.map(({ value }) => value).join(" / ")}`,
    barcode: told(variant.barcode, before?.barcode),
    price: told(variant.price, before?.price),
    compareAtPrice: told(variant.compareAtPrice, before?.compareAtPrice),
    weightGrams: told(variant.weightGrams, before?.weightGrams),
    tracked: known(variant.tracked ?? undefined, before?.tracked, true),
    requiresShipping: known(variant.requiresShipping ?? undefined, before?.requiresShipping, true),
    isBundle: known(variant.requiresComponents ?? undefined, before?.isBundle, false),
    isPlaceholder: false,
    shopifyVariantId: variant.id,
    shopifyInventoryItemId: told(variant.inventoryItemId, before?.shopifyInventoryItemId),
    position: at.position,
    archivedAt: at.archivedAt,
  };
}
