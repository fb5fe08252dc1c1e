import { describe, expect, test } from "vitest";
import { fulfillment, fulfillmentOrder } from "#tests/fixtures/an-order-now.ts";
import { planAParcel as plan, type CreateGiven as Given } from "#tests/fixtures/plan-a-parcel.ts";

/** What is sent from which fulfilment order, a list for each call. */
function calls(given: Given) {
  const made = plan(given);
  if (!("steps" in made)) throw new Error(JSON.stringify(made));
  return made.steps.map((step) =>
    step.do === "createFulfillment"
      ? step.parts.map(({ fulfillmentOrderId, lines }) => [
          fulfillmentOrderId,
          ...lines.map(({ id, qty }) => `${id}×${String(qty)}`),
        ])
      : step,
  );
}

test("a parcel of more lines than Shopify takes in one list is made, and moved, in several calls", () => {
  const units = Object.fromEntries(Array.from({ length: 260 }, (_, i) => [String(1_000 + i), 1]));
  const sizes = (given: Given) =>
    calls({ units, ...given }).map((call) =>
      Array.isArray(call) ? call.map((part) => part.length - 1) : call,
    );
  const small = fulfillmentOrder("F2", { 501: 1 });
  const fulfillmentOrders = [fulfillmentOrder("F1", units), small];
  expect(sizes({ units: { ...units, 501: 1 }, fulfillmentOrders })).toEqual([[250, 1], [10]]);
  const moved = calls({ units, fulfillmentOrders, locationId: "L2", mayMove: true });
  expect(moved.map((step) => ("lines" in step ? step.lines.length : step))).toEqual([250, 10]);
});

describe("what is made of a parcel", () => {
  test("exactly its lines, of the fulfilment order's own, with its tracking; nobody is written to unless said", () => {
    expect(plan({ fulfillmentOrders: [fulfillmentOrder("F1", { 501: 3, 502: 1 })] })).toEqual({
      steps: [
        {
          ...{ do: "createFulfillment", notifyCustomer: false },
          parts: [{ fulfillmentOrderId: "F1", lines: [{ id: "F1-501", qty: 2 }] }],
          tracking: { awbNumber: "123", courier: "Delhivery", trackingUrl: null },
        },
      ],
      ...{ note: { fulfillmentsBefore: [] }, fulfillmentIds: [] },
    });
  });

  test.each<[string, Given, unknown]>([
    [
      "two fulfilment orders of one location: one call",
      {
        units: { 501: 3 },
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 }), fulfillmentOrder("F2", { 501: 2 })],
      },
      [
        [
          ["F1", "F1-501×2"],
          ["F2", "F2-501×1"],
        ],
      ],
    ],
    [
      "of two locations: a call for each",
      {
        units: { 501: 1, 502: 1 },
        fulfillmentOrders: [
          fulfillmentOrder("F1", { 501: 1 }),
          fulfillmentOrder("F2", { 502: 1 }, { location: { id: "L2", name: "Pune" } }),
        ],
      },
      [[["F1", "F1-501×1"]], [["F2", "F2-502×1"]]],
    ],
    [
      "the parcel's location first, though another comes first and could do it",
      {
        locationId: "L2",
        fulfillmentOrders: [
          fulfillmentOrder("F1", { 501: 2 }),
          fulfillmentOrder("F2", { 501: 2 }, { location: { id: "L2", name: "Pune" } }),
        ],
      },
      [[["F2", "F2-501×2"]]],
    ],
    [
      "closed and cancelled ones are passed over",
      {
        fulfillmentOrders: [
          fulfillmentOrder("F1", { 501: 2 }, { status: "CLOSED", canFulfil: false }),
          fulfillmentOrder("F2", { 501: 2 }, { status: "IN_PROGRESS" }),
        ],
      },
      [[["F2", "F2-501×2"]]],
    ],
    [
      "another parcel's fulfilment of the same lines is not this one",
      {
        awb: null,
        parcel: { others: { fulfillmentIds: new Set(["71"]), awbs: new Set() } },
        fulfillments: [fulfillment("71", { 501: 2 })],
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })],
      },
      [[["F1", "F1-501×2"]]],
    ],
    [
      "one with another AWB is not this one",
      {
        fulfillments: [fulfillment("71", { 501: 2 }, { awb: "999" })],
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })],
      },
      [[["F1", "F1-501×2"]]],
    ],
    [
      "one made long before the hand-over is not this one",
      {
        fulfillments: [fulfillment("71", { 501: 2 }, { createdAt: "2026-11-01T10:00:00Z" })],
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })],
      },
      [[["F1", "F1-501×2"]]],
    ],
    [
      "a cancelled one is made anew",
      {
        fulfillments: [fulfillment("71", { 501: 2 }, { awb: "123", status: "CANCELLED" })],
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })],
      },
      [[["F1", "F1-501×2"]]],
    ],
    [
      "of two calls one came through: the other is made",
      {
        units: { 501: 1, 502: 1 },
        progress: { unsure: true },
        fulfillments: [fulfillment("71", { 501: 1 }, { awb: "123" })],
        fulfillmentOrders: [fulfillmentOrder("F2", { 502: 1 })],
      },
      [[["F2", "F2-502×1"]]],
    ],
    [
      "the same without an AWB: after a try, a part of it made since is its own",
      {
        ...{ units: { 501: 1, 502: 1 }, awb: null, progress: { unsure: true } },
        fulfillments: [fulfillment("71", { 501: 1 })],
        fulfillmentOrders: [fulfillmentOrder("F2", { 502: 1 })],
      },
      [[["F2", "F2-502×1"]]],
    ],
    [
      "but not one that was there before the try, though Shopify's clock is ahead",
      {
        ...{ units: { 501: 1, 502: 1 }, awb: null, progress: { unsure: true, fulfillmentsBefore: ["71"] } },
        fulfillments: [fulfillment("71", { 501: 1 })],
        fulfillmentOrders: [fulfillmentOrder("F2", { 501: 1, 502: 1 })],
      },
      [[["F2", "F2-501×1", "F2-502×1"]]],
    ],
  ])("%s", (_, given, expected) => {
    expect(calls(given)).toEqual(expected);
  });
});

test("without a try nobody knows the end of, a part somebody fulfilled is not taken for the parcel's", () => {
  const made = plan({
    ...{ units: { 501: 1, 502: 1 }, awb: null, fulfillments: [fulfillment("71", { 501: 1 })] },
    fulfillmentOrders: [fulfillmentOrder("F2", { 502: 1 })],
  });
  expect(made).toHaveProperty("conflict");
});

test("what turned out to be a part of the parcel is tied to it with the rest", () => {
  const made = plan({
    ...{ units: { 501: 1, 502: 1 }, awb: null, progress: { unsure: true } },
    fulfillments: [fulfillment("71", { 501: 1 })],
    fulfillmentOrders: [fulfillmentOrder("F2", { 502: 1 })],
  });
  expect(made).toMatchObject({ fulfillmentIds: ["71"], note: { fulfillmentsBefore: ["71"] } });
});

test("with moving on, the units are moved to the parcel's location, and then all is read anew", () => {
  const given = { locationId: "L2", mayMove: true, fulfillmentOrders: [fulfillmentOrder("F1", { 501: 3 })] };
  expect(plan(given)).toEqual({
    steps: [
      {
        do: "moveFulfillmentOrder",
        fulfillmentOrderId: "F1",
        locationId: "L2",
        lines: [{ id: "F1-501", qty: 2 }],
      },
    ],
    ...{ readAgain: true, fulfillmentIds: [] },
  });
});
