import { describe, expect, test } from "vitest";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type LineSketch } from "#tests/fixtures/an-order.ts";
import { NO_FACTS, type OrderFacts } from "#app/erp/facts/order-facts.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { determineOrderStatus, type StatusOptions } from "./determine-order-status.ts";

const statusOf = (order: OrderSnapshot, facts: OrderFacts = NO_FACTS, options: Partial<StatusOptions> = {}) =>
  determineOrderStatus(order, facts, {
    onHold: false,
    isHistory: false,
    now: new Date("2026-11-05T12:00:00Z"),
    silentAfterDays: 10,
    ...options,
  });

const snapshot = (lines: LineSketch[], more: Parameters<typeof anOrder>[0] = {}) =>
  mergeOrderSlots(
    [
      {
        shape: "bulk",
        shopifyUpdatedAt: null,
        triggeredAt: null,
        decoded: decodeOrderNode(anOrder({ lines, ...more })),
      },
    ],
    [],
  );

const fulfillment = (totalQuantity: number, more: object = {}) => ({
  id: "gid://shopify/Fulfillment/1",
  status: "SUCCESS",
  displayStatus: "IN_TRANSIT",
  createdAt: "2026-11-02T10:00:00Z",
  totalQuantity,
  ...more,
});

describe("what an order's lines say together", () => {
  const cancelledAt = "2026-11-03T10:00:00Z";
  test.each([
    // lines [quantity, current, unfulfilled]   fulfilments                                     cancelled    → status                line quantities: shipped, delivered, cancelled
    [[[2, 2, 2]], [], null, "open", [[0, 0, 0]]],
    [[[2, 2, 0]], [fulfillment(2)], null, "shipped", [[2, 0, 0]]],
    [[[2, 2, 1]], [fulfillment(1)], null, "partially_shipped", [[1, 0, 0]]],
    [
      [
        [2, 2, 0],
        [1, 1, 1],
      ],
      [fulfillment(2)],
      null,
      "partially_shipped",
      [
        [2, 0, 0],
        [0, 0, 0],
      ],
    ],
    [[[2, 2, 0]], [fulfillment(2, { displayStatus: "DELIVERED" })], null, "delivered", [[2, 2, 0]]],
    [[[2, 2, 1]], [fulfillment(1, { displayStatus: "DELIVERED" })], null, "partially_delivered", [[1, 1, 0]]],
    [[[2, 0, 0]], [], cancelledAt, "cancelled", [[0, 0, 2]]],
    // Removed before shipping: one of two never leaves, the other is on its way.
    [[[2, 1, 0]], [fulfillment(1)], null, "shipped", [[1, 0, 1]]],
    // Refunded after shipping: both left.
    [[[2, 1, 0]], [fulfillment(2)], null, "shipped", [[2, 0, 0]]],
    // S2: cancelled in Shopify after it had left: the shipped quantity stays.
    [[[2, 0, 0]], [fulfillment(2)], cancelledAt, "shipped", [[2, 0, 0]]],
    [
      [
        [2, 0, 0],
        [1, 0, 0],
      ],
      [fulfillment(2)],
      cancelledAt,
      "shipped",
      [
        [2, 0, 0],
        [0, 0, 1],
      ],
    ],
    // A cancelled fulfilment shipped nothing …
    [
      [[2, 2, 2]],
      [fulfillment(2, { status: "CANCELLED", displayStatus: "CANCELED" })],
      null,
      "open",
      [[0, 0, 0]],
    ],
    // Unless a carrier had it: what left stays shipped.
    [[[2, 2, 2]], [fulfillment(2, { status: "CANCELLED" })], null, "shipped", [[2, 0, 0]]],
  ] as const)("%j with %j", (lines, fulfillments, cancelled, status, quantities) => {
    const order = snapshot(
      lines.map(([quantity, currentQuantity, unfulfilledQuantity]) => ({
        quantity,
        currentQuantity,
        unfulfilledQuantity,
      })),
      { fulfillments: [...fulfillments], cancelledAt: cancelled },
    );
    const result = statusOf(order);
    expect(result.status).toBe(status);
    expect(
      [...result.lines.values()].map((line) => [line.shippedQty, line.deliveredQty, line.cancelledQty]),
    ).toEqual(quantities);
  });

  test("where several answers fit, the sum is right and the order asks which", () => {
    const lines = [
      { quantity: 2, currentQuantity: 1, unfulfilledQuantity: 0 },
      { quantity: 2, currentQuantity: 1, unfulfilledQuantity: 0 },
    ];
    const { shipped } = statusOf(snapshot(lines, { fulfillments: [fulfillment(3)] }));
    expect(shipped.exact).toBe(false);
    expect([...shipped.shipped.values()]).toEqual([2, 1]);
  });

  test("an open order that something holds is on hold; one that has shipped is shipped", () => {
    expect(statusOf(snapshot([{ quantity: 1 }]), NO_FACTS, { onHold: true }).status).toBe("on_hold");
    const shipped = snapshot([{ quantity: 1, unfulfilledQuantity: 0 }], { fulfillments: [fulfillment(1)] });
    expect(statusOf(shipped, NO_FACTS, { onHold: true }).status).toBe("shipped");
  });

  test("a tip neither opens nor finishes an order", () => {
    const tip: LineSketch = {
      title: "Tip",
      variantId: null,
      requiresShipping: false,
      unfulfilledQuantity: 0,
    };
    expect(statusOf(snapshot([{ quantity: 1 }, tip])).status).toBe("open");
    expect(statusOf(snapshot([tip])).status).toBe("delivered");
  });

  test("sold over the counter is delivered when it is fulfilled", () => {
    const order = snapshot([{ quantity: 1, unfulfilledQuantity: 0 }], {
      fulfillments: [fulfillment(1, { displayStatus: "FULFILLED" })],
      extra: { sourceName: "pos" },
    });
    expect(statusOf(order).status).toBe("delivered");
  });

  test("law 8: what the ERP handed over stays shipped, though Shopify says it never left", () => {
    const order = snapshot([{ id: "501", quantity: 2, currentQuantity: 0, unfulfilledQuantity: 0 }], {
      cancelledAt,
    });
    const result = statusOf(order, facts(handOver("P1", "501", 2)));
    expect(result.status).toBe("shipped");
    expect(result.lines.get("501")).toMatchObject({ shippedQty: 2, cancelledQty: 0 });
  });
});

