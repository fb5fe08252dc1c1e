import { expect, test, vi } from "vitest";
import { createStore } from "./create-store.ts";
import { runFixture } from "./fixtures/run-fixture.ts";

// Hundreds of whole orders through graphql-js, on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const store = createStore({ orders: 600, seed: 11 });

test.each([
  ["orders_core.graphql", 500],
  ["orders_wide.graphql", 500],
  ["products.graphql", 50],
  ["customers_core.graphql", 360],
  ["inventory_core.graphql", 300],
  ["fulfillment_lines_via_fulfillment_orders.graphql", 500],
  ["order_fulfillment_orders.graphql", 500],
  ["locations.graphql", 3],
] as const)("every field %s selects is there, of the type the Admin schema says", async (file, take) => {
  const result = await runFixture(store, file, take);
  expect([...new Set(result.errors?.map((error) => error.message))]).toEqual([]);
});

test.each(["RefundDetail", "FulfillmentDetail", "OrderFulfillmentOrders", "Returns", "Discounts", "TheShop"])(
  "%s has every field for any order",
  async (name) => {
    const messages = new Set<string>();
    const orders = store.collection("orders");
    for (let n = 0; n < 150; n++) {
      const result = await runFixture(store, "order_details.graphql", 1, {
        name,
        id: orders?.at(n).id ?? "",
      });
      for (const error of result.errors ?? []) messages.add(error.message);
    }
    expect([...messages]).toEqual([]);
  },
);

test("a field nobody simulates is told by name", async () => {
  const bare = {
    ...store,
    collection: () => ({
      count: () => 1,
      at: () => ({ __typename: "Location", id: "gid://shopify/Location/1" }),
      timeAt: () => null,
    }),
  };
  const result = await runFixture(bare, "locations.graphql", 1);
  expect(result.errors?.map((error) => error.message)).toEqual([
    "Location.legacyResourceId is not simulated",
  ]);
});
