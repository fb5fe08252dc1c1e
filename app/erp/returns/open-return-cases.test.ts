import { describe, expect, test } from "vitest";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { determineOrderStatus } from "#app/erp/processor/determine-order-status.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type LineSketch, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { openReturnCases } from "./open-return-cases.ts";

type Json = Record<string, unknown>;
type Units = Readonly<Record<string, number>>;

const on = (day: number) => `2026-11-${String(day).padStart(2, "0")}T09:00:00.000Z`;
const gid = (type: string, id: string) => `gid://shopify/${type}/${id}`;
const bag = (amount: string) => ({
  shopMoney: { amount, currencyCode: "INR" },
  presentmentMoney: { amount, currencyCode: "INR" },
});
const line = (id: string, more: LineSketch = {}): LineSketch => ({
  id,
  quantity: 2,
  unfulfilledQuantity: 0,
  ...more,
});
const gone = (id: string): LineSketch => line(id, { currentQuantity: 0 });

const parcel = (id: string, units: Units | null, more: Json = {}): Json => ({
  ...{ id: gid("Fulfillment", id), status: "SUCCESS", displayStatus: "IN_TRANSIT", createdAt: on(2) },
  ...{
    totalQuantity: Object.values(units ?? { 0: 2 }).reduce((sum, qty) => sum + qty, 0),
    trackingInfo: [{ number: `A${id}` }],
  },
  ...(units && {
    fulfillmentLineItems: Object.entries(units).map(([lineId, quantity]) => ({
      quantity,
      lineItem: { id: gid("LineItem", lineId) },
    })),
  }),
  ...more,
});
const arrived = { displayStatus: "DELIVERED", deliveredAt: on(4) };
const failed = { displayStatus: "NOT_DELIVERED", updatedAt: on(5) };
const takenBack = { status: "CANCELLED" };

const aReturn = (id: string, units: Units, more: Json = {}): Json => ({
  ...{ id: gid("Return", id), name: `#1001-R${id}`, status: "OPEN", createdAt: on(6), closedAt: null },
  returnLineItems: Object.entries(units).map(([lineId, quantity]) => ({
    ...{ quantity, processedQuantity: 0, returnReason: "SIZE_TOO_SMALL" },
    fulfillmentLineItem: { lineItem: { id: gid("LineItem", lineId) } },
  })),
  exchangeLineItems: [],
  ...more,
});
const aRefund = (id: string, restockType: string, units: Units, more: Json = {}): Json => ({
  ...{ id: gid("Refund", id), createdAt: on(7), totalRefundedSet: bag("100.00"), return: null },
  refundLineItems: Object.entries(units).map(([lineId, quantity]) => ({
    ...{
      quantity,
      restockType,
      lineItem: { id: gid("LineItem", lineId) },
      subtotalSet: bag("100.00"),
      totalTaxSet: bag("0.00"),
    },
  })),
  ...{ refundShippingLines: [], orderAdjustments: [] },
  ...more,
});

const fact = (kind: string, more: Partial<FactRow> = {}): FactRow => ({
  ...{ kind, lineId: null, parcelId: null, qty: null, details: {}, at: on(8) },
  ...more,
});
const handOver = (parcelId: string, units: Units, awbNumber: string | null = null): FactRow[] =>
  Object.entries(units).map(([lineId, qty]) =>
    fact("handed_over", { parcelId, lineId, qty, details: { awbNumber }, at: on(2) }),
  );
const noted = (kind: string, parcelId: string, day = 5) => fact(kind, { parcelId, at: on(day) });
const opened = (caseId: string, units: Units, parcelId: string | null = null) =>
  fact("return_opened", {
    ...{ parcelId, at: on(6) },
    details: {
      caseId,
      reason: "Too small",
      lines: Object.entries(units).map(([lineId, qty]) => ({ lineId, qty })),
    },
  });
const received = (caseId: string, lineId: string, qty: number) =>
  fact("returned", { lineId, qty, details: { caseId } });
const closed = (caseId: string, outcome: string) =>
  fact("case_closed", { details: { caseId, outcome }, at: on(9) });
const cancelledHere = (lineId: string, qty: number) => fact("cancelled", { lineId, qty });

