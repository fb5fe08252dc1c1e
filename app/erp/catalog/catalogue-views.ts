/** The catalogue as the pages show it; plain data that survives JSON. Times are ISO, amounts exact text. */
import type { ErpProduct, ErpSku, ErpVariation } from "./erp-product.ts";

/** Shopify's words for what a product is. */
export const productStatuses = ["ACTIVE", "DRAFT", "UNLISTED", "ARCHIVED"] as const;
/** Whether the ERP still sells it. */
export const productShelves = ["live", "archived"] as const;
/** What a product has in it that somebody may have to look at. */
export const productContents = ["placeholders", "problems"] as const;
export const catalogueSorts = ["name asc", "name desc", "changed desc", "changed asc"] as const;

export type CatalogueRow = {
  id: string;
  name: string;
  status: string;
  archived: boolean;
  variations: number;
  skus: number;
  placeholders: number;
  /** A SKU of it shares its text or has none, or a person has to decide about it. */
  hasProblem: boolean;
  /** Available at all locations, by Shopify; null where Shopify has told no level. */
  stock: number | null;
  shopifyProducts: number;
  updatedAt: string;
};

/** One row of the export. */
export type CatalogueSku = {
  productId: string;
  product: string;
  status: string;
  shopifyProductId: string | null;
  variation: string;
  skuCode: string | null;
  size: string | null;
  options: { name: string; value: string }[];
  price: string | null;
  barcode: string | null;
  tracked: boolean;
  stock: number | null;
  shopifyVariantId: string | null;
  shopifyInventoryItemId: string | null;
  isPlaceholder: boolean;
  isBundle: boolean;
  archived: boolean;
};

/** What Shopify says is available at one location. */
export type SkuStock = { locationId: string; location: string | null; available: number | null };

/** A person's word that a variant is a SKU. */
export type VariantMapping = {
  shopifyVariantId: string;
  skuId: string;
  /** By Shopify's id of the person. */
  createdBy: string;
  createdAt: string;
};

/** A Shopify product that feeds an ERP product. */
export type ProductSource = {
  shopifyProductId: string;
  /** Null where the cache does not hold it. */
  title: string | null;
  deleted: boolean;
  /** SKUs that are one of its variants, by the variant's id. */
  linked: number;
  /** The person who accepted it as this product; null where it was matched by itself. */
  accepted: { by: string; at: string } | null;
};

/** A person's word that a variant is a SKU of the product. */
export type ProductMapping = VariantMapping & { skuName: string };

export type ProductPage = {
  product: ErpProduct;
  /** How many it has. */
  counts: { variations: number; skus: number };
  /** One page of its SKUs, in their variations; one that has none any more stands there too. */
  variations: (ErpVariation & { skus: (ErpSku & { stock: SkuStock[] })[] })[];
  /** The cursors of the pages beside it. */
  pages: { previous: string | null; next: string | null };
  sources: ProductSource[];
  mappings: ProductMapping[];
  /** Look-alikes of it that wait for a person's word. */
  openProposals: number;
  currency: string | null;
};
