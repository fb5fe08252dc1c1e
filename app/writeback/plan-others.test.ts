import { describe, expect, test } from "vitest";
import { anOrderNow, aParcelContext, fulfillment, linesOf, payment } from "#tests/fixtures/an-order-now.ts";
import type { Units } from "#tests/fixtures/fact-rows.ts";
import type { FulfillmentNow, OrderNow } from "./order-now.ts";
import { planOrderCancel } from "./plan-order-cancel.ts";
import { planOrderEdit } from "./plan-order-edit.ts";
import { planOrderMarkAsPaid } from "./plan-order-mark-as-paid.ts";
import { planFulfillmentCancel, planFulfillmentEvent, planTrackingUpdate } from "./plan-parcel-news.ts";
import type { Plan, Progress } from "./plan.ts";

/** What kind of plan it is: the steps' names, or its only key. */
const kindOf = (plan: Plan) => ("steps" in plan ? plan.steps.map((step) => step.do) : Object.keys(plan)[0]);
const AT = "2026-11-04T09:00:00.000Z";
const parcel = aParcelContext({ fulfillmentIds: ["71"] });

describe("tracking", () => {
  const tracking = { awbNumber: "124", courier: "Delhivery", trackingUrl: null };
  const payload = { parcelId: "P1", notifyCustomer: false, ...tracking };
  test.each<[string, Partial<OrderNow>, unknown]>([
    ["differs", { fulfillments: [fulfillment("71", { 501: 2 }, { awb: "123" })] }, ["updateTracking"]],
    ["is the same", { fulfillments: [fulfillment("71", { 501: 2 }, { awb: "12-4" })] }, "already"],
    [
      "of a cancelled one",
      { fulfillments: [fulfillment("71", { 501: 2 }, { status: "CANCELLED" })] },
      "conflict",
    ],
    [
      "of a parcel Shopify was not told of",
      { fulfillments: [fulfillment("72", { 501: 2 }, { awb: "9" })] },
      "conflict",
    ],
  ])("%s", (_, now, expected) => {
    expect(kindOf(planTrackingUpdate(payload, anOrderNow(now), parcel))).toEqual(expected);
  });

  test("of a parcel that somebody chose not to tell of, it is not said to switch on what is on", () => {
    expect(planTrackingUpdate(payload, anOrderNow(), parcel)).toMatchObject({
      conflict: {
        next: expect.stringContaining("If somebody chose not to tell of it, choose not to") as string,
      },
    });
  });

  test("another parcel's AWB is not touched", () => {
    const others = { fulfillmentIds: new Set(["72"]), awbs: new Set<string>() };
    const now = anOrderNow({ fulfillments: [fulfillment("72", { 501: 2 }, { awb: "124" })] });
    expect(kindOf(planTrackingUpdate(payload, now, aParcelContext({ others })))).toBe("conflict");
  });
});

describe("steps of a parcel's way", () => {
  const event = (status: string, happenedAt = AT) => ({ status, happenedAt, createdAt: happenedAt });
  type Event = Parameters<typeof planFulfillmentEvent>[0]["status"];
  test.each<[Event, Partial<FulfillmentNow>, unknown]>([
    ["IN_TRANSIT", {}, ["createEvent"]],
    ["IN_TRANSIT", { events: [event("IN_TRANSIT", "2026-11-04T09:00:00Z")] }, "already"],
    ["IN_TRANSIT", { events: [event("IN_TRANSIT", "2026-11-03T09:00:00Z")] }, ["createEvent"]],
    ["IN_TRANSIT", { displayStatus: "DELIVERED" }, "already"],
    ["DELIVERED", { displayStatus: "DELIVERED" }, "already"],
    ["DELIVERED", { displayStatus: "IN_TRANSIT" }, ["createEvent"]],
    ["FAILURE", { displayStatus: "IN_TRANSIT" }, ["createEvent"]],
    ["FAILURE", { displayStatus: "DELIVERED" }, "conflict"],
    ["DELIVERED", { status: "CANCELLED" }, "conflict"],
  ])("%s where Shopify has %j: %j", (status, more, expected) => {
    const now = anOrderNow({ fulfillments: [fulfillment("71", { 501: 2 }, more)] });
    expect(kindOf(planFulfillmentEvent({ parcelId: "P1", status, happenedAt: AT }, now, parcel))).toEqual(
      expected,
    );
  });
});

