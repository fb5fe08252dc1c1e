import { describe, expect, test } from "vitest";
import {
  anOrderNow,
  aParcelContext,
  fulfillment,
  fulfillmentOrder,
  linesOf,
} from "#tests/fixtures/an-order-now.ts";
import type { Units } from "#tests/fixtures/fact-rows.ts";
import type { OrderNow } from "./order-now.ts";
import type { ParcelContext } from "./parcel-context.ts";
import { planFulfillmentCreate } from "./plan-fulfillment-create.ts";
import type { Progress } from "./plan.ts";

const AT = "2026-11-02T09:00:00.000Z";
const HELD = { status: "ON_HOLD", canFulfil: false } as const;

type Given = {
  units?: Units;
  awb?: string | null;
  locationId?: string | null;
  progress?: Pick<Progress, "unsure" | "fulfillmentsBefore">;
  mayMove?: boolean;
  parcel?: Partial<ParcelContext>;
} & Partial<OrderNow>;

function plan({
  units = { 501: 2 },
  awb = "123",
  locationId = null,
  progress = {},
  mayMove = false,
  parcel = {},
  ...now
}: Given) {
  const tracking = { awbNumber: awb, courier: "Delhivery", trackingUrl: null };
  const payload = { parcelId: "P1", lines: linesOf(units), locationId, notifyCustomer: false, ...tracking };
  return planFulfillmentCreate(
    { payload, wishedAt: AT, progress, mayMove },
    anOrderNow(now),
    aParcelContext(parcel),
  );
}

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

describe("what is not made again", () => {
  test.each<[string, Given]>([
    [
      "it has the AWB, however that is written",
      { awb: "AB 12-3", fulfillments: [fulfillment("71", { 501: 2 }, { awb: "ab123" })] },
    ],
    [
      "it is tied to the parcel",
      { parcel: { fulfillmentIds: ["71"] }, fulfillments: [fulfillment("71", { 501: 2 })] },
    ],
    [
      "it has the very lines and was made since, without an AWB",
      { fulfillments: [fulfillment("71", { 501: 2 })] },
    ],
    [
      "the parcel has no AWB, and it has the very lines",
      { awb: null, fulfillments: [fulfillment("71", { 501: 2 }, { awb: "9" })] },
    ],
    [
      "a moment before, by another clock",
      { fulfillments: [fulfillment("71", { 501: 2 }, { createdAt: "2026-11-02T08:59:30Z" })] },
    ],
    [
      "what was not there before a try whose end nobody knows, though Shopify's clock is far behind",
      {
        awb: null,
        progress: { unsure: true, fulfillmentsBefore: [] },
        fulfillments: [fulfillment("71", { 501: 2 }, { createdAt: "2026-11-02T08:00:00Z" })],
      },
    ],
    [
      "it stands though the order was cancelled since",
      { cancelledAt: AT, fulfillments: [fulfillment("71", { 501: 2 }, { awb: "123" })] },
    ],
  ])("a fulfilment that is the parcel: %s", (_, given) => {
    const orders = [fulfillmentOrder("F1", { 501: 2 })];
    expect(plan({ fulfillmentOrders: orders, ...given })).toEqual({
      already: "Shopify has it as #1042-F71.",
      fulfillmentIds: ["71"],
    });
  });

  test("a parcel that was taken back is not sent at all", () => {
    expect(
      plan({ parcel: { isStanding: false }, fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })] }),
    ).toHaveProperty("dropped");
  });
});

describe("what a person has to see", () => {
  test.each<[string, Given, RegExp]>([
    [
      "the order is cancelled",
      { cancelledAt: AT, fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })] },
      /cancelled/,
    ],
    [
      "on hold",
      { fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 }, { ...HELD, holds: ["Fraud check"] })] },
      /2 × Shirt is on hold \(Fraud check\)/,
    ],
    [
      "scheduled",
      {
        fulfillmentOrders: [
          fulfillmentOrder(
            "F1",
            { 501: 2 },
            { status: "SCHEDULED", canFulfil: false, fulfillAt: "2026-12-01T00:00:00Z" },
          ),
        ],
      },
      /scheduled for 2026-12-01/,
    ],
    [
      "with a fulfilment service",
      {
        fulfillmentOrders: [
          fulfillmentOrder(
            "F1",
            { 501: 2 },
            { canFulfil: false, location: { id: "L3", name: "Warehouse Ltd" } },
          ),
        ],
      },
      /Warehouse Ltd/,
    ],
    [
      "closed",
      {
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 0 }, { status: "CLOSED", canFulfil: false })],
        fulfillments: [fulfillment("72", { 501: 2 }, { awb: "999" })],
      },
      /not to be fulfilled any more.*#1042-F72 of 2 × Shirt \(AWB 999\)/,
    ],
    [
      "fewer units than left",
      { units: { 501: 3 }, fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })] },
      /^1 × Shirt is not to be fulfilled/,
    ],
    [
      "the same AWB on other goods",
      { fulfillments: [fulfillment("71", { 502: 1 }, { awb: "123" })] },
      /#1042-F71 of 1 × Cap/,
    ],
    [
      "another location, and moving is off",
      { locationId: "L2", fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 })] },
      /from Mumbai\.$/,
    ],
    [
      "another location that Shopify does not let go",
      {
        locationId: "L2",
        mayMove: true,
        fulfillmentOrders: [fulfillmentOrder("F1", { 501: 2 }, { canMove: false })],
      },
      /does not let it be moved/,
    ],
  ])("%s: both sides, and what to do", (_, given, shopify) => {
    const made = plan(given);
    if (!("conflict" in made)) throw new Error(JSON.stringify(made));
    expect(made.conflict.shopify).toMatch(shopify);
    expect(made.conflict.erp).toMatch(/^A parcel of \d × Shirt left by Delhivery, AWB 123/);
    expect(made.conflict.next).not.toBe("");
  });
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
