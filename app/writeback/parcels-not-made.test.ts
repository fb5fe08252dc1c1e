/** Parcels of which no fulfilment is made: because there is one, or because Shopify does not let it. */
import { describe, expect, test } from "vitest";
import { fulfillment, fulfillmentOrder } from "#tests/fixtures/an-order-now.ts";
import { AT, planAParcel as plan, type CreateGiven as Given } from "#tests/fixtures/plan-a-parcel.ts";

const HELD = { status: "ON_HOLD", canFulfil: false } as const;

describe("what is not made again", () => {
  test.each<[string, Given]>([
    [
      "it has the AWB, however that is written",
      { awb: "AB 12-3", fulfillments: [fulfillment("71", { 501: 2 }, { awb: "ab123" })] },
    ],
    [
      "it is tied to the parcel, whatever number somebody gave it there",
      { parcel: { fulfillmentIds: ["71"] }, fulfillments: [fulfillment("71", { 501: 2 }, { awb: "9" })] },
    ],
    [
      "the parcel has no AWB, and it has the very lines",
      { awb: null, fulfillments: [fulfillment("71", { 501: 2 }, { awb: "9" })] },
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

  test.each<[string, Given]>([
    ["it has the very lines and was made since", { fulfillments: [fulfillment("71", { 501: 2 })] }],
    [
      "a moment before, by another clock",
      { fulfillments: [fulfillment("71", { 501: 2 }, { createdAt: "2026-11-02T08:59:30Z" })] },
    ],
    [
      "it is tied to the parcel",
      { parcel: { fulfillmentIds: ["71"] }, fulfillments: [fulfillment("71", { 501: 2 })] },
    ],
  ])("a fulfilment that is the parcel and has no AWB is given the parcel's: %s", (_, given) => {
    const orders = [fulfillmentOrder("F1", { 501: 2 })];
    expect(plan({ fulfillmentOrders: orders, ...given })).toEqual({
      steps: [
        {
          ...{ do: "updateTracking", fulfillmentId: "71", notifyCustomer: false },
          tracking: { awbNumber: "123", courier: "Delhivery", trackingUrl: null },
        },
      ],
      fulfillmentIds: ["71"],
    });
    // It is the parcel all the same where no tracking may leave.
    expect(plan({ fulfillmentOrders: orders, ...given, mayTrack: false })).toEqual({
      already: "Shopify has it as #1042-F71.",
      fulfillmentIds: ["71"],
    });
  });

  describe("a parcel that was taken back", () => {
    const gone = { isStanding: false };
    const there = [fulfillment("71", { 501: 2 })];

    test.each<[string, Given]>([
      ["was never tried", {}],
      ["was tried, and nothing came of it", { progress: { unsure: true, fulfillmentsBefore: [] } }],
      ["was never tried, though somebody fulfilled the same goods", { fulfillments: there }],
      [
        "was tried, and what is there was there before",
        {
          ...{ awb: null, progress: { unsure: true, fulfillmentsBefore: ["71"] } },
          fulfillments: [fulfillment("71", { 501: 2 }, { createdAt: "2026-11-02T08:00:00Z" })],
        },
      ],
      [
        "was tried, and what has its AWB is the parcel that left later under the same label",
        {
          ...{ progress: { unsure: true }, fulfillments: [fulfillment("71", { 501: 2 }, { awb: "123" })] },
          parcel: { ...gone, others: { fulfillmentIds: new Set(["71"]), awbs: new Set(["123"]) } },
        },
      ],
    ])("that %s: nothing is sent", (_, given) => {
      const orders = [fulfillmentOrder("F1", { 501: 2 })];
      expect(plan({ fulfillmentOrders: orders, parcel: gone, ...given })).toHaveProperty("dropped");
    });

    test.each<[string, Given]>([
      ["found by its goods", { awb: null, progress: { unsure: true, fulfillmentsBefore: [] } }],
      [
        "found by its AWB",
        { progress: { unsure: true }, fulfillments: [fulfillment("71", { 501: 2 }, { awb: "123" })] },
      ],
      ["known from a try that did a part", { parcel: { ...gone, fulfillmentIds: ["71"] } }],
    ])("and that a try nobody heard of had made is known, so that it can be cancelled: %s", (_, given) => {
      expect(plan({ fulfillments: there, parcel: gone, ...given })).toEqual({
        already: expect.stringMatching(/^It had been made in Shopify as #1042-F71 before/) as string,
        fulfillmentIds: ["71"],
      });
    });
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
