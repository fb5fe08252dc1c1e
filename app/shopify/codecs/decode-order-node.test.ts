import { describe, expect, test } from "vitest";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { decodeOrder } from "./decode-order.ts";

const decode = (extra: Record<string, unknown> = {}, shape: "bulk" | "detail" = "bulk") =>
  decodeOrder(shape, JSON.stringify(anOrder({ lines: [{ id: "5" }], extra })));
const bag = (amount: string, currencyCode: string) => ({ amount, currencyCode });

test("children are read as a bulk file's lists, as nodes and as edges", () => {
  const [line] = anOrder({ lines: [{ id: "5" }] })["lineItems"] as unknown[];
  const spellings = [[line], { nodes: [line] }, { edges: [{ node: line }] }];
  const told = spellings.map((lineItems) => decode({ lineItems }, "detail").lines);
  expect(told[0]).toHaveLength(1);
  expect(told).toEqual(Array(3).fill(told[0]));
});

test.each([
  ["IN_TRANSIT", "IN_TRANSIT"],
  ["PICKED_UP", "PICKED_UP"],
  ["FULFILLED", null],
  ["MARKED_AS_FULFILLED", null],
  ["CANCELED", null],
  [null, null],
])("a fulfilment shown as %s was told of a delivery: %s", (displayStatus, expected) => {
  expect(
    decode({ fulfillments: [{ id: "gid://shopify/Fulfillment/7", status: "SUCCESS", displayStatus }] })
      .fulfillments,
  ).toMatchObject([{ deliveryStatus: expected }]);
});

describe("the lines of a fulfilment", () => {
  const held = { quantity: 2, lineItem: { id: "gid://shopify/LineItem/5" } };
  test.each([
    ["bulk does not carry them", {}, undefined],
    [
      "a fetch does",
      { fulfillmentLineItems: { nodes: [held], pageInfo: { hasNextPage: false } } },
      [{ lineId: "5", qty: 2 }],
    ],
    [
      "part of them proves nothing",
      { fulfillmentLineItems: { nodes: [held], pageInfo: { hasNextPage: true } } },
      undefined,
    ],
  ])("%s", (_what, patch, expected) => {
    const fulfillments = [{ id: "gid://shopify/Fulfillment/7", ...patch }];
    expect(decode({ fulfillments }, "detail").fulfillments[0]?.lines).toEqual(expected);
  });
});

test.each([
  ["INR", "8600.0", "JPY", "15050.0", { shop: 860000, presentment: 15050 }],
  ["JPY", "80.0", "JPY", "80.0", { shop: 80, presentment: 80 }],
  ["KWD", "3.125", "KWD", "3.125", { shop: 3125, presentment: 3125 }],
])(
  "%s %s paid as %s %s is exact in both",
  (currencyCode, shop, presentmentCurrencyCode, presentment, expected) => {
    const totalPriceSet = {
      shopMoney: bag(shop, currencyCode),
      presentmentMoney: bag(presentment, presentmentCurrencyCode),
    };
    const zero = {
      shopMoney: bag("0.0", currencyCode),
      presentmentMoney: bag("0.0", presentmentCurrencyCode),
    };
    const patch = {
      currencyCode,
      presentmentCurrencyCode,
      totalPriceSet,
      currentTotalPriceSet: zero,
      totalOutstandingSet: zero,
      lineItems: [],
    };
    expect(decode(patch).totals.total).toEqual(expected);
  },
);

test("a scope that is not granted leaves the customer unsaid; a guest is said", () => {
  expect([decode({ customer: undefined }).customer, decode({ customer: null }).customer]).toEqual([
    undefined,
    null,
  ]);
});

test("a bundle is known by its number, as a webhook has it", () => {
  const lines = anOrder({ lines: [{}] })["lineItems"] as object[];
  const lineItems = lines.map((line) => ({
    ...line,
    lineItemGroup: { id: "gid://shopify/LineItemGroup/142831562" },
  }));
  expect(decode({ lineItems }).lines[0]?.lineItemGroupId).toBe("142831562");
});

test("what cannot be read is named by its place", () => {
  expect(() =>
    decode({ lineItems: [{ id: "gid://shopify/LineItem/5", quantity: 1, originalUnitPriceSet: "free" }] }),
  ).toThrow("$.lineItems[0].originalUnitPriceSet: expected an amount of money");
});