const at = "2026-11-02T09:00:00.000Z";
const facts = (...rows: FactRow[]) => readOrderFacts(rows);
const handOver = (parcelId: string, lineId: string, qty: number, details: object = {}): FactRow => ({
  kind: "handed_over",
  ...{ lineId, parcelId, qty, details, at },
});
const said = (kind: string, parcelId: string, details: object = {}): FactRow => ({
  ...{ kind, parcelId, details, lineId: null, qty: null, at },
});
const lineOf = (id: string) => `gid://shopify/LineItem/${id}`;
const parcel = (id: string, held: [string, number][], more: object = {}) => ({
  ...fulfillment(held.reduce((sum, [, qty]) => sum + qty, 0)),
  id: `gid://shopify/Fulfillment/${id}`,
  fulfillmentLineItems: held.map(([lineId, quantity]) => ({ quantity, lineItem: { id: lineOf(lineId) } })),
  ...more,
});
const delivered = { displayStatus: "DELIVERED", deliveredAt: "2026-11-03T12:00:00Z" };

describe("several parcels", () => {
  const lines = [
    { id: "11", quantity: 2, unfulfilledQuantity: 0 },
    { id: "12", quantity: 1, unfulfilledQuantity: 0 },
  ];

  test("delivered are the lines of that parcel only", () => {
    const order = snapshot(lines, {
      fulfillments: [
        parcel("1", [["11", 1]], delivered),
        parcel("2", [
          ["11", 1],
          ["12", 1],
        ]),
      ],
    });
    const { status, lines: states } = statusOf(order);
    expect(status).toBe("partially_delivered");
    expect(states.get("11")).toMatchObject({ shippedQty: 2, deliveredQty: 1, lineStatus: "shipped" });
    expect(states.get("12")).toMatchObject({ shippedQty: 1, deliveredQty: 0 });
  });

  test("one comes back undelivered while the other arrived", () => {
    const order = snapshot(lines, {
      fulfillments: [
        parcel("1", [["11", 2]], delivered),
        parcel("2", [["12", 1]], { displayStatus: "FAILURE" }),
      ],
    });
    const back = facts(said("rto_initiated", "2"), said("rto_received", "2"));
    expect(statusOf(order).status).toBe("partially_delivered");
    expect(statusOf(order, back).lines.get("12")).toMatchObject({
      rtoQty: 1,
      deliveredQty: 0,
      lineStatus: "rto",
    });
    expect(statusOf(order, back).status).toBe("partially_delivered");
  });

  test("a fulfilment sent again after it was cancelled unsent ships once", () => {
    const order = snapshot(lines, {
      fulfillments: [
        parcel(
          "1",
          [
            ["11", 2],
            ["12", 1],
          ],
          { status: "CANCELLED", displayStatus: "CANCELED" },
        ),
        parcel("2", [
          ["11", 2],
          ["12", 1],
        ]),
      ],
    });
    const result = statusOf(order);
    expect(result.status).toBe("shipped");
    expect(result.shipped.parcels.map(({ id, state }) => [id, state])).toEqual([
      ["1", "cancelled"],
      ["2", "in_transit"],
    ]);
    expect(result.lines.get("11")).toMatchObject({ shippedQty: 2 });
  });
});

