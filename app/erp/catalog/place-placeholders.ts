import type { ProductRow, SkuRow } from "./catalog-rows.ts";
import type { CatalogState } from "./catalog-state.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";
import type { PlaceholderLine } from "./placeholder-line.ts";
import type { PlaceOptions } from "./place-product.ts";

/** Name of the variation that placeholders stand in: what the variant's options were called, nobody knows any more. */
const PLACEHOLDERS = "Default";

/**
 * An archived SKU for every variant that has none, in its Shopify product's ERP product where there is one, else in
 * a new archived product. When the variant does arrive after all, its placeholder becomes the SKU.
 */
export function placePlaceholders(
  state: CatalogState,
  lines: readonly PlaceholderLine[],
  options: Pick<PlaceOptions, "now" | "newId">,
): void {
  // One order for everybody, so that the first of several lines is the same whichever way they came.
  for (const line of [...lines].sort((a, b) => compare(a.shopifyVariantId, b.shopifyVariantId))) {
    if (state.skuOfVariant(line.shopifyVariantId) !== undefined) continue;
    const product = placeProductOf(state, line, options);
    const variationId = placeVariationOf(state, product, line, options);
    state.putSku(
      buildPlaceholder(line, { id: options.newId(), productId: product.id, variationId, ...options }),
    );
  }
}

function placeProductOf(
  state: CatalogState,
  { shopifyProductId, title }: PlaceholderLine,
  { now, newId }: Pick<PlaceOptions, "now" | "newId">,
): ProductRow {
  const known = shopifyProductId === null ? undefined : state.productOfShopifyId(shopifyProductId);
  if (known !== undefined) return known;
  const name = title.trim().replace(/\s+/g, " ");
  const product: ProductRow = {
    id: newId(),
    name: name === "" ? `Product ${shopifyProductId ?? "unknown"}` : name,
    handle: null,
    description: null,
    vendor: null,
    productType: null,
    status: "ARCHIVED",
    tags: [],
    shopifyProductId,
    shopifyProductIds: shopifyProductId === null ? [] : [shopifyProductId],
    isGiftCard: false,
    archivedAt: now,
  };
  state.putProduct(product);
  return product;
}

function placeVariationOf(
  state: CatalogState,
  product: ProductRow,
  { shopifyProductId }: PlaceholderLine,
  { now, newId }: Pick<PlaceOptions, "now" | "newId">,
): string {
  const known = state
    .variationsOf(product.id)
    .find(
      (variation) => variation.shopifySourceProductId === shopifyProductId && variation.name === PLACEHOLDERS,
    );
  if (known !== undefined) return known.id;
  const id = newId();
  state.putVariation({
    id,
    productId: product.id,
    axis: null,
    name: PLACEHOLDERS,
    shopifySourceProductId: shopifyProductId,
    position: 0,
    archivedAt: now,
  });
  return id;
}

function buildPlaceholder(
  line: PlaceholderLine,
  at: { id: string; productId: string; variationId: string; now: string },
): SkuRow {
  const title = line.title.trim();
  const variantTitle = line.variantTitle?.trim() ?? "";
  return {
    id: at.id,
    productId: at.productId,
    variationId: at.variationId,
    skuCode: normaliseSkuCode(line.skuCode),
    size: null,
    options: [],
    title: variantTitle === "" || variantTitle === "Default Title" ? title : `${title} - ${variantTitle}`,
    barcode: null,
    price: null,
    compareAtPrice: null,
    weightGrams: null,
    // Nothing is kept in stock of what no longer exists.
    tracked: false,
    requiresShipping: line.requiresShipping,
    isBundle: false,
    isPlaceholder: true,
    shopifyVariantId: line.shopifyVariantId,
    shopifyInventoryItemId: null,
    position: 0,
    archivedAt: at.now,
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