type Sketch = OrderSketch & { returns?: Json[]; refunds?: Json[]; isHistory?: boolean; facts?: FactRow[] };

function casesOf({ returns, refunds = [], isHistory = false, facts = [], ...sketch }: Sketch) {
  const order = mergeOrderSlots(
    [
      {
        ...{ shape: "detail", shopifyUpdatedAt: null, triggeredAt: null },
        decoded: decodeOrderNode(
          anOrder({
            lines: [line("501")],
            ...sketch,
            extra: {
              returnStatus: returns ? "IN_PROGRESS" : "NO_RETURN",
              ...(returns && { returns }),
              refunds,
              ...sketch.extra,
            },
          }),
        ),
      },
    ],
    [],
  );
  const own = readOrderFacts(facts);
  const status = determineOrderStatus(order, own, {
    ...{ onHold: false, isHistory, now: new Date(on(10)), silentAfterDays: 10 },
  });
  return { status, cases: openReturnCases(order, own, status, { isHistory }) };
}
/** Each case as "id state: units of a line…". */
const told = (sketch: Sketch) =>
  casesOf(sketch).cases.map(
    ({ id, state, lines }) =>
      `${id} ${state}: ${lines.map(({ lineId, qty }) => `${String(qty)} × ${lineId}`).join(", ")}`,
  );

const sent = { fulfillments: [parcel("71", { 501: 2 })] };
const there = { fulfillments: [parcel("71", { 501: 2 }, arrived)] };

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

describe("returns", () => {
  test.each<[string, Json, boolean, string]>([
    ["asked for", { status: "REQUESTED" }, false, "requested"],
    ["open", {}, false, "initiated"],
    [
      "closed in Shopify: not received here until somebody has it",
      { status: "CLOSED", closedAt: on(8) },
      false,
      "initiated",
    ],
    ["closed in Shopify, history", { status: "CLOSED", closedAt: on(8) }, true, "closed"],
    ["open, history", {}, true, "initiated"],
  ])("Shopify's: %s", (_what, more, isHistory, state) => {
    const { cases } = casesOf({ ...there, returns: [aReturn("31", { 501: 1 }, more)], isHistory });
    expect(cases).toEqual([
      {
        ...{
          id: "return-31",
          kind: "return",
          state,
          name: "#1001-R31",
          parcelId: null,
          shopifyReturnId: "31",
        },
        ...{ reason: "SIZE_TOO_SMALL", openedBy: "shopify", openedAt: on(6), receivedAt: null },
        closedAt: state === "closed" ? on(8) : null,
        lines: [{ lineId: "501", qty: 1, receivedQty: 0 }],
      },
    ]);
  });

  test("history that Shopify closed is returned; what is not history waits for the goods", () => {
    const returns = [aReturn("31", { 501: 2 }, { status: "CLOSED" })];
    const returned = (isHistory: boolean) => casesOf({ ...there, returns, isHistory }).status;
    expect(returned(true).status).toBe("returned");
    expect(returned(false).status).toBe("delivered");
    expect(returned(false).lines.get("501")).toMatchObject({ returnedQty: 0 });
  });

  test("one whose goods nobody has told yet is a case all the same", () => {
    const cut = aReturn("31", {}, { returnLineItems: { nodes: [], pageInfo: { hasNextPage: true } } });
    expect(told({ ...there, returns: [cut] })).toEqual(["return-31 initiated: "]);
  });

  test("one of goods that no payload showed leaving, or nobody knows in which parcel, is believed", () => {
    const unsent = { lines: [line("501", { unfulfilledQuantity: 2 })], returns: [aReturn("31", { 501: 1 })] };
    expect(told(unsent)).toEqual(["return-31 initiated: 1 × 501"]);
    const fulfillments = [
      parcel("71", { 501: 2 }, arrived),
      parcel("72", null, arrived),
      parcel("73", null, arrived),
    ];
    const unknown = { lines: ["501", "502", "503"].map((id) => line(id)), fulfillments };
    expect(told({ ...unknown, returns: [aReturn("31", { 502: 1 })] })).toEqual([
      "return-31 initiated: 1 × 502",
    ]);
  });

  test("an exchange: what comes back is its case; what goes out for it is none", () => {
    const exchange = aReturn(
      "31",
      { 501: 1 },
      { exchangeLineItems: [{ lineItems: [{ id: gid("LineItem", "502") }] }] },
    );
    const lines = [line("501", { currentQuantity: 1 }), line("502", { quantity: 1, unfulfilledQuantity: 1 })];
    expect(told({ ...there, lines, returns: [exchange] })).toEqual(["return-31 initiated: 1 × 501"]);
  });

  test("the ERP's own: the customer called", () => {
    const { cases } = casesOf({ ...there, facts: [opened("R1", { 501: 1 }, "71")] });
    expect(cases).toMatchObject([
      {
        ...{
          id: "R1",
          kind: "return",
          state: "initiated",
          openedBy: "erp",
          reason: "Too small",
          openedAt: on(6),
        },
        ...{ parcelId: "71", shopifyReturnId: null },
      },
    ]);
  });

  test.each(["return-31", "R1", "refund-91"])("received and closed by the ERP's facts: %s", (id) => {
    const sketch: Sketch = {
      ...there,
      ...(id === "return-31" && { returns: [aReturn("31", { 501: 1 })] }),
      ...(id === "refund-91" && { refunds: [aRefund("91", "RETURN", { 501: 1 })] }),
    };
    const mine = id === "R1" ? [opened("R1", { 501: 1 })] : [];
    const back = { ...sketch, facts: [...mine, received(id, "501", 1)] };
    expect(casesOf(back).cases).toMatchObject([
      { id, state: "received", receivedAt: on(8), lines: [{ receivedQty: 1 }] },
    ]);
    expect(casesOf(back).status.lines.get("501")).toMatchObject({ returnedQty: 1 });
    expect(casesOf({ ...back, facts: [...back.facts, closed(id, "damaged")] }).cases).toMatchObject([
      { id, state: "damaged", receivedAt: on(8), closedAt: on(9) },
    ]);
  });
});

