import { describe, expect, test } from "vitest";
import { readNodes } from "#simulator/store/read-record.ts";
import { aLiveShop, rupees } from "./fixtures/a-live-shop.ts";

describe("goods go out", () => {
  test("all of it: fulfilled, on hand falls by what was committed, and paid it is archived", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    const { item } = shop.variant(0);
    const [available, committed = 0, onHand = 0] = shop.stock(item);
    shop.later(60_000);
    const sent = shop.act({
      act: "fulfilOrder",
      order: id,
      tracking: { company: "Delhivery", number: "7788" },
    });
    expect(sent.topics).toEqual([
      "fulfillments/create",
      "orders/fulfilled",
      "orders/updated",
      "inventory_levels/update",
      "inventory_levels/update",
    ]);
    const order = await shop.order(id);
    expect(order).toMatchObject({
      displayFulfillmentStatus: "FULFILLED",
      closedAt: "2026-11-21T06:31:15Z",
      updatedAt: "2026-11-21T06:31:15Z",
      fulfillmentOrders: { nodes: [{ status: "CLOSED" }] },
      fulfillments: [
        { id: sent.id, status: "SUCCESS", trackingInfo: [{ company: "Delhivery", number: "7788" }] },
      ],
    });
    expect(order.lineItems.nodes.map((line) => line.unfulfilledQuantity)).toEqual([0, 0]);
    expect(shop.stock(item)).toEqual([available, committed - 2, onHand - 2]);
    expect(shop.store.node(sent.id)?.["status"]).toBe("SUCCESS");
    expect(() => shop.act({ act: "fulfilOrder", order: id })).toThrow(
      /has an unfulfillable status= closed\.$/,
    );
  });

  test("a part of it, and no more than waits", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    expect(shop.act({ act: "fulfilOrder", order: id, lines: [{ line: 0, quantity: 1 }] }).topics).toContain(
      "orders/partially_fulfilled",
    );
    const order = await shop.order(id);
    expect(order.displayFulfillmentStatus).toBe("PARTIALLY_FULFILLED");
    expect(order.lineItems.nodes.map((line) => line.unfulfilledQuantity)).toEqual([1, 1]);
    expect(order.fulfillmentOrders.nodes[0]?.lineItems.nodes).toEqual([
      { remainingQuantity: 1 },
      { remainingQuantity: 1 },
    ]);
    expect(() => shop.act({ act: "fulfilOrder", order: id, lines: [{ line: 0, quantity: 2 }] })).toThrow(
      "Invalid fulfillment order line item quantity requested.",
    );
    expect((await shop.order(id)).fulfillments).toHaveLength(1);
  });

  test("news of the parcel, another number", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    const parcel = shop.act({ act: "fulfilOrder", order: id }).id;
    shop.later(1_000);
    const moved = shop.act({ act: "updateFulfillment", fulfillment: parcel, event: "IN_TRANSIT" });
    expect(moved.topics).toEqual(["fulfillments/update", "fulfillment_events/create", "orders/updated"]);
    shop.later(1_000);
    shop.act({ act: "updateFulfillment", fulfillment: parcel, event: "DELIVERED" });
    expect((await shop.order(id)).fulfillments).toMatchObject([
      {
        displayStatus: "DELIVERED",
        inTransitAt: "2026-11-21T06:30:16Z",
        deliveredAt: "2026-11-21T06:30:17Z",
        updatedAt: "2026-11-21T06:30:17Z",
      },
    ]);
    const event = moved.happenings[1];
    expect(shop.store.node(event?.subject.id ?? "")?.["status"]).toBe("IN_TRANSIT");
    const renumbered = shop.act({ act: "updateFulfillment", fulfillment: parcel, tracking: { number: "9" } });
    expect(renumbered.topics).toEqual(["fulfillments/update", "orders/updated"]);
    expect((await shop.order(id)).fulfillments[0]?.trackingInfo).toEqual([{ company: null, number: "9" }]);
  });

  test("a parcel taken back: the closed fulfilment order stays closed, a new one waits", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    const { item } = shop.variant(0);
    const before = shop.stock(item);
    const parcel = shop.act({ act: "fulfilOrder", order: id }).id;
    expect(shop.act({ act: "updateFulfillment", fulfillment: parcel, cancel: true }).topics).toEqual([
      "fulfillments/update",
      "orders/updated",
      "inventory_levels/update",
      "inventory_levels/update",
    ]);
    const order = await shop.order(id);
    expect(order.displayFulfillmentStatus).toBe("UNFULFILLED");
    expect(order.fulfillmentOrders.nodes.map((one) => one.status)).toEqual(["CLOSED", "OPEN"]);
    expect(shop.stock(item)).toEqual(before);
    const all = shop.store.collection("fulfillmentOrders");
    expect(all?.at(all.count() - 1).id).toBe(order.fulfillmentOrders.nodes[1]?.id);
    expect(() => shop.act({ act: "updateFulfillment", fulfillment: parcel, cancel: true })).toThrow(
      "Fulfillment is cancelled.",
    );
    expect(shop.act({ act: "fulfilOrder", order: id }).topics).toContain("orders/fulfilled");
  });

  test("holds stop it until they are released", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    const held = shop.act({ act: "holdFulfillment", order: id, reason: "INCORRECT_ADDRESS", notes: "PIN" });
    expect(held.topics).toEqual(["fulfillment_orders/placed_on_hold", "orders/updated"]);
    expect((await shop.order(id)).displayFulfillmentStatus).toBe("ON_HOLD");
    const hold = readNodes(held.happenings[0]?.subject, "fulfillmentHolds")[0];
    expect(hold).toMatchObject({ reason: "INCORRECT_ADDRESS", reasonNotes: "PIN" });
    expect(shop.store.node(hold?.id ?? "")?.["reason"]).toBe("INCORRECT_ADDRESS");
    expect(() => shop.act({ act: "fulfilOrder", order: id })).toThrow("status= on_hold");
    expect(() => shop.act({ act: "holdFulfillment", order: id })).toThrow("already in use");
    expect(shop.act({ act: "releaseHold", order: id }).topics).toEqual([
      "fulfillment_orders/hold_released",
      "orders/updated",
    ]);
    expect((await shop.order(id)).displayFulfillmentStatus).toBe("UNFULFILLED");
    expect(() => shop.act({ act: "releaseHold", order: id })).toThrow("Fulfillment order is not on hold.");
    const again = shop.act({ act: "holdFulfillment", order: id, reason: "OTHER" });
    expect(readNodes(again.happenings[0]?.subject, "fulfillmentHolds")).toMatchObject([
      { reason: "OTHER", reasonNotes: null, displayReason: "other" },
    ]);
  });
});