describe("a parcel of both sides", () => {
  const order = (more: object) =>
    snapshot([{ id: "11", quantity: 3, unfulfilledQuantity: 1 }], {
      fulfillments: [parcel("1", [["11", 2]], more)],
    });
  const awb = (number: string) => ({ trackingInfo: [{ number, company: "Delhivery", url: null }] });

  test.each([
    [
      "the same AWB, written otherwise",
      awb("12 34-ab"),
      handOver("P1", "11", 2, { awbNumber: "1234AB" }),
      1,
      2,
    ],
    ["another AWB", awb("1234AB"), handOver("P1", "11", 1, { awbNumber: "999" }), 2, 3],
    ["no AWB on either side", {}, handOver("P1", "11", 1), 2, 3],
    ["never more than was ordered", {}, handOver("P1", "11", 3), 2, 3],
  ] as const)("%s", (_what, more, fact, parcels, shippedQty) => {
    const result = statusOf(order(more), facts(fact));
    expect(result.shipped.parcels).toHaveLength(parcels);
    expect(result.lines.get("11")).toMatchObject({ shippedQty });
  });

  test("tied by Shopify's answer they are one, under the ERP's id", () => {
    const linked = facts(handOver("P1", "11", 2), said("parcel_linked", "P1", { fulfillmentId: "1" }));
    const { parcels } = statusOf(order({}), linked).shipped;
    expect(parcels.map(({ id, origin, state }) => [id, origin, state])).toEqual([
      ["P1", "erp", "in_transit"],
    ]);
  });

  test("taken back before Shopify deleted the order, its units are cancelled with the others", () => {
    const open = order({ displayStatus: "FULFILLED" });
    const back = facts(
      ...[handOver("P1", "11", 2), handOver("P1", "11", -2)],
      said("taken_back", "P1", { fulfillmentIds: ["1"] }),
    );
    expect(statusOf(open, back).lines.get("11")).toMatchObject({ shippedQty: 0, cancelledQty: 0 });
    const gone = { ...open, deletedAt: "2026-11-04T10:00:00Z" };
    expect(statusOf(gone, back).lines.get("11")).toMatchObject({ shippedQty: 0, cancelledQty: 3 });
    expect(statusOf(gone).lines.get("11")).toMatchObject({ shippedQty: 2, cancelledQty: 1 });
  });

  test("what the ERP packed tells the lines a bulk payload leaves open", () => {
    const bulk = snapshot(
      [
        { id: "11", quantity: 2, currentQuantity: 1, unfulfilledQuantity: 0 },
        { id: "12", quantity: 2, currentQuantity: 1, unfulfilledQuantity: 0 },
      ],
      { fulfillments: [fulfillment(3, awb("A1"))] },
    );
    const own = facts(
      handOver("P1", "11", 1, { awbNumber: "A1" }),
      handOver("P1", "12", 2, { awbNumber: "A1" }),
    );
    expect(statusOf(bulk).shipped.exact).toBe(false);
    expect(statusOf(bulk, own).shipped).toMatchObject({
      exact: true,
      shipped: new Map([
        ["11", 1],
        ["12", 2],
      ]),
    });
  });
});

