import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { orderFields, valueAt } from "#app/shopify/codecs/order-fields.ts";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { ALL_SCOPES } from "#tests/order-shapes/bulk-records.ts";
import { orderDetailDocument } from "./order-detail-document.ts";

const store = createStore({ orders: 100, seed: 3 });
const gids = Array.from({ length: 100 }, (_, index) => store.collection("orders")?.at(index).id ?? "");

type Answer = {
  data?: { nodes: Record<string, unknown>[] } | null;
  errors?: unknown;
  extensions?: { cost?: { requestedQueryCost: number } };
};
const ask = async (scopes: readonly string[], ids: readonly string[]): Promise<Answer> =>
  (await runGraphQL(store, orderDetailDocument(scopes).query, {
    ...{ variables: { ids }, scopes, now: new Date("2026-11-25T00:00:00Z") },
  })) as Answer;
const without = (...scopes: string[]) => ALL_SCOPES.filter((scope) => !scopes.includes(scope));

/** A scope that may be missing → what is left out for it. */
const DROPPED: Record<string, string[]> = {
  read_customers: ["customer (needs read_customers)"],
  read_products: ["lineItems.product (needs read_products)", "lineItems.variant (needs read_products)"],
  read_locations: [
    "location (needs read_locations or read_inventory)",
    "location.name (needs read_locations)",
    "retailLocation (needs read_locations or read_inventory)",
    "retailLocation.name (needs read_locations)",
  ],
  read_returns: ["refunds.return (needs read_returns)", "returns (needs read_returns)"],
  read_merchant_managed_fulfillment_orders: [
    "fulfillmentOrders (needs read_merchant_managed_fulfillment_orders or read_assigned_fulfillment_orders or read_third_party_fulfillment_orders)",
  ],
};
const OPTIONAL = Object.keys(DROPPED);

test("with every scope nothing is left out", () => {
  expect(orderDetailDocument(ALL_SCOPES).dropped).toEqual([]);
});

describe("what Shopify would take", () => {
  const combinations = [[], ...OPTIONAL.map((scope) => [scope]), OPTIONAL];
  test.each(combinations.map((missing) => [missing]))(
    "without %j: valid, allowed, at most 1,000 points",
    async (missing) => {
      const scopes = without(...missing);
      expect(validate(loadSchema().schema, parse(orderDetailDocument(scopes).query))).toEqual([]);
      // However many are asked for at once: the price is that of the dearest.
      const answer = await ask(scopes, gids.slice(0, 25));
      expect(answer.errors).toBeUndefined();
      expect(answer.data?.nodes).toHaveLength(25);
      expect(answer.extensions?.cost?.requestedQueryCost).toBeLessThanOrEqual(1000);
      expect(answer.extensions?.cost?.requestedQueryCost).toBeGreaterThan(100);
    },
  );

  test("asking for more than is granted is refused as a whole, so nothing may be asked too much", async () => {
    const { query } = orderDetailDocument(ALL_SCOPES);
    const answer = await runGraphQL(store, query, {
      variables: { ids: gids.slice(0, 1) },
      scopes: without("read_returns"),
    });
    expect(answer.errors).toBeDefined();
  });
});

describe("what a missing scope leaves out", () => {
  test.each(OPTIONAL)("%s: said in words", (scope) => {
    expect(orderDetailDocument(without(scope)).dropped.sort()).toEqual(DROPPED[scope]);
  });

  test("each said once, all together", () => {
    expect(orderDetailDocument(["read_orders"]).dropped.sort()).toEqual(Object.values(DROPPED).flat().sort());
  });

  test.each([
    ["a write scope brings its read scope", without("read_returns"), "write_returns"],
    [
      "any kind of fulfilment order will do",
      without("read_merchant_managed_fulfillment_orders"),
      "read_third_party_fulfillment_orders",
    ],
  ])("%s", (_what, scopes, instead) => {
    expect(orderDetailDocument([...scopes, instead]).dropped).toEqual([]);
  });

  test("a location's id is also granted with the stock; its name is not", () => {
    expect(orderDetailDocument([...without("read_locations"), "read_inventory"]).dropped.sort()).toEqual([
      "location.name (needs read_locations)",
      "retailLocation.name (needs read_locations)",
    ]);
  });

  /** Fields of an order that one scope is for: prefixes of the names in the list of fields. */
  const FIELDS: Record<string, string[]> = {
    read_customers: ["customer"],
    read_products: ["lines[].productId", "lines[].variantId", "lines[].variantIsGone"],
    read_locations: ["locationId", "fulfillments[].locationId", "fulfillmentOrders[].locationId"],
    read_returns: ["returns", "refunds[].returnId"],
    read_merchant_managed_fulfillment_orders: ["fulfillmentOrders"],
  };

  test.each(OPTIONAL)(
    "%s: only what it is for is not told, and nothing says that there is none",
    async (scope) => {
      const whole = await ask(ALL_SCOPES, gids);
      const poor = await ask(without(scope), gids);
      let told = 0;
      for (const [i, node] of (whole.data?.nodes ?? []).entries()) {
        const rich = decodeOrder("detail", JSON.stringify(node));
        const less = decodeOrder("detail", JSON.stringify(poor.data?.nodes[i]));
        for (const field of orderFields) {
          const mine = FIELDS[scope]?.some((name) => field.field.startsWith(name)) ?? false;
          if (mine)
            told += Number(JSON.stringify(valueAt(rich, field)) !== JSON.stringify(valueAt(less, field)));
          else expect(valueAt(less, field), `${field.field} of ${rich.name}`).toEqual(valueAt(rich, field));
        }
        if (scope === "read_returns")
          expect(less.returns).toEqual(rich.returnStatus === "NO_RETURN" ? [] : undefined);
      }
      expect(told).toBeGreaterThan(0);
    },
  );
});
