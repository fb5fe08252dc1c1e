/** An order's line whose variant Shopify no longer has, as far as a placeholder needs it. */
export type PlaceholderLine = {
  shopifyVariantId: string;
  /** Null where the order does not say it (any more). */
  shopifyProductId: string | null;
  /** The SKU text as it was when the order was placed. */
  skuCode: string | null;
  title: string;
  variantTitle: string | null;
  requiresShipping: boolean;
};
