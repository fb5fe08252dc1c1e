import { describe, expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { handOver, on } from "#tests/fixtures/fact-rows.ts";
import {
  aRefund,
  aReturn,
  arrived,
  casesOf,
  closed,
  fact,
  failed,
  gone,
  line,
  noted,
  parcel,
  received,
  sent,
  takenBack,
  there,
  told,
  type Sketch,
} from "#tests/fixtures/return-cases.ts";

const cancelledHere = (lineId: string, qty: number) => fact("cancelled", { lineId, qty });

describe("nothing comes back", () => {
  test.each<[string, Sketch]>([
    ["nothing was sent", { lines: [line("501", { unfulfilledQuantity: 2 })] }],
    ["on its way", sent],
    ["delivered", there],
    ["cancelled before anything left", { cancelledAt: on(3), lines: [gone("501")] }],
    [
      "its fulfilment cancelled before it left",
      {
        lines: [line("501", { unfulfilledQuantity: 2 })],
        fulfillments: [parcel("71", { 501: 2 }, { ...takenBack, displayStatus: "CANCELED" })],
      },
    ],
    [
      "refunded as goodwill after it left",
      {
        ...there,
        lines: [line("501", { currentQuantity: 1 })],
        refunds: [aRefund("91", "NO_RESTOCK", { 501: 1 })],
      },
    ],
    [
      "taken off before it left",
      {
        lines: [line("501", { currentQuantity: 1, unfulfilledQuantity: 1 })],
        refunds: [aRefund("91", "CANCEL", { 501: 1 })],
      },
    ],
    ["a refund of money alone", { ...there, refunds: [aRefund("91", "RETURN", {})] }],
    [
      "restocked in Shopify though nothing ever left",
      { lines: [line("501", { unfulfilledQuantity: 2 })], refunds: [aRefund("91", "RETURN", { 501: 1 })] },
    ],
    [
      "a return declined, another canceled",
      {
        ...there,
        returns: [
          aReturn("31", { 501: 1 }, { status: "DECLINED" }),
          aReturn("32", { 501: 1 }, { status: "CANCELED" }),
        ],
      },
    ],
  ])("%s", (_what, sketch) => {
    expect(told(sketch)).toEqual([]);
  });
});

describe("what is out and was not wanted any more comes back", () => {
  test.each<[string, Sketch, string[]]>([
    [
      "the carrier could not deliver",
      { fulfillments: [parcel("71", { 501: 2 }, failed)] },
      ["rto-71 initiated: 2 × 501"],
    ],
    [
      "the order was cancelled on the way",
      { ...sent, cancelledAt: on(5), lines: [gone("501")] },
      ["rto-71 initiated: 2 × 501"],
    ],
    [
      "the order was cancelled after delivery",
      { ...there, cancelledAt: on(5), lines: [gone("501")] },
      ["parcel-71 initiated: 2 × 501"],
    ],
    [
      "its fulfilment was cancelled on the way",
      { fulfillments: [parcel("71", { 501: 2 }, takenBack)] },
      ["rto-71 initiated: 2 × 501"],
    ],
    [
      "its fulfilment was cancelled after delivery",
      { fulfillments: [parcel("71", { 501: 2 }, { ...arrived, ...takenBack })] },
      ["parcel-71 initiated: 2 × 501"],
    ],
    [
      "one parcel of two on the way, the other there",
      {
        cancelledAt: on(5),
        lines: [gone("501"), gone("502")],
        fulfillments: [parcel("71", { 501: 2 }), parcel("72", { 502: 2 }, arrived)],
      },
      ["rto-71 initiated: 2 × 501", "parcel-72 initiated: 2 × 502"],
    ],
    [
      "units taken off after the ERP had handed them over",
      { lines: [line("501", { currentQuantity: 1 })], facts: handOver("P1", { 501: 2 }) },
      ["rto-P1 initiated: 1 × 501"],
    ],
    [
      "the same, after delivery",
      {
        lines: [line("501", { currentQuantity: 1 })],
        facts: [...handOver("P1", { 501: 2 }), noted("delivered", "P1")],
      },
      ["parcel-P1 initiated: 1 × 501"],
    ],
    [
      "taken off as goodwill: only what was not forgiven",
      {
        ...{ lines: [line("501", { quantity: 3, currentQuantity: 1 })], facts: handOver("P1", { 501: 3 }) },
        refunds: [aRefund("91", "NO_RESTOCK", { 501: 1 })],
      },
      ["rto-P1 initiated: 1 × 501"],
    ],
    [
      "all of it as goodwill: nothing",
      {
        lines: [line("501", { currentQuantity: 1 })],
        facts: handOver("P1", { 501: 2 }),
        refunds: [aRefund("91", "NO_RESTOCK", { 501: 1 })],
      },
      [],
    ],
    [
      "cancelled here, sent by Shopify all the same",
      { ...sent, facts: [cancelledHere("501", 2)] },
      ["rto-71 initiated: 2 × 501"],
    ],
    [
      "part of it cancelled here",
      { ...there, facts: [cancelledHere("501", 1)] },
      ["parcel-71 initiated: 1 × 501"],
    ],
  ])("%s", (_what, sketch, cases) => {
    expect(told(sketch)).toEqual(cases);
  });

  test("what was cancelled here stays cancelled, wherever the box is", () => {
    const { status } = casesOf({ ...sent, facts: [cancelledHere("501", 2)] });
    expect(status.status).toBe("cancelled");
    expect(status.lines.get("501")).toMatchObject({ cancelledQty: 2, shippedQty: 0 });
  });

  test("who opened it, when and why", () => {
    const why = (sketch: Sketch) =>
      casesOf(sketch).cases.map(({ kind, openedBy, openedAt, reason, parcelId }) => [
        kind,
        openedBy,
        openedAt,
        reason,
        parcelId,
      ]);
    expect(why({ fulfillments: [parcel("71", { 501: 2 }, failed)] })).toEqual([
      ["rto", "courier", on(5), "Not delivered", "71"],
    ]);
    expect(why({ ...sent, facts: [noted("rto_initiated", "71")] })).toEqual([
      ["rto", "erp", on(5), "Not delivered", "71"],
    ]);
    expect(why({ ...sent, facts: [noted("lost", "71")] })).toEqual([
      ["rto", "erp", on(5), "Lost on the way", "71"],
    ]);
    expect(why({ ...sent, cancelledAt: on(6), lines: [gone("501")] })).toEqual([
      ["rto", "rule", on(6), "Order cancelled after hand-over", "71"],
    ]);
    expect(why({ fulfillments: [parcel("71", { 501: 2 }, { ...takenBack, updatedAt: on(6) })] })).toEqual([
      ["rto", "rule", on(6), "Fulfilment cancelled after hand-over", "71"],
    ]);
    expect(why({ lines: [line("501", { currentQuantity: 1 })], facts: handOver("P1", { 501: 2 }) })).toEqual([
      ["rto", "rule", on(2), "Taken off the order in Shopify after hand-over", "P1"],
    ]);
    expect(why({ ...sent, facts: [cancelledHere("501", 2)] })).toEqual([
      ["rto", "rule", on(2), "Sent by Shopify though cancelled here", "71"],
    ]);
  });
});

test.each<[string, Sketch, string]>([
  ["the carrier could not deliver", { fulfillments: [parcel("71", { 501: 2 }, failed)] }, "rto-71"],
  [
    "the order was cancelled after delivery",
    { ...there, cancelledAt: on(5), lines: [gone("501")] },
    "parcel-71",
  ],
])("in history what a rule or a carrier opens is over: %s", (_what, sketch, id) => {
  expect(casesOf({ ...sketch, isHistory: true }).cases).toMatchObject([
    { id, state: "closed", closedAt: on(5) },
  ]);
});

describe("an RTO goes its way by the ERP's word", () => {
  test.each<[string, FactRow[], string, string | null, string | null]>([
    ["on its way back", [noted("rto_initiated", "71")], "initiated", null, null],
    ["back", [noted("rto_received", "71", 7)], "received", on(7), null],
    ["lost", [noted("lost", "71", 7)], "lost", null, on(7)],
    [
      "back and restocked",
      [noted("rto_received", "71", 7), closed("rto-71", "restocked")],
      "restocked",
      on(7),
      on(9),
    ],
    [
      "back and damaged",
      [noted("rto_received", "71", 7), closed("rto-71", "damaged")],
      "damaged",
      on(7),
      on(9),
    ],
    [
      "units booked one by one",
      [noted("rto_initiated", "71"), received("rto-71", "501", 2)],
      "received",
      on(8),
      null,
    ],
  ])("%s", (_what, facts, state, receivedAt, closedAt) => {
    const { cases } = casesOf({ ...sent, facts });
    expect(cases).toMatchObject([{ id: "rto-71", state, receivedAt, closedAt }]);
  });

  test("delivered after all, there is no RTO", () => {
    expect(told({ ...sent, facts: [noted("rto_initiated", "71"), noted("delivered", "71", 6)] })).toEqual([]);
  });
});
