import { describe, expect, test } from "vitest";
import { fulfillmentOrder, line, parcel, slot } from "#tests/order-shapes/an-order-slot.ts";
import { mergeOrderSlots } from "./merge-order-slots.ts";

describe("which lines are in a fulfilment", () => {
  const bulk = slot("bulk", 2, { fulfillments: [parcel("7", { totalQty: 3 })] });
  const webhook = slot("rest", 1, {
    fulfillments: [parcel("7", { totalQty: 3, lines: [line("a", 2), line("b", 1)] })],
  });
  const told = fulfillmentOrder({ fulfillments: [{ id: "7", lines: [line("a", 2), line("b", 1)] }] });
  const partOf = (lineId: string, qty: number) =>
    fulfillmentOrder({ fulfillments: [{ id: "7", lines: [line(lineId, qty)] }] });

  test.each([
    ["nobody told", [bulk], [], undefined, undefined],
    ["an older webhook", [bulk, webhook], [], [line("a", 2), line("b", 1)], "rest"],
    ["its fulfilment order", [bulk], [told], [line("a", 2), line("b", 1)], "fulfillment_order"],
    [
      "shown under two fulfilment orders, not doubled",
      [bulk],
      [told, told],
      [line("a", 2), line("b", 1)],
      "fulfillment_order",
    ],
    [
      "each fulfilment order with its share",
      [bulk],
      [partOf("b", 1), partOf("a", 2)],
      [line("a", 2), line("b", 1)],
      "fulfillment_order",
    ],
    [
      "of another fulfilment",
      [bulk],
      [fulfillmentOrder({ fulfillments: [{ id: "8", lines: [line("a", 1)] }] })],
      undefined,
      undefined,
    ],
    [
      "the newest itself",
      [slot("detail", 3, webhook.decoded), bulk],
      [partOf("a", 9)],
      [line("a", 2), line("b", 1)],
      undefined,
    ],
  ])("%s", (_what, slots, fulfillmentOrders, lines, source) => {
    const snapshot = mergeOrderSlots(slots, fulfillmentOrders);
    expect([snapshot.fulfillments[0]?.lines, snapshot.partSources?.fulfillmentLines]).toEqual([
      lines,
      source,
    ]);
  });

  test("a fulfilment the newest payload no longer has is gone; one it has anew needs nobody", () => {
    const order = mergeOrderSlots([slot("rest", 3, { fulfillments: [parcel("9")] }), webhook], [told]);
    expect(order.fulfillments.map(({ id, lines }) => [id, lines])).toEqual([["9", undefined]]);
  });

  test("a delivery that bulk saw is not unseen by a webhook that has no word for it", () => {
    const seen = slot("bulk", 1, {
      fulfillments: [parcel("7", { deliveryStatus: "PICKED_UP", deliveredAt: "2026-11-01T05:00:00.000Z" })],
    });
    const later = slot("rest", 2, {
      fulfillments: [parcel("7", { status: "CANCELLED", lines: [line("a", 1)] })],
    });
    expect(mergeOrderSlots([later, seen], []).fulfillments).toMatchObject([
      {
        status: "CANCELLED",
        deliveryStatus: "PICKED_UP",
        deliveredAt: "2026-11-01T05:00:00.000Z",
        lines: [line("a", 1)],
      },
    ]);
  });
});
