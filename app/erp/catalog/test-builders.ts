/** Builders for the tests of this module: each takes only what a test is about. */
import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { ProductRow, SkuRow, VariationRow } from "./catalog-rows.ts";
import type { CatalogContext } from "./catalog-state.ts";
import type { CatalogChanges } from "./collect-catalog-changes.ts";
import { planCatalog } from "./plan-catalog.ts";

export const NOW = "2026-11-22T10:00:00.000Z";

export function aVariant(
  id: string,
  options: Record<string, string>,
  sku: string | null,
  rest: Partial<DecodedVariant> = {},
): DecodedVariant {
  const selectedOptions = Object.entries(options).map(([name, value]) => ({ name, value }));
  return { id, sku, price: "100", selectedOptions, ...rest };
}

export function aProduct(
  id: string,
  title: string,
  variants: DecodedVariant[],
  rest: Partial<ProductSnapshot> = {},
): ProductSnapshot {
  return {
    id,
    deleted: false,
    title,
    handle: null,
    descriptionHtml: null,
    vendor: null,
    productType: null,
    status: "ACTIVE",
    tags: [],
    isGiftCard: false,
    options: [],
    variants,
    variantIds: variants.map((variant) => variant.id),
    variantsComplete: true,
    createdAt: null,
    updatedAt: null,
    publishedAt: null,
    ...rest,
  };
}

export type Catalog = { products: ProductRow[]; variations: VariationRow[]; skus: SkuRow[] };
export const EMPTY: Catalog = { products: [], variations: [], skus: [] };

let ids = 0;
const newId = () => `new-${String(++ids)}`;

/** What the database says, where nothing is shared, mapped or rejected. */
export function aContext(catalog: Catalog, extra: Partial<CatalogContext> = {}): CatalogContext {
  return {
    ...catalog,
    mappings: new Map(),
    sharedSkuCodes: new Set<string>(),
    sharedTitles: new Set<string>(),
    rejections: new Set<string>(),
    ...extra,
  };
}

export function plan(catalog: Catalog, snapshots: ProductSnapshot[], extra: Partial<CatalogContext> = {}) {
  return planCatalog(snapshots, aContext(catalog, extra), {
    colourSynonyms: ["color", "colour"],
    now: NOW,
    newId,
  });
}

/** The catalogue after a plan, as the database would have it. */
export function after(
  catalog: Catalog,
  planned: Pick<CatalogChanges, "products" | "variations" | "skus">,
): Catalog {
  const merge = <Row extends { id: string }>(before: Row[], changed: Row[]) => [
    ...new Map([...before, ...changed].map((row) => [row.id, row])).values(),
  ];
  return {
    products: merge(catalog.products, planned.products),
    variations: merge(catalog.variations, planned.variations),
    skus: merge(catalog.skus, planned.skus),
  };
}

export const anErpProduct = (id: string, name: string, rest: Partial<ProductRow> = {}): ProductRow => ({
  id,
  name,
  handle: null,
  description: null,
  vendor: null,
  productType: null,
  status: "ACTIVE",
  tags: [],
  shopifyProductId: null,
  shopifyProductIds: [],
  isGiftCard: false,
  archivedAt: null,
  ...rest,
});

export const anErpVariation = (
  id: string,
  productId: string,
  name: string,
  rest: Partial<VariationRow> = {},
): VariationRow => ({
  id,
  productId,
  axis: null,
  name,
  shopifySourceProductId: null,
  position: 1,
  archivedAt: null,
  ...rest,
});

export const anErpSku = (
  id: string,
  productId: string,
  variationId: string,
  rest: Partial<SkuRow> = {},
): SkuRow => ({
  id,
  productId,
  variationId,
  skuCode: null,
  size: null,
  options: [],
  title: "",
  barcode: null,
  price: null,
  compareAtPrice: null,
  weightGrams: null,
  tracked: true,
  requiresShipping: true,
  isBundle: false,
  isPlaceholder: false,
  shopifyVariantId: null,
  shopifyInventoryItemId: null,
  position: 1,
  archivedAt: null,
  ...rest,
});
