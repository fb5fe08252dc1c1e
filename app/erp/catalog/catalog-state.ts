import type { ProductRow, SkuRow, VariationRow } from "./catalog-rows.ts";
import { RowSet } from "./row-set.ts";

/** What the database says about the part of the catalogue that a batch of Shopify products touches. */
export type CatalogContext = {
  products: readonly ProductRow[];
  /** All variations of those products. */
  variations: readonly VariationRow[];
  /** All SKUs of those products, and every SKU elsewhere that has a variant or a SKU text of the batch. */
  skus: readonly SkuRow[];
  /** A person's word: Shopify's variant id → SKU id. */
  mappings: ReadonlyMap<string, string>;
  /** SKU texts that stand on more than one variant in Shopify, as far as the batch asks. */
  sharedSkuCodes: ReadonlySet<string>;
  /** Titles that stand on more than one product in Shopify, as far as the batch asks. */
  sharedTitles: ReadonlySet<string>;
  /** A person's word that a Shopify product is not this ERP product: see `rejectionKey`. */
  rejections: ReadonlySet<string>;
};

export function rejectionKey(shopifyProductId: string, productId: string): string {
  return `${shopifyProductId} ${productId}`;
}

/**
 * The catalogue in memory while a batch is planned: products placed earlier in the batch are seen by
 * later ones exactly as if they had been read from the database. Remembers which rows changed.
 */
export class CatalogState {
  readonly mappings: ReadonlyMap<string, string>;
  readonly sharedSkuCodes: ReadonlySet<string>;
  readonly sharedTitles: ReadonlySet<string>;
  readonly #rejections: ReadonlySet<string>;
  readonly #products = new RowSet<ProductRow>();
  readonly #variations = new RowSet<VariationRow>();
  readonly #skus = new RowSet<SkuRow>();
  readonly #productIdByShopifyId = new Map<string, string>();
  readonly #productIdsByName = new Map<string, Set<string>>();
  readonly #variationIdsByProduct = new Map<string, Set<string>>();
  readonly #skuIdsByProduct = new Map<string, Set<string>>();
  readonly #skuIdsByCode = new Map<string, Set<string>>();
  readonly #skuIdByVariant = new Map<string, string>();

  constructor(context: CatalogContext) {
    this.mappings = context.mappings;
    this.sharedSkuCodes = context.sharedSkuCodes;
    this.sharedTitles = context.sharedTitles;
    this.#rejections = context.rejections;
    for (const row of context.products) this.#indexProduct(this.#products.load(row));
    for (const row of context.variations) this.#indexVariation(this.#variations.load(row));
    for (const row of context.skus) this.#indexSku(this.#skus.load(row));
  }

  product(id: string): ProductRow | undefined {
    return this.#products.get(id);
  }

  productOfShopifyId(shopifyProductId: string): ProductRow | undefined {
    const product = this.#products.get(this.#productIdByShopifyId.get(shopifyProductId) ?? "");
    return product?.shopifyProductIds.includes(shopifyProductId) === true ? product : undefined;
  }

  productsNamed(name: string): ProductRow[] {
    return this.#products.pick(this.#productIdsByName.get(name)).filter((product) => product.name === name);
  }

  isRejected(shopifyProductId: string, productId: string): boolean {
    return this.#rejections.has(rejectionKey(shopifyProductId, productId));
  }

  /** A product that only orders know: nothing of it ever came from Shopify's catalogue or from a person. */
  holdsOnlyPlaceholders(productId: string): boolean {
    const skus = this.skusOf(productId);
    return skus.length > 0 && skus.every((sku) => sku.isPlaceholder);
  }

  variation(id: string): VariationRow | undefined {
    return this.#variations.get(id);
  }

  variationsOf(productId: string): VariationRow[] {
    return this.#variations
      .pick(this.#variationIdsByProduct.get(productId))
      .filter((variation) => variation.productId === productId);
  }

  sku(id: string): SkuRow | undefined {
    return this.#skus.get(id);
  }

  skuOfVariant(shopifyVariantId: string): SkuRow | undefined {
    const sku = this.#skus.get(this.#skuIdByVariant.get(shopifyVariantId) ?? "");
    return sku?.shopifyVariantId === shopifyVariantId ? sku : undefined;
  }

  skusOf(productId: string): SkuRow[] {
    return this.#skus.pick(this.#skuIdsByProduct.get(productId)).filter((sku) => sku.productId === productId);
  }

  /** Placeholders left out: their text is an order's, not the catalogue's. */
  skusWithCode(code: string): SkuRow[] {
    return this.#skus
      .pick(this.#skuIdsByCode.get(code))
      .filter((sku) => sku.skuCode === code && !sku.isPlaceholder);
  }

  putProduct(row: ProductRow): void {
    this.#indexProduct(this.#products.put(row));
  }

  putVariation(row: VariationRow): void {
    this.#indexVariation(this.#variations.put(row));
  }

  putSku(row: SkuRow): void {
    this.#indexSku(this.#skus.put(row));
  }

  /** Rows that differ from what the database has, each with what it was (undefined: new). */
  changes() {
    return {
      products: this.#products.changes(),
      variations: this.#variations.changes(),
      skus: this.#skus.changes(),
    };
  }

  #indexProduct(row: ProductRow): void {
    for (const id of row.shopifyProductIds) this.#productIdByShopifyId.set(id, row.id);
    addTo(this.#productIdsByName, row.name, row.id);
  }

  #indexVariation(row: VariationRow): void {
    addTo(this.#variationIdsByProduct, row.productId, row.id);
  }

  #indexSku(row: SkuRow): void {
    addTo(this.#skuIdsByProduct, row.productId, row.id);
    if (row.skuCode !== null) addTo(this.#skuIdsByCode, row.skuCode, row.id);
    if (row.shopifyVariantId !== null) this.#skuIdByVariant.set(row.shopifyVariantId, row.id);
  }
}

function addTo(map: Map<string, Set<string>>, key: string, id: string): void {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, new Set([id]));
  else ids.add(id);
}