describe("refunds that put goods back into Shopify's stock", () => {
  const unsent = parcel("70", { 501: 2 }, { ...takenBack, displayStatus: "CANCELED" });

  test("count only where something left", () => {
    const refunds = [aRefund("91", "RETURN", { 501: 1 })];
    expect(
      told({ lines: [line("501", { unfulfilledQuantity: 2 })], fulfillments: [unsent], refunds }),
    ).toEqual([]);
    expect(
      told({
        lines: [line("501", { currentQuantity: 1 })],
        fulfillments: [unsent, ...there.fulfillments],
        refunds,
      }),
    ).toEqual(["refund-91 initiated: 1 × 501"]);
  });

  test("of a return that is canceled since bring nothing back", () => {
    const refunds = [aRefund("91", "RETURN", { 501: 1 }, { return: { id: gid("Return", "31") } })];
    const returns = [aReturn("31", { 501: 1 }, { status: "CANCELED" })];
    expect(told({ ...there, lines: [line("501", { currentQuantity: 1 })], returns, refunds })).toEqual([]);
  });

  const less = { ...there, lines: [line("501", { currentQuantity: 1 })] };
  test.each<[string, Sketch, string[]]>([
    [
      "without a return: somebody expects them here",
      { ...less, refunds: [aRefund("91", "RETURN", { 501: 1 })] },
      ["refund-91 initiated: 1 × 501"],
    ],
    [
      "in the old word for it",
      { ...less, refunds: [aRefund("91", "LEGACY_RESTOCK", { 501: 1 })] },
      ["refund-91 initiated: 1 × 501"],
    ],
    [
      "history: done",
      { ...less, refunds: [aRefund("91", "RETURN", { 501: 1 })], isHistory: true },
      ["refund-91 closed: 1 × 501"],
    ],
    [
      "of a return: the return is the case",
      {
        ...less,
        returns: [aReturn("31", { 501: 1 })],
        refunds: [aRefund("91", "RETURN", { 501: 1 }, { return: { id: gid("Return", "31") } })],
      },
      ["return-31 initiated: 1 × 501"],
    ],
    [
      "not tied to the return it is of",
      { ...less, returns: [aReturn("31", { 501: 1 })], refunds: [aRefund("91", "RETURN", { 501: 1 })] },
      ["return-31 initiated: 1 × 501"],
    ],
    [
      "and one unit more",
      {
        ...there,
        lines: [gone("501")],
        returns: [aReturn("31", { 501: 1 })],
        refunds: [aRefund("91", "RETURN", { 501: 2 })],
      },
      ["return-31 initiated: 1 × 501", "refund-91 initiated: 1 × 501"],
    ],
    [
      "two refunds of one unit each",
      {
        ...there,
        lines: [gone("501")],
        refunds: [aRefund("91", "RETURN", { 501: 1 }), aRefund("92", "RETURN", { 501: 1 })],
      },
      ["refund-91 initiated: 1 × 501", "refund-92 initiated: 1 × 501"],
    ],
    [
      "of a cancelled order: the cancellation's case",
      { ...there, cancelledAt: on(7), lines: [gone("501")], refunds: [aRefund("91", "RETURN", { 501: 2 })] },
      ["parcel-71 initiated: 2 × 501"],
    ],
  ])("%s", (_what, sketch, cases) => {
    expect(told(sketch)).toEqual(cases);
  });
});

