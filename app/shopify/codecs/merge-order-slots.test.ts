import { describe, expect, test } from "vitest";
import { fulfillmentOrder, refund, rupees, slot, totals } from "#tests/order-shapes/an-order-slot.ts";
import { mergeOrderSlots } from "./merge-order-slots.ts";
import type { TransactionPart } from "./order-parts.ts";

const sale: TransactionPart = {
  id: "1",
  kind: "SALE",
  status: "SUCCESS",
  gateway: "Razorpay",
  amount: rupees(100),
  processedAt: null,
  parentId: null,
  test: false,
};

describe("which payload speaks", () => {
  test.each([
    ["the newer", slot("rest", 2, { note: "rest" }), slot("bulk", 1, { note: "bulk" }), "rest"],
    [
      "the newer, whatever the shape",
      slot("rest", 1, { note: "rest" }),
      slot("bulk", 2, { note: "bulk" }),
      "bulk",
    ],
    [
      "at one moment the richer",
      slot("rest", 1, { note: "rest" }),
      slot("detail", 1, { note: "detail" }),
      "detail",
    ],
    [
      "any that has a time before one that has none",
      slot("detail", null, { note: "detail" }),
      slot("rest", 1, { note: "rest" }),
      "rest",
    ],
  ])("%s", (_what, one, other, expected) => {
    expect([mergeOrderSlots([one, other], []).note, mergeOrderSlots([other, one], []).note]).toEqual([
      expected,
      expected,
    ]);
  });

  test("without any payload there is no order to speak of", () => {
    expect(() => mergeOrderSlots([], [])).toThrow("at least one slot");
  });
});

describe("a poorer payload never erases a part", () => {
  const rich = slot("bulk", 1, {
    returnStatus: "IN_PROGRESS",
    transactions: [sale],
    totals: totals({
      received: rupees(100),
      refunded: rupees(5),
      outstanding: rupees(0),
      tip: { shop: 2000, presentment: 24 },
    }),
    customer: { id: "8", firstName: "Asha", tags: ["vip"], numberOfOrders: 3, email: "old@example.in" },
    fees: [{ title: "COD fee", amount: rupees(49) }],
    refunds: [refund("5", { total: rupees(5) })],
  });
  const poor = slot("rest", 2, {
    name: "#1071-B",
    totals: totals({ refunded: undefined, outstanding: undefined, tip: { shop: 2000, presentment: 0 } }),
    customer: { id: "8", firstName: "Asha R", tags: undefined, numberOfOrders: undefined, email: null },
    fees: [{ title: "Additional fees", amount: rupees(49) }],
    refunds: [refund("5"), refund("6")],
  });

  test("what a webhook cannot say stands as bulk told it, and says where it is from", () => {
    expect(mergeOrderSlots([poor, rich], [])).toMatchObject({
      name: "#1071-B",
      returnStatus: "IN_PROGRESS",
      transactions: [sale],
      totals: {
        received: rupees(100),
        refunded: rupees(5),
        outstanding: rupees(0),
        tip: { shop: 2000, presentment: 24 },
      },
      fees: [{ title: "COD fee", amount: rupees(49) }],
      refunds: [
        { id: "5", total: rupees(5) },
        { id: "6", total: undefined },
      ],
      partSources: {
        returnStatus: "bulk",
        transactions: "bulk",
        received: "bulk",
        refunded: "bulk",
        outstanding: "bulk",
        refundTotals: "bulk",
      },
    });
  });

  test("a customer field by field; what the newest says, nothing included, stands", () => {
    expect(mergeOrderSlots([rich, poor], []).customer).toEqual({
      id: "8",
      firstName: "Asha R",
      tags: ["vip"],
      numberOfOrders: 3,
      email: null,
    });
  });

  test.each([
    ["another person's fields are not this one's", { id: "9" }, { id: "9" }],
    ["a payload without the key says nothing", undefined, rich.decoded.customer],
    ["nobody is somebody's word", null, null],
  ])("%s", (_what, customer, expected) => {
    expect(mergeOrderSlots([slot("rest", 2, { customer }), rich], []).customer).toEqual(expected);
  });

  test.each([
    [
      "another sum of fees",
      { fees: [{ title: "Additional fees", amount: rupees(50) }] },
      { fees: [{ title: "Additional fees" }] },
    ],
    ["no fees any more", { fees: [] }, { fees: [] }],
    [
      "another tip",
      { totals: totals({ tip: { shop: 3000, presentment: 0 } }) },
      { totals: { tip: { shop: 3000, presentment: 0 } } },
    ],
  ])("%s is news", (_what, patch, expected) => {
    expect(mergeOrderSlots([slot("rest", 2, patch), rich], [])).toMatchObject(expected);
  });

  test("when the newest says it all, nothing comes from elsewhere", () => {
    expect(mergeOrderSlots([slot("detail", 3, rich.decoded), poor, rich], []).partSources).toBeUndefined();
  });
});

test("gateways are a set that only grows, whichever payload is the newest", () => {
  const cod = slot("rest", 1, { gateways: ["Cash on Delivery (COD)"] });
  const paid = slot("bulk", 2, { gateways: ["Razorpay", "Gift Card", "Razorpay"] });
  for (const slots of [
    [cod, paid],
    [paid, cod],
  ])
    expect(mergeOrderSlots(slots, [])).toMatchObject({
      gateways: ["Razorpay", "Gift Card", "Razorpay"],
      gatewaysSeen: ["Cash on Delivery (COD)", "Gift Card", "Razorpay"],
    });
  expect(mergeOrderSlots([paid], []).gatewaysSeen).toEqual(["Gift Card", "Razorpay"]);
});

test("what holds an order back are its open fulfilment orders", () => {
  const fulfillmentOrders = [
    fulfillmentOrder({ status: "ON_HOLD", holds: ["Awaiting stock", "Address"] }),
    fulfillmentOrder({ status: "OPEN", holds: ["Address"] }),
    fulfillmentOrder({ status: "CLOSED", holds: ["Old"] }),
    fulfillmentOrder({ status: "CANCELLED", holds: ["Older"] }),
  ];
  for (const slots of [[slot("bulk", 1)], [slot("bulk", 1), slot("rest", 2)]])
    expect(mergeOrderSlots(slots, fulfillmentOrders).holds).toEqual(["Address", "Awaiting stock"]);
});
