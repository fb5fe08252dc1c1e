import type { ProductChange, ProductRow, SkuRow, VariationRow } from "./catalog-rows.ts";
import type { CatalogState } from "./catalog-state.ts";

/** Rows to write and the news of them; empty lists mean that nothing is written. */
export type CatalogChanges = {
  products: ProductRow[];
  variations: VariationRow[];
  skus: SkuRow[];
  changes: ProductChange[];
  /** SKU texts that can be found now and could not before. */
  newSkuCodes: string[];
  /** A variant can be found now that could not before: orders waiting for a SKU may go on. */
  skusAppeared: boolean;
};

/**
 * What a state differs by from what the database has. Rows that give a Shopify id away stand before those that take
 * it: the ids are unique in the database at every row of a statement.
 */
export function collectCatalogChanges(state: CatalogState): CatalogChanges {
  const { products, variations, skus } = state.changes();
  const appeared = skus.filter(
    ({ before, after }) =>
      before?.shopifyVariantId !== after.shopifyVariantId ||
      before.skuCode !== after.skuCode ||
      before.isPlaceholder,
  );
  return {
    products: givingFirst(products, (row) => row.shopifyProductId),
    variations: variations.map(({ after }) => after),
    skus: givingFirst(skus, (row) => row.shopifyVariantId),
    changes: describeChanges(state, { products, variations, skus }),
    newSkuCodes: [...new Set(appeared.map(({ after }) => after.skuCode).filter((code) => code !== null))],
    skusAppeared: appeared.length > 0,
  };
}

type Changed<Row> = { before: Row | undefined; after: Row };

function givingFirst<Row>(changed: readonly Changed<Row>[], shopifyId: (row: Row) => string | null): Row[] {
  const gives = ({ before, after }: Changed<Row>) =>
    before !== undefined && shopifyId(before) !== null && shopifyId(before) !== shopifyId(after);
  return [...changed.filter(gives), ...changed.filter((row) => !gives(row))].map(({ after }) => after);
}

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
  for (const { before, after } of variations) {
    add(after.productId, "variations");
    if (before !== undefined) add(before.productId, "variations");
  }
  for (const { before, after } of skus) {
    add(after.productId, "skus");
    if (before !== undefined) add(before.productId, "skus");
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