test.each<[string, FulfillmentNow[]]>([
  ["never made", []],
  ["made, and not cancelled yet", [fulfillment("71", { 501: 2 }, { awb: "123" })]],
])("of a parcel that was taken back, %s, no news is told", (_, fulfillments) => {
  const gone = aParcelContext({ isStanding: false, isTakenBack: true, fulfillmentIds: ["71"] });
  const now = anOrderNow({ fulfillments });
  const told = { awbNumber: "124", courier: null, trackingUrl: null, notifyCustomer: true };
  expect(kindOf(planTrackingUpdate({ parcelId: "P1", ...told }, now, gone))).toBe("dropped");
  const event = { parcelId: "P1", status: "IN_TRANSIT" as const, happenedAt: AT };
  expect(kindOf(planFulfillmentEvent(event, now, gone))).toBe("dropped");
});

describe("a parcel that did not leave", () => {
  test.each<[string, object, unknown]>([
    ["stands", {}, ["cancelFulfillment"]],
    ["is cancelled", { status: "CANCELLED" }, "already"],
    ["is delivered", { displayStatus: "DELIVERED" }, "conflict"],
  ])("its fulfilment %s", (_, more, expected) => {
    const now = anOrderNow({ fulfillments: [fulfillment("71", { 501: 2 }, more)] });
    expect(kindOf(planFulfillmentCancel(now, parcel))).toEqual(expected);
  });
  test("Shopify was never told of it", () => {
    expect(kindOf(planFulfillmentCancel(anOrderNow(), parcel))).toBe("already");
  });
});

describe("the whole order cancelled", () => {
  const lost = (time: string) => ({ unsure: true, leftAt: `2026-11-04T${time}:00.000Z` });
  const payload = {
    reason: "CUSTOMER" as const,
    ...{ restock: true, refund: false, notifyCustomer: false, staffNote: "" },
  };
  test.each<[string, Partial<OrderNow>, Progress, unknown]>([
    ["open", {}, {}, ["cancelOrder"]],
    ["cancelled", { cancelledAt: AT, fulfillments: [fulfillment("71", { 501: 1 })] }, {}, "already"],
    ["fulfilled", { fulfillments: [fulfillment("71", { 501: 1 })] }, {}, "conflict"],
    [
      "its fulfilment cancelled",
      { fulfillments: [fulfillment("71", { 501: 1 }, { status: "CANCELLED" })] },
      {},
      ["cancelOrder"],
    ],
    ["being cancelled", {}, { jobId: "gid://shopify/Job/1" }, ["awaitJob"]],
    ["not cancelled by its job", {}, { jobEnded: true }, "refused"],
    ["perhaps being cancelled, the answer lost", {}, lost("08:51"), "later"],
    ["cancelled, the answer lost", { cancelledAt: AT }, lost("08:51"), "already"],
    ["not cancelled though no job can be under way any more", {}, lost("08:50"), ["cancelOrder"]],
    ["being cancelled by the job of a later try", {}, { ...lost("08:51"), jobId: "1" }, ["awaitJob"]],
  ])("%s", (_, now, progress, expected) => {
    const context = { at: Date.parse(AT), wanted: [], titles: parcel.titles };
    expect(kindOf(planOrderCancel(payload, anOrderNow(now), progress, context))).toEqual(expected);
  });
  test("goods came to it since: not unless Shopify is at it already", () => {
    const context = { at: Date.parse(AT), wanted: linesOf({ 502: 1 }), titles: parcel.titles };
    const erp = "The whole order was cancelled, and 1 × Cap came to it since.";
    expect(planOrderCancel(payload, anOrderNow(), {}, context)).toMatchObject({ conflict: { erp } });
    expect(kindOf(planOrderCancel(payload, anOrderNow(), { jobId: "1" }, context))).toEqual(["awaitJob"]);
  });
});