test("what is on hold stays so when the parcel sent from it before is taken back", async () => {
  const shop = aLiveShop();
  const id = shop.place();
  const lines = [{ line: 0, quantity: 1 }];
  const parcel = shop.act({ act: "fulfilOrder", order: id, lines }).id;
  shop.act({ act: "holdFulfillment", order: id });
  shop.act({ act: "updateFulfillment", fulfillment: parcel, cancel: true });
  const order = await shop.order(id);
  expect(order.displayFulfillmentStatus).toBe("ON_HOLD");
  expect(order.fulfillmentOrders.nodes.map((one) => one.status)).toEqual(["ON_HOLD"]);
});

describe("goods come back", () => {
  test("asked for, approved, processed with the money, closed", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    shop.act({ act: "fulfilOrder", order: id });
    const lines = [{ line: 0, quantity: 2 }];
    const asked = shop.act({ act: "returnOrder", order: id, step: "request", lines });
    expect(asked.topics).toEqual(["returns/request", "orders/updated"]);
    expect((await shop.order(id)).returnStatus).toBe("RETURN_REQUESTED");
    const step = (act: "approve" | "process" | "close" | "reopen" | "cancel", more = {}) =>
      shop.act({ act: "returnOrder", order: id, return: asked.id, step: act, ...more });
    expect(() => step("process")).toThrow("it is REQUESTED");
    expect(step("approve").topics).toEqual(["returns/approve", "orders/updated"]);
    expect(step("process", { lines: [{ line: 0, quantity: 1 }] }).topics).toEqual([
      "returns/process",
      "refunds/create",
      "order_transactions/create",
      "orders/updated",
      "inventory_levels/update",
    ]);
    expect(await shop.order(id)).toMatchObject({
      returnStatus: "IN_PROGRESS",
      current: rupees("1500.0"),
      refunded: rupees("1000.0"),
    });
    expect(() => step("cancel")).toThrow("refunded items");
    expect(() => step("process", { lines: [{ line: 0, quantity: 2 }] })).toThrow("invalid quantity");
    expect(step("process", { refund: false }).topics).toEqual([
      "returns/process",
      "refunds/create",
      "orders/updated",
      "inventory_levels/update",
    ]);
    expect(await shop.order(id)).toMatchObject({ current: rupees("500.0"), outstanding: rupees("-1000.0") });
    expect(step("close").topics).toEqual(["returns/close", "orders/updated"]);
    expect((await shop.order(id)).returnStatus).toBe("RETURNED");
    expect(step("reopen").topics).toEqual(["returns/reopen", "orders/updated"]);
    expect(shop.store.node(asked.id)?.["status"]).toBe("OPEN");
  });

  test("not more than was sent, less what is already coming back; a declined one is over", () => {
    const shop = aLiveShop();
    const id = shop.place();
    const ask = (quantity: number) =>
      shop.act({ act: "returnOrder", order: id, step: "create", lines: [{ line: 0, quantity }] });
    expect(() => ask(1)).toThrow("Return line item has an invalid quantity.");
    shop.act({ act: "fulfilOrder", order: id });
    expect(ask(1).topics).toEqual(["returns/approve", "orders/updated"]);
    expect(() => ask(2)).toThrow("invalid quantity");
    shop.act({ act: "returnOrder", order: id, step: "cancel" });
    const asked = shop.act({
      act: "returnOrder",
      order: id,
      step: "request",
      lines: [{ line: 0, quantity: 2 }],
    });
    expect(shop.act({ act: "returnOrder", order: id, step: "decline" }).topics[0]).toBe("returns/decline");
    expect(() => shop.act({ act: "returnOrder", order: id, step: "approve", return: asked.id })).toThrow(
      "DECLINED",
    );
  });
});