describe("news of a parcel", () => {
  const order = (more: object) =>
    snapshot([{ id: "11", quantity: 1, unfulfilledQuantity: 0 }], {
      fulfillments: [parcel("1", [["11", 1]], more)],
    });
  const stateOf = (more: object, options: Partial<StatusOptions> = {}, own = NO_FACTS) =>
    statusOf(order(more), own, options).shipped.parcels[0]?.state;

  test.each([
    [{ displayStatus: "FULFILLED" }, "handed_over"],
    [{ displayStatus: "LABEL_PRINTED" }, "created"],
    [{ displayStatus: "READY_FOR_PICKUP" }, "created"],
    [{ displayStatus: "CARRIER_PICKED_UP" }, "in_transit"],
    [{ displayStatus: "DELAYED" }, "in_transit"],
    [{ displayStatus: "OUT_FOR_DELIVERY" }, "out_for_delivery"],
    [{ displayStatus: "ATTEMPTED_DELIVERY" }, "out_for_delivery"],
    [delivered, "delivered"],
    [{ displayStatus: "PICKED_UP" }, "delivered"],
    [{ displayStatus: "NOT_DELIVERED" }, "rto_initiated"],
    [{ displayStatus: "FAILURE" }, "rto_initiated"],
    [{ displayStatus: "A_WORD_OF_NEXT_YEAR" }, "handed_over"],
    [{ status: "ERROR", displayStatus: null }, "cancelled"],
  ] as const)("%j: %s", (more, state) => {
    expect(stateOf(more)).toBe(state);
  });

  test("silent for longer than the shop waits its delivery is unknown, until somebody speaks", () => {
    const now = new Date("2026-11-20T10:00:00Z");
    const silent = { displayStatus: "IN_TRANSIT", updatedAt: "2026-11-10T09:00:00Z" };
    expect(stateOf(silent, { now, silentAfterDays: 11 })).toBe("in_transit");
    expect(stateOf(silent, { now, silentAfterDays: 10 })).toBe("delivery_unknown");
    expect(stateOf({ ...silent, updatedAt: "2026-11-19T09:00:00Z" }, { now })).toBe("in_transit");
    expect(stateOf({ ...silent, ...delivered }, { now })).toBe("delivered");
    expect(statusOf(order(silent), NO_FACTS, { now }).status).toBe("shipped");
  });

  test("the ERP's last word on a parcel of Shopify's stands, and what it overrules is told", () => {
    const own = facts(said("rto_initiated", "1"), { ...said("lost", "1"), at: "2026-11-04T09:00:00.000Z" });
    expect(stateOf(delivered, {}, own)).toBe("lost");
    expect(statusOf(order(delivered), own).notApplied).toMatchObject([
      { rule: "own-word-on-a-parcel", news: "The carrier says: delivered", fact: "The ERP says: lost" },
    ]);
  });
});

describe("goods no carrier takes are delivered when they are fulfilled", () => {
  const done = { fulfillments: [parcel("1", [["11", 1]], { displayStatus: "FULFILLED", trackingInfo: [] })] };
  const line = { id: "11", quantity: 1, unfulfilledQuantity: 0 };
  const byPickUp = (displayStatus: string): OrderSnapshot => ({
    ...snapshot([line], { fulfillments: [parcel("1", [["11", 1]], { displayStatus, trackingInfo: [] })] }),
    withoutCarrier: ["1"],
  });
  const withTracking = [
    parcel("1", [["11", 1]], { displayStatus: "FULFILLED", trackingInfo: [{ number: "A1" }] }),
  ];

  test.each([
    ["over the counter", snapshot([line], { ...done, extra: { sourceName: "pos" } }), "delivered"],
    [
      "sold at the counter, sent by a carrier",
      snapshot([line], { fulfillments: withTracking, extra: { sourceName: "pos" } }),
      "shipped",
    ],
    ["nothing one could carry", snapshot([{ ...line, requiresShipping: false }], done), "delivered"],
    ["a parcel like any other", snapshot([line], done), "shipped"],
    ["picked up", byPickUp("FULFILLED"), "delivered"],
    ["ready to be picked up", byPickUp("READY_FOR_PICKUP"), "shipped"],
  ] as const)("%s", (_what, order, status) => {
    expect(statusOf(order).status).toBe(status);
  });
});

describe("units that stages hold are counted once", () => {
  const order = snapshot([{ id: "11", quantity: 3 }]);
  const did = (kind: string, qty: number): FactRow => ({
    kind,
    lineId: "11",
    qty,
    parcelId: null,
    details: {},
    at,
  });
  test.each([
    [[did("packed", 2)], [2, 2, 2], "pending"],
    [[did("allocated", 3), did("picked", 3), did("packed", 3)], [3, 3, 3], "packed"],
    [[did("allocated", 3), did("picked", 1)], [3, 1, 0], "allocated"],
    [[did("packed", 3), handOver("P1", "11", 2)], [1, 1, 1], "packed"],
    [[did("packed", 3), did("packed", -2)], [1, 1, 1], "pending"],
    [[did("allocated", 9)], [3, 0, 0], "allocated"],
  ] as const)("%j", (rows, [allocatedQty, pickedQty, packedQty], lineStatus) => {
    expect(statusOf(order, facts(...rows)).lines.get("11")).toMatchObject({
      ...{ allocatedQty, pickedQty, packedQty, lineStatus },
    });
  });
});
