import { describe, expect, test } from "vitest";
import { aProduct, anOrder, tinyStore } from "#simulator/fixtures/tiny-store.ts";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";

const products = [1, 2, 3, 4, 5].map((number) =>
  aProduct(number, {
    status: number === 5 ? "DRAFT" : "ACTIVE",
    tags: number < 3 ? ["cotton", "New Arrival"] : ["silk"],
  }),
);
const store = tinyStore({
  products,
  orders: [anOrder(1), anOrder(2)],
  customers: [aCustomer(1), aCustomer(2)],
});

function aCustomer(day: number) {
  return {
    __typename: "Customer",
    id: `gid://shopify/Customer/${String(day)}`,
    createdAt: `2026-02-0${String(day)}T09:00:00Z`,
    updatedAt: `2026-02-0${String(day)}T20:00:00Z`,
  };
}

async function find(
  root: string,
  query: string,
): Promise<{ numbers: string; search: unknown; errors: unknown }> {
  const answer = await runGraphQL(
    store,
    `query ($q: String) { ${root}(first: 50, query: $q) { nodes { id } } }`,
    {
      variables: { q: query },
    },
  );
  const nodes = (answer.data?.[root] as { nodes: { id: string }[] } | undefined)?.nodes ?? [];
  return {
    numbers: nodes.map((node) => node.id.slice(node.id.lastIndexOf("/") + 1)).join(""),
    search: answer.extensions?.search,
    errors: answer.errors?.[0]?.message,
  };
}

test.each([
  ["created_at:>='2026-01-03T10:00:00Z'", "345"],
  ["created_at:>'2026-01-03T10:00:00Z'", "45"],
  ["created_at:<'2026-01-03T10:00:00Z'", "12"],
  ["created_at:>='2026-01-03T15:30:00+05:30' created_at:<'2026-01-05T00:00:00Z'", "34"],
  ["created_at:2026-01-02", "2"],
  ["created_at:<now", "12345"],
  ["created_at:<=2026", ""],
  ["updated_at:>='2026-03-29T00:00:00Z'", "12"],
  ["status:draft", "5"],
  ["status:ACTIVE,DRAFT", "12345"],
  ["-status:draft", "1234"],
  ["tag:'new arrival'", "12"],
  ["tag_not:silk", "12"],
  ["tag:silk OR id:1", "1345"],
  ["tag:silk OR id:1 status:active", "134"],
  ["id:>=4", "45"],
  ["id:gid://shopify/Product/3", "3"],
  ["inventory_total:>2 inventory_total:<=4", "34"],
  ["sku:k2-m", "2"],
  ["sku:K4*", "4"],
  ["title:kurta*", "12345"],
  ["kurta 2", "2"],
  ["NOT (id:1 OR id:2)", "345"],
])("products(query: %j) finds %s", async (query, numbers) => {
  expect(await find("products", query)).toEqual({ numbers, search: undefined, errors: undefined });
});

describe("a filter Shopify does not know", () => {
  test("is ignored, all rows come, and only extensions.search tells", async () => {
    const found = await find("customers", "created_at:>'2026-02-01T23:00:00Z'");
    expect(found.numbers).toBe("12");
    expect(found.search).toEqual([
      {
        path: ["customers"],
        query: "created_at:>'2026-02-01T23:00:00Z'",
        parsed: { field: "created_at", match_all: "2026-02-01T23:00:00Z" },
        warnings: [
          { field: "created_at", message: "Invalid search field for this query.", code: "invalid_field" },
        ],
      },
    ]);
  });

  test("leaves the other terms standing", async () => {
    expect((await find("products", "colour:red status:draft")).numbers).toBe("5");
  });

  test("a date that cannot be read is ignored too", async () => {
    const found = await find("products", "created_at:>yesterday");
    expect([found.numbers, JSON.stringify(found.search).includes("invalid_value")]).toEqual(["12345", true]);
  });
});

test("a customer's updated_at matches whole days", async () => {
  expect((await find("customers", "updated_at:>='2026-02-01T23:00:00Z'")).numbers).toBe("12");
  expect((await find("customers", "updated_at:>'2026-02-01T00:00:00Z'")).numbers).toBe("2");
  expect((await find("customers", "customer_date:2026-02-01")).numbers).toBe("1");
});

test("a filter Shopify has and the simulator has not fails by name", async () => {
  expect((await find("orders", "fraud_protection_level:pending")).errors).toBe(
    'The filter "fraud_protection_level" of orders is not simulated yet',
  );
});
