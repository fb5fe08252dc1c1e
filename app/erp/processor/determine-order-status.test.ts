import { describe, expect, test } from "vitest";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type LineSketch } from "#tests/fixtures/an-order.ts";
import { determineOrderStatus, type LineFacts } from "./determine-order-status.ts";

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
    // A cancelled fulfilment shipped nothing.
    [[[2, 2, 2]], [fulfillment(2, { status: "CANCELLED" })], null, "open", [[0, 0, 0]]],
  ] as const)("%j with %j", (lines, fulfillments, cancelled, status, quantities) => {
    const order = snapshot(
      lines.map(([quantity, currentQuantity, unfulfilledQuantity]) => ({
        quantity,
        currentQuantity,
        unfulfilledQuantity,
      })),
      { fulfillments: [...fulfillments], cancelledAt: cancelled },
    );
    const result = determineOrderStatus(order, new Map(), false);
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
    const { shipped } = determineOrderStatus(
      snapshot(lines, { fulfillments: [fulfillment(3)] }),
      new Map(),
      false,
    );
    expect(shipped.exact).toBe(false);
    expect([...shipped.shipped.values()]).toEqual([2, 1]);
  });

  test("an open order that something holds is on hold; one that has shipped is shipped", () => {
    expect(determineOrderStatus(snapshot([{ quantity: 1 }]), new Map(), true).status).toBe("on_hold");
    const shipped = snapshot([{ quantity: 1, unfulfilledQuantity: 0 }], { fulfillments: [fulfillment(1)] });
    expect(determineOrderStatus(shipped, new Map(), true).status).toBe("shipped");
  });

  test("a tip neither opens nor finishes an order", () => {
    const tip: LineSketch = {
      title: "Tip",
      variantId: null,
      requiresShipping: false,
      unfulfilledQuantity: 0,
    };
    expect(determineOrderStatus(snapshot([{ quantity: 1 }, tip]), new Map(), false).status).toBe("open");
    expect(determineOrderStatus(snapshot([tip]), new Map(), false).status).toBe("delivered");
  });

  test("sold over the counter is delivered when it is fulfilled", () => {
    const order = snapshot([{ quantity: 1, unfulfilledQuantity: 0 }], {
      fulfillments: [fulfillment(1, { displayStatus: "FULFILLED" })],
      extra: { sourceName: "pos" },
    });
    expect(determineOrderStatus(order, new Map(), false).status).toBe("delivered");
  });

  test("law 8: what the ERP handed over stays shipped, though Shopify says it never left", () => {
    const order = snapshot([{ id: "501", quantity: 2, currentQuantity: 0, unfulfilledQuantity: 0 }], {
      cancelledAt,
    });
    const facts: LineFacts = {
      allocated: 0,
      picked: 0,
      packed: 0,
      handedOver: 2,
      delivered: 0,
      cancelled: 0,
    };
    const result = determineOrderStatus(order, new Map([["501", facts]]), false);
    expect(result.status).toBe("shipped");
    expect(result.lines.get("501")).toMatchObject({ shippedQty: 2, cancelledQty: 0 });
  });
});
