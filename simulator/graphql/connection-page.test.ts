import { describe, expect, test } from "vitest";
import { aProduct, tinyStore } from "#simulator/fixtures/tiny-store.ts";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";

const store = tinyStore({ products: Array.from({ length: 11 }, (_unused, index) => aProduct(index + 1)) });

type Page = {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
};

async function page(args: string): Promise<Page> {
  const { data } = await runGraphQL(
    store,
    `{ products(${args}) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  return (data as unknown as { products: Page }).products;
}

const numbers = (found: Page): number[] => found.edges.map((edge) => Number(edge.node.id.split("/").at(-1)));
const ONE_TO_ELEVEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const ELEVEN_TO_ONE = ONE_TO_ELEVEN.toReversed();

describe.each([
  ["", ONE_TO_ELEVEN],
  ["reverse: true", ELEVEN_TO_ONE],
  ["sortKey: UPDATED_AT", ELEVEN_TO_ONE],
  ["sortKey: UPDATED_AT, reverse: true", ONE_TO_ELEVEN],
  ["sortKey: INVENTORY_TOTAL, reverse: true", ELEVEN_TO_ONE],
  ["sortKey: TITLE", [1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['query: "id:>=4"', ONE_TO_ELEVEN.slice(3)],
  ['sortKey: UPDATED_AT, query: "id:<=5"', [5, 4, 3, 2, 1]],
])("products(%s)", (args, expected) => {
  test("comes entire and in order page by page, forwards", async () => {
    const seen: number[] = [];
    let after = "";
    for (;;) {
      const found = await page(`first: 3 ${args} ${after}`);
      seen.push(...numbers(found));
      expect(found.pageInfo.hasPreviousPage).toBe(after !== "");
      if (!found.pageInfo.hasNextPage) break;
      after = `after: "${found.pageInfo.endCursor ?? ""}"`;
    }
    expect(seen).toEqual(expected);
  });

  test("and backwards", async () => {
    const seen: number[] = [];
    let before = "";
    for (;;) {
      const found = await page(`last: 4 ${args} ${before}`);
      seen.unshift(...numbers(found));
      if (!found.pageInfo.hasPreviousPage) break;
      before = `before: "${found.pageInfo.startCursor ?? ""}"`;
    }
    expect(seen).toEqual(expected);
  });
});

test.each([
  ["reverse: false", "you must provide one of first or last"],
  ["first: 2, last: 2", "providing both first and last is not supported"],
  ["first: 251", "first cannot exceed 250"],
  ["last: -1", "last cannot be less than zero"],
  ['first: 2, after: "nonsense"', "Invalid cursor for current pagination sort. (after)"],
])("products(%s) is refused: %s", async (args, message) => {
  const { errors, data } = await runGraphQL(store, `{ products(${args}) { nodes { id } } }`);
  expect(errors).toEqual([
    { message, locations: [{ line: 1, column: 3 }], path: ["products"], extensions: { code: "BAD_REQUEST" } },
  ]);
  expect(data).toBeNull();
});

test("a connection inside a record is paged alike", async () => {
  const { data } = await runGraphQL(
    store,
    `{ product(id: "gid://shopify/Product/2") { variants(first: 2, reverse: true) { nodes { sku } pageInfo { hasNextPage } } } }`,
  );
  expect(data).toEqual({
    product: { variants: { nodes: [{ sku: "K2-L" }, { sku: "K2-M" }], pageInfo: { hasNextPage: true } } },
  });
});

test("counts are exact up to their limit, then at least", async () => {
  const { data } = await runGraphQL(
    store,
    `{ all: productsCount { count precision } some: productsCount(limit: 5) { count precision } few: productsCount(query: "id:<3") { count precision } }`,
  );
  expect(data).toEqual({
    all: { count: 11, precision: "EXACT" },
    some: { count: 5, precision: "AT_LEAST" },
    few: { count: 2, precision: "EXACT" },
  });
});