describe("the same goods stand in one case only", () => {
  test.each<[string, Sketch, string[]]>([
    [
      "a return of Shopify's and one of the ERP's",
      { ...there, returns: [aReturn("31", { 501: 1 })], facts: [opened("R1", { 501: 1 })] },
      ["return-31 initiated: 1 × 501"],
    ],
    [
      "of different units: two",
      { ...there, returns: [aReturn("31", { 501: 1 })], facts: [opened("R1", { 501: 2 })] },
      ["return-31 initiated: 1 × 501", "R1 initiated: 1 × 501"],
    ],
    [
      "an RTO and a return of Shopify's",
      { fulfillments: [parcel("71", { 501: 2 }, failed)], returns: [aReturn("31", { 501: 2 })] },
      ["rto-71 initiated: 2 × 501"],
    ],
    [
      "a return of Shopify's, then the order cancelled",
      { ...there, cancelledAt: on(7), lines: [gone("501")], returns: [aReturn("31", { 501: 1 })] },
      ["return-31 initiated: 1 × 501", "parcel-71 initiated: 1 × 501"],
    ],
    [
      "a return of the ERP's, then units taken off",
      {
        lines: [line("501", { currentQuantity: 1 })],
        facts: [...handOver("P1", { 501: 2 }), noted("delivered", "P1"), opened("R1", { 501: 1 })],
      },
      ["R1 initiated: 1 × 501"],
    ],
    [
      "units taken off, refunded into stock",
      {
        lines: [line("501", { currentQuantity: 1 })],
        facts: handOver("P1", { 501: 2 }),
        refunds: [aRefund("91", "RETURN", { 501: 1 })],
      },
      ["rto-P1 initiated: 1 × 501"],
    ],
  ])("%s", (_what, sketch, cases) => {
    expect(told(sketch)).toEqual(cases);
  });

  test("two of the ERP's beside one of Shopify's: each unit once", () => {
    const four = { lines: [line("501", { quantity: 4 })], fulfillments: [parcel("71", { 501: 4 }, arrived)] };
    const facts = [opened("R1", { 501: 2 }), opened("R2", { 501: 1 })];
    expect(told({ ...four, returns: [aReturn("31", { 501: 1 })], facts })).toEqual([
      ...["return-31 initiated: 1 × 501", "R1 initiated: 1 × 501", "R2 initiated: 1 × 501"],
    ]);
  });

  test("one id is one case", () => {
    const facts = [opened("return-31", { 501: 2 })];
    expect(told({ ...there, returns: [aReturn("31", { 501: 1 })], facts })).toEqual([
      "return-31 initiated: 1 × 501",
    ]);
  });

  test("a unit taken off is in one of the two parcels it may be in", () => {
    const facts = [...handOver("P1", { 501: 1 }), ...handOver("P2", { 501: 1 })];
    expect(told({ lines: [line("501", { currentQuantity: 1 })], facts })).toEqual([
      "rto-P1 initiated: 1 × 501",
    ]);
  });

  test("goods that came back, were sent again, arrived, and were refunded", () => {
    const facts = [
      ...handOver("P1", { 501: 2 }),
      noted("rto_received", "P1"),
      ...handOver("P2", { 501: 2 }),
      noted("delivered", "P2"),
    ];
    expect(told({ lines: [gone("501")], facts, refunds: [aRefund("91", "RETURN", { 501: 2 })] })).toEqual([
      ...["rto-P1 received: 2 × 501", "refund-91 initiated: 2 × 501"],
    ]);
  });

  test("goods sent twice may come back twice", () => {
    const fulfillments = [parcel("71", { 501: 2 }, takenBack), parcel("72", { 501: 2 }, failed)];
    expect(told({ fulfillments })).toEqual(["rto-71 initiated: 2 × 501", "rto-72 initiated: 2 × 501"]);
  });
});

