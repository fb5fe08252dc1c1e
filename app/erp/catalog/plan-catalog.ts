import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { ProductChange, ProductRow, ProposalRow, SkuRow, VariationRow } from "./catalog-rows.ts";
import { CatalogState } from "./catalog-state.ts";
import type { CatalogContext } from "./catalog-state.ts";
import { placeProduct } from "./place-product.ts";
import type { PlaceOptions } from "./place-product.ts";

/** What a batch of Shopify products changes in the catalogue; empty lists mean that nothing is written. */
export type CatalogPlan = {
  products: ProductRow[];
  variations: VariationRow[];
  skus: SkuRow[];
  proposals: ProposalRow[];
  changes: ProductChange[];
  /** By Shopify's product id. */
  outcomes: Map<string, "created" | "updated" | "unchanged">;
  /** A variant can be found now that could not before: orders waiting for a SKU may go on. */
  skusAppeared: boolean;
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

  const { products, variations, skus } = state.changes();
  const changes = describeChanges(state, { products, variations, skus });
  const changed = new Map(changes.map(({ productId, change }) => [productId, change]));
  const outcomes = new Map<string, "created" | "updated" | "unchanged">();
  for (const [shopifyProductId, productId] of placed) {
    const change = changed.get(productId ?? "");
    const first = state.product(productId ?? "")?.shopifyProductId === shopifyProductId;
    outcomes.set(
      shopifyProductId,
      change === undefined ? "unchanged" : change === "created" && first ? "created" : "updated",
    );
  }
  return {
    products: products.map(({ after }) => after),
    variations: variations.map(({ after }) => after),
    skus: skus.map(({ after }) => after),
    proposals,
    changes,
    outcomes,
    skusAppeared: skus.some(
      ({ before, after }) =>
        before?.shopifyVariantId !== after.shopifyVariantId ||
        before.skuCode !== after.skuCode ||
        before.isPlaceholder,
    ),
  };
}

type Changed<Row> = { before: Row | undefined; after: Row };

/** One line of news per ERP product, with the parts that changed. */
function describeChanges(
  state: CatalogState,
  {
    products,
    variations,
    skus,
  }: { products: Changed<ProductRow>[]; variations: Changed<VariationRow>[]; skus: Changed<SkuRow>[] },
): ProductChange[] {
  const parts = new Map<string, Set<string>>();
  const add = (productId: string, part: string) => {
    const known = parts.get(productId);
    if (known === undefined) parts.set(productId, new Set([part]));
    else known.add(part);
  };
  for (const { after } of products) add(after.id, "product");
  for (const { after } of variations) add(after.productId, "variations");
  for (const { before, after } of skus) {
    add(after.productId, "skus");
    if (before !== undefined && before.productId !== after.productId) add(before.productId, "skus");
  }
  const before = new Map(products.map((change) => [change.after.id, change.before]));
  return [...parts].map(([productId, changedParts]) => {
    const created = before.has(productId) && before.get(productId) === undefined;
    const archived =
      before.get(productId)?.archivedAt === null && state.product(productId)?.archivedAt !== null;
    return {
      productId,
      change: created ? "created" : archived ? "archived" : "updated",
      parts: [...changedParts],
    };
  });
}

/** Shopify's ids grow, so the older product comes first; they are numbers of up to 19 digits as text. */
function byShopifyId(a: ProductSnapshot, b: ProductSnapshot): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
