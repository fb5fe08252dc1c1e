import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { ProposalRow } from "./catalog-rows.ts";
import { CatalogState } from "./catalog-state.ts";
import type { CatalogContext } from "./catalog-state.ts";
import { collectCatalogChanges } from "./collect-catalog-changes.ts";
import type { CatalogChanges } from "./collect-catalog-changes.ts";
import { placeProduct } from "./place-product.ts";
import type { PlaceOptions } from "./place-product.ts";

/** What a batch of Shopify products changes in the catalogue. */
export type CatalogPlan = CatalogChanges & {
  proposals: ProposalRow[];
  /** By Shopify's product id. */
  outcomes: Map<string, "created" | "updated" | "unchanged">;
};

/**
 * Places the products one after the other, the oldest first, and compares the outcome with what the
 * database has: the same products in the same state always plan nothing.
 */
export function planCatalog(
  snapshots: readonly ProductSnapshot[],
  context: CatalogContext,
  options: PlaceOptions,
): CatalogPlan {
  const state = new CatalogState(context);
  const placed = new Map<string, string | null>();
  const proposals: ProposalRow[] = [];
  for (const snapshot of [...snapshots].sort(byShopifyId)) {
    const { productId, proposals: found } = placeProduct(state, snapshot, options);
    placed.set(snapshot.id, productId);
    proposals.push(...found);
  }

  const collected = collectCatalogChanges(state);
  const changed = new Map(collected.changes.map(({ productId, change }) => [productId, change]));
  const outcomes = new Map<string, "created" | "updated" | "unchanged">();
  for (const [shopifyProductId, productId] of placed) {
    const change = changed.get(productId ?? "");
    const first = state.product(productId ?? "")?.shopifyProductId === shopifyProductId;
    outcomes.set(
      shopifyProductId,
      change === undefined ? "unchanged" : change === "created" && first ? "created" : "updated",
    );
  }
  return { ...collected, proposals, outcomes };
}

/** Shopify's ids grow, so the older product comes first; they are numbers of up to 19 digits as text. */
function byShopifyId(a: ProductSnapshot, b: ProductSnapshot): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