describe("what the ERP booked on a case stays with it", () => {
  const booked = (id: string) => [received(id, "501", 2), closed(id, "restocked")];
  const back = {
    ...{ state: "restocked", receivedAt: on(8), closedAt: on(9) },
    lines: [{ lineId: "501", qty: 2, receivedQty: 2 }],
  };

  test.each<[string, Sketch, string]>([
    [
      "a parcel of Shopify's that turns out to be the ERP's",
      {
        ...sent,
        cancelledAt: on(6),
        lines: [gone("501")],
        facts: [...booked("rto-71"), ...handOver("P1", { 501: 2 }, "a-71")],
      },
      "rto-P1",
    ],
    [
      "one of the ERP's, booked under its fulfilment before it was tied",
      {
        ...{ ...sent, cancelledAt: on(6), lines: [gone("501")] },
        facts: [
          ...booked("rto-71"),
          ...handOver("P1", { 501: 2 }),
          fact("parcel_linked", { parcelId: "P1", details: { fulfillmentId: "71" } }),
        ],
      },
      "rto-P1",
    ],
    [
      "the same after delivery",
      {
        ...there,
        cancelledAt: on(6),
        lines: [gone("501")],
        facts: [...booked("parcel-71"), ...handOver("P1", { 501: 2 }, "A71")],
      },
      "parcel-P1",
    ],
  ])("also when its id changes: %s", (_what, sketch, id) => {
    expect(casesOf(sketch).cases).toMatchObject([{ id, ...back }]);
  });

  test.each<[string, string, string, Sketch]>([
    [
      "the return is canceled in Shopify",
      "return-31",
      "return",
      { ...there, returns: [aReturn("31", { 501: 2 }, { status: "CANCELED" })] },
    ],
    ["the return is gone", "return-31", "return", there],
    ["the parcel was delivered after all", "rto-71", "rto", there],
    ["the refund is tied to a return now", "refund-91", "return", there],
    ["nothing was ever sent", "rto-71", "rto", { lines: [line("501", { unfulfilledQuantity: 2 })] }],
  ])("also when nothing opens it any more: %s", (_what, id, kind, sketch) => {
    const { cases } = casesOf({ ...sketch, facts: booked(id) });
    expect(cases).toMatchObject([{ id, kind, openedBy: "erp", ...back }]);
  });

  test("it is there once, whether opened or not", () => {
    const facts = [opened("R1", { 501: 1 }), received("R1", "501", 1)];
    expect(told({ ...there, facts })).toEqual(["R1 received: 1 × 501"]);
  });

  test("units booked under both names are added up", () => {
    const facts = [
      ...handOver("P1", { 501: 2 }, "A71"),
      noted("rto_initiated", "P1"),
      received("rto-71", "501", 1),
      received("rto-P1", "501", 1),
    ];
    expect(casesOf({ ...sent, facts }).cases).toMatchObject([
      { id: "rto-P1", state: "received", lines: [{ receivedQty: 2 }] },
    ]);
  });

  test("units booked on a parcel's case count once", () => {
    const facts = [noted("rto_initiated", "71"), received("rto-71", "501", 1)];
    expect(casesOf({ ...sent, facts }).cases).toMatchObject([{ id: "rto-71", lines: [{ receivedQty: 1 }] }]);
  });
});
