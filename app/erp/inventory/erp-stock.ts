/** What the ERP says can be sold of a SKU at a location, and what of it Shopify is never told; in units. */
export type ErpStockAt = { skuId: string; locationId: string; sellableQty: number; safetyStockQty: number };