describe("units taken off", () => {
  /** `current` where it is not what waits to be fulfilled. */
  type Line = [unfulfilled: number, open: number, current?: number];
  function edit(
    asked: Units,
    has: Record<string, Line>,
    progress: Progress = {},
    more: Partial<OrderNow> = {},
  ) {
    const ids = Object.entries(has);
    const lines = ids.map(([id, [unfulfilled, , current = unfulfilled]]) => ({ id, current, unfulfilled }));
    const openQty = new Map(ids.map(([id, [, open]]) => [id, open]));
    const payload = { lines: linesOf(asked), restock: false, notifyCustomer: false, staffNote: "" };
    const plan = planOrderEdit(
      payload,
      anOrderNow({ lines, ...more }),
      { openQty, titles: aParcelContext().titles },
      progress,
    );
    if (!("steps" in plan)) return Object.keys(plan)[0];
    return plan.steps.map((step) => (step.do === "editOrder" ? step.lines : step));
  }
  const taken = (from: number) => [[{ lineId: "501", qty: 1, from }]];
  const before = { unsure: true, unfulfilledBefore: { 501: 3, 502: 1 } };

  test.each<[string, unknown, unknown]>([
    ["what Shopify still has", edit({ 501: 1 }, { 501: [3, 2], 502: [1, 1] }), taken(3)],
    ["not what it has taken off itself", edit({ 501: 1 }, { 501: [2, 2], 502: [1, 1] }), "already"],
    ["only the rest", edit({ 501: 2 }, { 501: [2, 1], 502: [1, 1] }), taken(2)],
    [
      "units that left and are not told yet are not taken off",
      edit({ 501: 1 }, { 501: [3, 0], 502: [1, 1] }),
      taken(3),
    ],
    ["once, when the answer was lost", edit({ 501: 1 }, { 501: [2, 0], 502: [1, 1] }, before), "already"],
    ["again, when it did not come through", edit({ 501: 1 }, { 501: [3, 2], 502: [1, 1] }, before), taken(3)],
    ["the last units: that is a cancellation", edit({ 501: 1 }, { 501: [1, 0], 502: [0, 0] }), "conflict"],
    [
      "refunded without restock, still to be fulfilled: no edit takes it off",
      edit({ 501: 1 }, { 501: [2, 1, 0], 502: [1, 1] }),
      "conflict",
    ],
    [
      "of these, first what can be taken off",
      edit({ 501: 1, 502: 1 }, { 501: [2, 1, 0], 502: [2, 1] }),
      [[{ lineId: "502", qty: 1, from: 2 }]],
    ],
    ["the order is cancelled", edit({ 501: 1 }, { 501: [3, 2] }, {}, { cancelledAt: AT }), "already"],
  ])("%s", (_, made, expected) => {
    expect(made).toEqual(expected);
  });
});

describe("money received", () => {
  const paid = (amount: string, outstanding: string, progress: Progress = {}, more: Partial<OrderNow> = {}) =>
    kindOf(
      planOrderMarkAsPaid(
        { receiptId: "r1", amount, currency: "INR" },
        anOrderNow({ outstanding: { amount: outstanding, currency: "INR" }, ...more }),
        progress,
        { isTold: false, untold: [{ id: "r1", amount }], taken: new Set(), round: "no" },
      ),
    );
  /** One of 200 was there before. */
  const unsure = { unsure: true, paymentsBefore: ["t1"] };
  const marked = { markedAsPaid: true, paymentsBefore: ["t1"] };
  const NEW = payment("t3", "200.0");
  test.each<[string, unknown, unknown]>([
    ["all that is to be paid", paid("1000.00", "1000.0"), ["markAsPaid"]],
    ["a part", paid("200.00", "1000.0"), ["createManualPayment"]],
    [
      "all, but Shopify does not mark it",
      paid("1000", "1000", {}, { canMarkAsPaid: false }),
      ["createManualPayment"],
    ],
    ["nothing is left", paid("200.00", "0.0"), "already"],
    ["more than is left", paid("300.00", "200.0"), "conflict"],
    [
      "another currency",
      paid("200", "200", {}, { outstanding: { amount: "3", currency: "USD" } }),
      "conflict",
    ],
    ["cancelled", paid("200", "200", {}, { cancelledAt: AT }), "conflict"],
    [
      "a part that came through, its answer lost, and another payment since",
      paid("200", "700.0", unsure, { payments: [payment("t2", "100.0"), NEW] }),
      "already",
    ],
    [
      "a part that did not come through",
      paid("200", "800.0", unsure, { payments: [payment("t1", "200.0")] }),
      ["createManualPayment"],
    ],
    ["marked as paid", paid("200", "0", marked, { payments: [NEW] }), "already"],
    [
      "marked as paid, and grown by as much since",
      paid("200", "200", marked, { payments: [NEW] }),
      "already",
    ],
    ["marked as paid, and its payment is not shown yet", paid("200", "200", marked), "already"],
    [
      "marked as paid when the order had grown",
      paid("200", "0", marked, { payments: [payment("t3", "300.0")] }),
      "conflict",
    ],
    [
      "the same, its answer lost",
      paid("200", "0", unsure, { payments: [payment("t3", "300.0")] }),
      "conflict",
    ],
    [
      "the next part, after one that is known",
      paid("200", "800.0", { ...unsure, unsure: false }, { payments: [NEW] }),
      ["createManualPayment"],
    ],
  ])("%s", (_, made, expected) => {
    expect(made).toEqual(expected);
  });
});
