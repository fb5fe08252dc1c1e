import type { CatalogState } from "./catalog-state.ts";

/**
 * One ERP product hands a Shopify product over to another: variations and SKUs that come from it go along, the link
 * leaves. SKUs keep their ids, so orders, stock and history follow. A product that nothing links to any more is
 * archived, never removed.
 */
export function moveSource(
  state: CatalogState,
  { from, to, shopifyProductId, now }: { from: string; to: string; shopifyProductId: string; now: string },
): void {
  for (const variation of state.variationsOf(from)) {
    if (variation.shopifySourceProductId !== shopifyProductId) continue;
    for (const sku of state.skusOf(from))
      if (sku.variationId === variation.id) state.putSku({ ...sku, productId: to });
    state.putVariation({ ...variation, productId: to });
  }
  const product = state.product(from);
  if (product === undefined) return;
  const shopifyProductIds = product.shopifyProductIds.filter((id) => id !== shopifyProductId);
  const first =
    product.shopifyProductId === shopifyProductId ? shopifyProductIds[0] : product.shopifyProductId;
  state.putProduct({
    ...product,
    shopifyProductId: first ?? null,
    shopifyProductIds,
    archivedAt: shopifyProductIds.length === 0 ? (product.archivedAt ?? now) : product.archivedAt,
  });
}
