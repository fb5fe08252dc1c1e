import type { SkuRow, VariationRow } from "./catalog-rows.ts";
import type { CatalogState } from "./catalog-state.ts";
import { skuAttributes } from "./describe-variant.ts";
import { moveSource } from "./move-source.ts";

export type HandedOver = { shopifyVariantId: string; from: string; to: string };

/**
 * A Shopify product becomes part of the ERP product that a person says it is. What it had made of its own meanwhile
 * follows: a variant whose SKU the ERP had already (unlinked, the same SKU text, else the same options) goes over to
 * that one, and the SKU made for it is archived; the others move with their variations and keep their ids.
 * @returns SKUs that gave their variant to another
 */
export function acceptProposal(
  state: CatalogState,
  { shopifyProductId, productId, now }: { shopifyProductId: string; productId: string; now: string },
): HandedOver[] {
  const former = state.productOfShopifyId(shopifyProductId);
  const handedOver: HandedOver[] = [];
  if (former !== undefined && former.id !== productId) {
    const own = state
      .variationsOf(former.id)
      .filter((variation) => variation.shopifySourceProductId === shopifyProductId);
    for (const variation of own)
      for (const sku of skusIn(state, variation)) {
        const counterpart = findCounterpart(state, productId, sku);
        if (counterpart === undefined || sku.shopifyVariantId === null) continue;
        handOver(state, { sku, counterpart, now });
        handedOver.push({ shopifyVariantId: sku.shopifyVariantId, from: sku.id, to: counterpart.id });
      }
    for (const variation of own) joinVariations(state, { variation, productId, now });
    moveSource(state, { from: former.id, to: productId, shopifyProductId, now });
  }
  link(state, { shopifyProductId, productId });
  return handedOver;
}

function skusIn(state: CatalogState, variation: VariationRow): SkuRow[] {
  return state.skusOf(variation.productId).filter((sku) => sku.variationId === variation.id);
}

function findCounterpart(state: CatalogState, productId: string, sku: SkuRow): SkuRow | undefined {
  const free = state
    .skusOf(productId)
    .filter((other) => other.shopifyVariantId === null && other.archivedAt === null);
  const named = sku.skuCode === null ? [] : free.filter((other) => other.skuCode === sku.skuCode);
  if (named.length === 1) return named[0];
  const attributes = skuAttributes(sku, state.variation(sku.variationId));
  const alike = free.filter(
    (other) =>
      skuAttributes(other, state.variation(other.variationId)) === attributes &&
      (other.skuCode === null || sku.skuCode === null || other.skuCode === sku.skuCode),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

/** The variant and its text leave the SKU made for it: one text on two SKUs would match nothing any more. */
function handOver(
  state: CatalogState,
  { sku, counterpart, now }: { sku: SkuRow; counterpart: SkuRow; now: string },
): void {
  state.putSku({
    ...sku,
    skuCode: null,
    shopifyVariantId: null,
    shopifyInventoryItemId: null,
    archivedAt: sku.archivedAt ?? now,
  });
  state.putSku({
    ...counterpart,
    skuCode: sku.skuCode ?? counterpart.skuCode,
    shopifyVariantId: sku.shopifyVariantId,
    shopifyInventoryItemId: sku.shopifyInventoryItemId,
  });
}

/** The ERP product's own variation of the same name takes the SKUs in; the one made for them is left empty, archived. */
function joinVariations(
  state: CatalogState,
  { variation, productId, now }: { variation: VariationRow; productId: string; now: string },
): void {
  const home = state
    .variationsOf(productId)
    .find(
      (other) =>
        other.shopifySourceProductId === null && other.name.toLowerCase() === variation.name.toLowerCase(),
    );
  if (home === undefined) return;
  for (const sku of skusIn(state, variation)) state.putSku({ ...sku, productId, variationId: home.id });
  state.putVariation({ ...home, shopifySourceProductId: variation.shopifySourceProductId });
  state.putVariation({
    ...variation,
    shopifySourceProductId: null,
    archivedAt: variation.archivedAt ?? now,
  });
}

function link(
  state: CatalogState,
  { shopifyProductId, productId }: { shopifyProductId: string; productId: string },
): void {
  const product = state.product(productId);
  if (product === undefined || product.shopifyProductIds.includes(shopifyProductId)) return;
  state.putProduct({
    ...product,
    shopifyProductId: product.shopifyProductId ?? shopifyProductId,
    shopifyProductIds: [...product.shopifyProductIds, shopifyProductId],
  });
}
