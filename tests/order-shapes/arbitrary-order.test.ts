import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chargeFaults,
  paymentFaults,
  quantityFaults,
  refundFaults,
} from "#simulator/store/fixtures/order-faults.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { arbitraryOrder, orderOf, type ArbitraryOrder } from "./arbitrary-order.ts";
import { plainNode } from "./plain-node.ts";

const orders = fc.sample(arbitraryOrder, { numRuns: 500, seed: 20261122 });

const some = (of: SimNode, field: string, is: (one: SimNode) => boolean): boolean =>
  readNodes(of, field).some(is);
const amount = (of: SimNode, field: string): number =>
  Number(readField(of, field, "presentmentMoney", "amount"));
const restock =
  (type: string) =>
  ({ node }: ArbitraryOrder): boolean =>
    some(node, "refunds", (refund) => some(refund, "refundLineItems", (one) => one["restockType"] === type));

test.each<[string, (order: ArbitraryOrder) => boolean]>([
  ...["INR", "USD", "JPY", "KWD"].flatMap((code): [string, (order: ArbitraryOrder) => boolean][] => [
    [`a shop in ${code}`, ({ node }) => node["currencyCode"] === code],
    [
      `paid in ${code}, the shop's in another`,
      ({ node }) => node["presentmentCurrencyCode"] === code && node["currencyCode"] !== code,
    ],
  ]),
  ...["DiscountCode", "Manual", "Automatic", "Script"].map(
    (type): [string, (order: ArbitraryOrder) => boolean] => [
      `discount ${type}`,
      ({ node }) => some(node, "discountApplications", (one) => readText(one["__typename"]).startsWith(type)),
    ],
  ),
  ...["ACROSS", "EACH", "ONE"].map((method): [string, (order: ArbitraryOrder) => boolean] => [
    `discount ${method}`,
    ({ node }) => some(node, "discountApplications", (one) => one["allocationMethod"] === method),
  ]),
  [
    "discount on shipping",
    ({ node }) => some(node, "shippingLines", (one) => readNodes(one, "discountAllocations").length > 0),
  ],
  ["tax inside", ({ node }) => node["taxesIncluded"] === true && amount(node, "totalTaxSet") > 0],
  ["tax on top", ({ node }) => node["taxesIncluded"] === false && amount(node, "totalTaxSet") > 0],
  ["three taxes", ({ node }) => readNodes(node, "taxLines").length === 3],
  ["duties", ({ node }) => readField(node, "originalTotalDutiesSet") !== null],
  ["a tip", ({ node }) => amount(node, "totalTipReceivedSet") > 0],
  ["an additional fee", ({ node }) => amount(node, "currentTotalAdditionalFeesSet") > 0],
  [
    "cash rounding",
    ({ node }) =>
      Number(readField(node, "totalCashRoundingAdjustment", "paymentSet", "shopMoney", "amount")) !== 0,
  ],
  ...["PENDING", "PARTIALLY_PAID", "PAID", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED", "AUTHORIZED", ""].map(
    (status): [string, (order: ArbitraryOrder) => boolean] => [
      `payment ${status || "without a word"}`,
      ({ node }) => readText(node["displayFinancialStatus"]) === status,
    ],
  ),
  ...["gift_card", "shopify_store_credit"].map((name): [string, (order: ArbitraryOrder) => boolean] => [
    `paid by ${name}`,
    ({ node }) => some(node, "transactions", (one) => one["gateway"] === name),
  ]),
  ...["UNFULFILLED", "PARTIALLY_FULFILLED", "FULFILLED", "ON_HOLD"].map(
    (status): [string, (order: ArbitraryOrder) => boolean] => [
      `fulfilment ${status}`,
      ({ node }) => node["displayFulfillmentStatus"] === status,
    ],
  ),
  ["several parcels", ({ node }) => readNodes(node, "fulfillments").length > 1],
  ["a cancelled parcel", ({ node }) => some(node, "fulfillments", (one) => one["status"] === "CANCELLED")],
  ...["CANCEL", "RETURN", "NO_RESTOCK", "LEGACY_RESTOCK"].map(
    (type): [string, (order: ArbitraryOrder) => boolean] => [`restock ${type}`, restock(type)],
  ),
  [
    "shipping paid back",
    ({ node }) => some(node, "refunds", (one) => readNodes(one, "refundShippingLines").length > 0),
  ],
  ["a duty paid back", ({ node }) => some(node, "refunds", (one) => readNodes(one, "duties").length > 0)],
  ["more paid back than the goods", ({ node }) => amount(node, "refundDiscrepancySet") < 0],
  ["less paid back than the goods", ({ node }) => amount(node, "refundDiscrepancySet") > 0],
  ["a line added", ({ node }) => node["edited"] === true && readNodes(node, "fulfillmentOrders").length > 1],
  [
    "cancelled with goods sent",
    ({ node }) =>
      node["cancelledAt"] !== null && some(node, "fulfillments", (one) => one["status"] === "SUCCESS"),
  ],
  ...["RETURN_REQUESTED", "IN_PROGRESS", "RETURNED"].map(
    (status): [string, (order: ArbitraryOrder) => boolean] => [
      `return status ${status}`,
      ({ node }) => node["returnStatus"] === status,
    ],
  ),
  [
    "an exchange",
    ({ node }) => some(node, "returns", (one) => readNodes(one, "exchangeLineItems").length > 0),
  ],
])("500 arbitrary orders hold the case: %s", (_case, is) => {
  expect(orders.filter(is).length).toBeGreaterThan(0);
});

describe("Shopify's own identities hold for any order", () => {
  test("money, in both currencies", () => {
    const faults = orders.flatMap(({ node }) =>
      (["shopMoney", "presentmentMoney"] as const).flatMap((side) =>
        [chargeFaults, refundFaults, paymentFaults].flatMap((faultsOf) => faultsOf(node, side)),
      ),
    );
    expect(faults).toEqual([]);
  });

  test("quantities", () => {
    expect(orders.flatMap(({ node }) => quantityFaults(node))).toEqual([]);
  });
});

test("each order is JSON in both shapes: REST, and what the app's own document selects", () => {
  for (const { node, rest } of orders) {
    const plain = plainNode(node);
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
    expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
    expect([plain["id"], plain["name"]]).toEqual([rest["admin_graphql_api_id"], rest["name"]]);
  }
});

test("a failure shrinks to the little it takes", () => {
  const wholesome = fc.property(arbitraryOrder, (order) => !restock("RETURN")(order));
  const { counterexample } = fc.check(wholesome, { seed: 1, numRuns: 500 });
  if (!counterexample) throw new Error("No order of 500 has such a refund");
  const [{ recipe }] = counterexample;
  expect([recipe.lines.length, recipe.events.length, recipe.discounts.length]).toEqual([1, 2, 0]);
  expect(restock("RETURN")(orderOf(recipe))).toBe(true);
  expect(fc.stringify(counterexample[0])).toMatch(/^orderOf\(\{/);
});
