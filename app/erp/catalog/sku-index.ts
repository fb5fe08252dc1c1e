/** A SKU as an order line needs it. */
export type IndexedSku = { skuId: string; skuCode: string | null; productId: string };

/** O(1) look-ups for a batch of orders. */
export type SkuIndex = {
  /** Shopify's variant id → its SKU, archived ones and placeholders included: old orders name them. */
  byVariantId: Map<string, IndexedSku>;
  /** Normalised SKU text (see `normaliseSkuCode`) → its SKU; only texts that exactly one SKU of the shop has. */
  bySkuCode: Map<string, IndexedSku>;
  /** Shopify's variant id → the SKU a person mapped it to. */
  byMapping: Map<string, IndexedSku>;
};
