import { describe, expect, test } from "vitest";
import { AppError } from "#app/lib/errors.ts";
import { decodeOrder } from "./decode-order.ts";
import { aRestLine, aRestOrder, decodeRest, type Patch } from "#tests/order-shapes/a-rest-order.ts";

function refusal(patch: Patch): unknown {
  try {
    decodeRest(patch);
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : error;
  }
  return "decoded";
}

test("an order of almost nothing is an order: what is absent is empty, none or unsaid", () => {
  const order = decodeRest();
  expect(order).toMatchObject({
    id: "6200407294252",
    createdAt: "2026-11-01T04:00:00.000Z",
    processedAt: "2026-11-01T04:00:00.000Z",
    presentmentCurrency: "INR",
    email: null,
    tags: [],
    lines: [],
    fulfillments: [],
    shippingAddress: null,
    totals: { total: { shop: 10000, presentment: 10000 }, currentTotal: { shop: 10000, presentment: 10000 } },
  });
  expect([order.customer, order.returnStatus, order.transactions, order.totals.received]).toEqual(
    Array(4).fill(undefined),
  );
});

test.each([
  [
    "blank texts are none",
    { email: "", phone: "", note: "", po_number: "" },
    { email: null, phone: null, note: null, poNumber: null },
  ],
  ["a guest says customer null", { customer: null }, { customer: null }],
  [
    "addresses may be null",
    { billing_address: null, shipping_address: null },
    { billingAddress: null, shippingAddress: null },
  ],
  ["tags are one text", { tags: "cod, VIP " }, { tags: ["cod", "VIP"] }],
  [
    "enums in capitals",
    { financial_status: "partially_paid", cancel_reason: "customer" },
    { financialStatus: "PARTIALLY_PAID", cancelReason: "CUSTOMER" },
  ],
  ["no payment, no status", { financial_status: null }, { financialStatus: null }],
  ["not fulfilled is null", { fulfillment_status: null }, { fulfillmentStatus: "UNFULFILLED" }],
  ["partly fulfilled", { fulfillment_status: "partial" }, { fulfillmentStatus: "PARTIALLY_FULFILLED" }],
  ["fulfilled", { fulfillment_status: "fulfilled" }, { fulfillmentStatus: "FULFILLED" }],
  ["a shop where it was sold", { location_id: 103709376812 }, { locationId: "103709376812" }],
  [
    "attributes of any kind",
    {
      note_attributes: [
        { name: "gift", value: true },
        { name: "n", value: 2 },
        { name: "slot", value: ["a"] },
        { name: "x", value: null },
      ],
    },
    {
      attributes: [
        { name: "gift", value: "true" },
        { name: "n", value: "2" },
        { name: "slot", value: '["a"]' },
        { name: "x", value: null },
      ],
    },
  ],
  [
    "attributes as one object",
    { note_attributes: { gift: "yes" } },
    { attributes: [{ name: "gift", value: "yes" }] },
  ],
  ["unknown keys are nobody's business", { from_the_future: { deep: [1] } }, { name: "#1071" }],
])("%s", (_what, patch, expected) => {
  expect(decodeRest(patch)).toMatchObject(expected);
});

describe("ids", () => {
  test("above 2^53 come from the gid: JSON has rounded the number", () => {
    const text = '{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508",';
    expect(
      decodeOrder("rest", JSON.stringify(aRestOrder({ id: 0 })).replace(/^\{.*?Order\/\d+",/, text)).id,
    ).toBe("820982911946154508");
  });

  test("lines, fulfilments and refunds stand in the order of their ids, as bulk tells them", () => {
    const order = decodeRest({
      line_items: [11, 9, 10].map((id) =>
        aRestLine({ admin_graphql_api_id: `gid://shopify/LineItem/${String(id)}` }),
      ),
      fulfillments: [{ id: 8 }, { id: 7 }],
      refunds: [{ id: 100 }, { id: 20 }],
    });
    expect([order.lines, order.fulfillments, order.refunds].map((list) => list.map(({ id }) => id))).toEqual([
      ["9", "10", "11"],
      ["7", "8"],
      ["20", "100"],
    ]);
  });
});

test("a customer of a webhook says nothing of tags and counts", () => {
  const { customer } = decodeRest({ customer: { id: 8, first_name: "Asha", email: "", state: "disabled" } });
  expect(customer).toMatchObject({ id: "8", firstName: "Asha", email: null, state: "DISABLED" });
  expect([customer?.tags, customer?.numberOfOrders, customer?.phone]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  [
    "no id",
    { id: undefined, admin_graphql_api_id: undefined },
    "$.admin_graphql_api_id: expected a Shopify id",
  ],
  ["no total", { total_price: undefined }, "$.total_price_set: expected an amount of money"],
  [
    "a quantity that is none",
    { line_items: [aRestLine(), aRestLine({ quantity: "many" })] },
    "$.line_items[1].quantity: expected a whole number",
  ],
  [
    "half a yen",
    { currency: "JPY", total_price: "1.50" },
    "$.total_price: expected an amount in JPY (it says 1.50)",
  ],
  ["a time that is none", { updated_at: "yesterday" }, "$.updated_at: expected a date and time"],
  ["a list that is none", { line_items: "none" }, "$.line_items: expected a list"],
])("%s is refused by its place", (_what, patch, expected) => {
  expect(refusal(patch)).toBe(`PAYLOAD_UNREADABLE: The payload cannot be read at ${expected}`);
});
