/**
 * The catalogue's rows as this module thinks of them: the columns of the tables without `shop` and
 * the row's own times. Decimals are exact text, ids of Shopify its numbers as text.
 */
export type ProductRow = {
  id: string;
  name: string;
  handle: string | null;
  description: string | null;
  vendor: string | null;
  productType: string | null;
  status: string;
  tags: string[];
  /** The Shopify product that names and describes this one. */
  shopifyProductId: string | null;
  /** Every Shopify product that feeds it, that one included. */
  shopifyProductIds: string[];
  isGiftCard: boolean;
  /** ISO, UTC. */
  archivedAt: string | null;
};

export type VariationRow = {
  id: string;
  productId: string;
  axis: string | null;
  name: string;
  shopifySourceProductId: string | null;
  position: number;
  archivedAt: string | null;
};

export type SkuRow = {
  id: string;
  productId: string;
  variationId: string;
  skuCode: string | null;
  size: string | null;
  options: { name: string; value: string }[];
  title: string;
  barcode: string | null;
  price: string | null;
  compareAtPrice: string | null;
  weightGrams: string | null;
  tracked: boolean;
  requiresShipping: boolean;
  isBundle: boolean;
  isPlaceholder: boolean;
  shopifyVariantId: string | null;
  shopifyInventoryItemId: string | null;
  position: number;
  archivedAt: string | null;
};

/** A look-alike that a person decides about. */
export type ProposalRow = { shopifyProductId: string; productId: string; reason: string };

/** One row of the change feed, in this module's words. */
export type ProductChange = {
  productId: string;
  change: "created" | "updated" | "archived";
  parts: string[];
};
