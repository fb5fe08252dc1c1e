import { describe, expect, test } from "vitest";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { aLiveShop } from "./fixtures/a-live-shop.ts";

const rupees = (amount: string) => ({ shopMoney: { amount } });

describe("money arrives", () => {
  test("all that is owed of a COD order", async () => {
    const shop = aLiveShop();
    const id = shop.place({ payment: "pending", gateway: "Cash on Delivery (COD)" });
    shop.later(3_600_000);
    expect(shop.act({ act: "payOrder", order: id }).topics).toEqual([
      "order_transactions/create",
      "orders/paid",
      "orders/updated",
    ]);
    expect(await shop.order(id)).toMatchObject({
      displayFinancialStatus: "PAID",
      outstanding: rupees("0.0"),
      updatedAt: "2026-11-21T07:30:15Z",
      closedAt: null,
      transactions: [
        { kind: "SALE", status: "PENDING" },
        { kind: "SALE", status: "SUCCESS", gateway: "Cash on Delivery (COD)", amountSet: rupees("2500.0") },
      ],
    });
    expect(() => shop.act({ act: "payOrder", order: id })).toThrow("Order cannot be marked as paid.");
  });

  test("an order is archived once it is sent and paid, not before", async () => {
    const shop = aLiveShop();
    const id = shop.place({ payment: "pending" });
    shop.act({ act: "fulfilOrder", order: id });
    expect((await shop.order(id)).closedAt).toBeNull();
    shop.act({ act: "payOrder", order: id });
    expect((await shop.order(id)).closedAt).toBe("2026-11-21T06:30:15Z");
  });

  test("a part of it is not told as paid; an authorisation is captured", async () => {
    const shop = aLiveShop();
    const id = shop.place({ payment: "authorized", gateway: "shopify_payments" });
    expect(shop.act({ act: "payOrder", order: id, amount: "1000.00" }).topics).toEqual([
      "order_transactions/create",
      "orders/updated",
    ]);
    expect(await shop.order(id)).toMatchObject({
      displayFinancialStatus: "PARTIALLY_PAID",
      outstanding: rupees("1500.0"),
      transactions: [{ kind: "AUTHORIZATION" }, { kind: "CAPTURE", amountSet: rupees("1000.0") }],
    });
  });
});

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

describe("orders end", () => {
  test("a paid one is cancelled: money and stock come back", async () => {
    const shop = aLiveShop();
    const { item } = shop.variant(0);
    const before = shop.stock(item);
    const id = shop.place({ shipping: "79.00" });
    shop.later(5_000);
    expect(shop.act({ act: "cancelOrder", order: id, reason: "CUSTOMER" }).topics).toEqual([
      "orders/cancelled",
      "orders/updated",
      "refunds/create",
      "order_transactions/create",
      "inventory_levels/update",
      "inventory_levels/update",
    ]);
    expect(await shop.order(id)).toMatchObject({
      cancelledAt: "2026-11-21T06:30:20Z",
      closedAt: "2026-11-21T06:30:20Z",
      cancelReason: "CUSTOMER",
      displayFinancialStatus: "REFUNDED",
      current: rupees("0.0"),
      outstanding: rupees("0.0"),
      refunded: rupees("2579.0"),
    });
    expect(shop.stock(item)).toEqual(before);
    expect(() => shop.act({ act: "cancelOrder", order: id })).toThrow(
      "Cannot cancel an order that has already been canceled",
    );
    expect(() => shop.act({ act: "refundOrder", order: id, amount: "1.00" })).toThrow("canceled");
    expect(() => shop.act({ act: "editOrder", order: id, lower: [{ line: 0, quantity: 1 }] })).toThrow(
      "The order cannot be edited.",
    );
  });

  test("an unpaid one is voided; without restock nothing is available again and nothing is left to send", async () => {
    const shop = aLiveShop();
    const { item } = shop.variant(0);
    const [available = 0, committed, onHand = 0] = shop.stock(item);
    const id = shop.place({ payment: "pending" });
    const done = shop.act({ act: "cancelOrder", order: id, restock: false });
    expect(shop.stock(item)).toEqual([available - 2, committed, onHand - 2]);
    expect(done.topics).toEqual([
      "orders/cancelled",
      "orders/updated",
      "refunds/create",
      "order_transactions/create",
    ]);
    const order = await shop.order(id);
    expect(order).toMatchObject({ displayFinancialStatus: "VOIDED", current: rupees("0.0") });
    expect(order.lineItems.nodes.map((line) => line.unfulfilledQuantity)).toEqual([0, 0]);
    expect(order.transactions.at(-1)).toMatchObject({ kind: "VOID", amountSet: rupees("0.0") });
  });

  test("not while a return is under way, nor while a parcel is not out yet", () => {
    const shop = aLiveShop();
    const id = shop.place();
    shop.act({ act: "fulfilOrder", order: id });
    shop.act({ act: "returnOrder", order: id, step: "request", lines: [{ line: 0, quantity: 1 }] });
    expect(() => shop.act({ act: "cancelOrder", order: id })).toThrow("active returns");
    const other = shop.place();
    const draft = shop.store.draftOf(other);
    const part = draft?.fulfillmentOrders[0];
    if (!draft || !part) throw new Error("An order has a fulfilment order");
    shop.store.putOrder({
      ...draft,
      fulfillmentOrders: [{ ...part, status: "IN_PROGRESS", requestStatus: "ACCEPTED" }],
    });
    expect(() => shop.act({ act: "cancelOrder", order: other })).toThrow(
      "Cannot cancel an order that has outstanding fulfillments",
    );
  });

  test("a cancelled one is deleted and gone by every road", async () => {
    const shop = aLiveShop();
    const customer = { firstName: "Asha" };
    const id = shop.place({ payment: "pending", customer });
    const buyer = (await shop.order(id)).customer?.id ?? "";
    const parts = (await shop.order(id)).fulfillmentOrders.nodes.map((one) => one.id);
    const lines = (await shop.order(id)).lineItems.nodes.map((one) => one.id);
    const counts = (): (number | undefined)[] =>
      ["orders", "fulfillmentOrders"].map((field) => shop.store.collection(field)?.count());
    const [orders = 0, waiting = 0] = counts();
    expect(() => shop.act({ act: "deleteOrder", order: id })).toThrow("archived or canceled");
    shop.act({ act: "cancelOrder", order: id });
    const expected = shop.store.expectations().orders;
    expect(shop.act({ act: "deleteOrder", order: id }).topics).toEqual(["orders/delete"]);
    for (const gid of [id, ...parts, ...lines]) expect(shop.store.node(gid)).toBeNull();
    expect(counts()).toEqual([orders - 1, waiting - 1]);
    expect(shop.store.expectations().orders).toBe(expected - 1);
    expect(readText(shop.store.node(buyer), "numberOfOrders")).toBe("0");
    expect(await shop.ask("query ($id: ID!) { order(id: $id) { id } }", { id })).toEqual({ order: null });
    for (const act of ["payOrder", "cancelOrder", "deleteOrder"] as const)
      expect(() => shop.act({ act, order: id })).toThrow("Order does not exist");
  });

  test("an archived one an online gateway took money for is not deleted", () => {
    const shop = aLiveShop();
    const id = shop.place();
    shop.act({ act: "fulfilOrder", order: id });
    expect(() => shop.act({ act: "deleteOrder", order: id })).toThrow(
      "Cannot delete orders brokered by Shopify",
    );
  });
});

describe("money goes back", () => {
  test("for units that came back and shipping", async () => {
    const shop = aLiveShop();
    const id = shop.place({ shipping: "79.00" });
    shop.act({ act: "fulfilOrder", order: id });
    const { item } = shop.variant(0);
    const [available = 0, committed, onHand = 0] = shop.stock(item);
    const lines = [{ line: 0, quantity: 1, restock: "RETURN" as const }];
    const back = shop.act({ act: "refundOrder", order: id, lines, shipping: true, note: "Too small" });
    expect(back.topics).toEqual([
      "refunds/create",
      "order_transactions/create",
      "orders/updated",
      "inventory_levels/update",
    ]);
    const order = await shop.order(id);
    expect(order).toMatchObject({
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      current: rupees("1500.0"),
      outstanding: rupees("0.0"),
      refunds: [{ id: back.id, note: "Too small", totalRefundedSet: rupees("1079.0") }],
    });
    expect(shop.stock(item)).toEqual([available + 1, committed, onHand + 1]);
    expect(shop.store.node(back.id)?.["note"]).toBe("Too small");
  });

  test("beyond the goods, or less than they are worth: the order owes nothing all the same", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    shop.act({ act: "refundOrder", order: id, amount: "100.00" });
    expect(await shop.order(id)).toMatchObject({ current: rupees("2400.0"), outstanding: rupees("0.0") });
    const lines = [{ line: 1, quantity: 1, restock: "CANCEL" as const }];
    shop.act({ act: "refundOrder", order: id, lines, amount: "200.00" });
    expect(await shop.order(id)).toMatchObject({
      current: rupees("2200.0"),
      outstanding: rupees("0.0"),
      refunded: rupees("300.0"),
    });
  });

  test("goods taken off an unpaid order move no money", async () => {
    const shop = aLiveShop();
    const id = shop.place({ payment: "pending" });
    const lines = [{ line: 1, quantity: 1, restock: "CANCEL" as const }];
    expect(shop.act({ act: "refundOrder", order: id, lines }).topics).toEqual([
      "refunds/create",
      "orders/updated",
      "inventory_levels/update",
    ]);
    expect(await shop.order(id)).toMatchObject({
      displayFinancialStatus: "PENDING",
      current: rupees("2000.0"),
      outstanding: rupees("2000.0"),
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "more than was bought",
      { lines: [{ line: 0, quantity: 3, restock: "NO_RESTOCK" }] },
      "Quantity cannot refund more items than were purchased",
    ],
    [
      "a return of what was not sent",
      { lines: [{ line: 0, quantity: 1, restock: "RETURN" }] },
      "Quantity cannot return more than the fulfilled quantity",
    ],
    [
      "more money than came",
      { amount: "2500.01" },
      "Refund amount cannot be greater than the amount available to refund",
    ],
    ["nothing", {}, "Refund must have at least one line item, shipping or transaction"],
    [
      "a line the order has not",
      { lines: [{ line: 9, quantity: 1, restock: "CANCEL" }] },
      "Line item does not exist",
    ],
    [
      "one line twice",
      {
        lines: [
          { line: 0, quantity: 1, restock: "CANCEL" },
          { line: 0, quantity: 1, restock: "CANCEL" },
        ],
      },
      "A refund names a line item once.",
    ],
    ["an amount that is none", { amount: "1.001" }, "is not an amount in INR"],
  ])("refused, and nothing changes: %s", async (_case, fields, words) => {
    const shop = aLiveShop();
    const id = shop.place();
    const before = await shop.order(id);
    expect(() => shop.act({ act: "refundOrder", order: id, ...fields })).toThrow(words);
    expect(await shop.order(id)).toEqual(before);
  });
});

describe("orders are edited", () => {
  test("a line is added, another lowered: told with its deltas", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    const { variant, item } = shop.variant(4);
    const [available = 0, committed = 0] = shop.stock(item);
    const edited = shop.act({
      act: "editOrder",
      order: id,
      add: [{ variant, quantity: 2 }],
      lower: [{ line: 0, quantity: 1 }],
    });
    expect(edited.topics).toEqual([
      "orders/edited",
      "refunds/create",
      "orders/updated",
      "inventory_levels/update",
      "inventory_levels/update",
    ]);
    const order = await shop.order(id);
    const ids = order.lineItems.nodes.map((line) => line.id);
    expect(edited.happenings[0]?.also?.["edit"]).toEqual({
      additions: [{ id: ids[2], delta: 2 }],
      removals: [{ id: ids[0], delta: 1 }],
    });
    expect(order.edited).toBe(true);
    expect(readText(shop.store.node(id) ?? undefined, "originalTotalPriceSet", "shopMoney", "amount")).toBe(
      "2500.0",
    );
    expect(order.lineItems.nodes.map((line) => line.currentQuantity)).toEqual([1, 1, 2]);
    expect(order.fulfillmentOrders.nodes).toHaveLength(2);
    const price = Number(readText(shop.store.node(variant), "price"));
    expect(Number(order.current.shopMoney.amount)).toBe(1500 + 2 * price);
    expect(Number(order.outstanding.shopMoney.amount)).toBe(2 * price - 1000);
    expect(shop.stock(item).slice(0, 2)).toEqual([available - 2, committed + 2]);
    expect(shop.store.node(ids[2] ?? "")?.["quantity"]).toBe(2);
  });

  test("not below what was sent, not without a change", () => {
    const shop = aLiveShop();
    const id = shop.place({ payment: "pending" });
    shop.act({ act: "fulfilOrder", order: id, lines: [{ line: 0, quantity: 2 }] });
    expect(() => shop.act({ act: "editOrder", order: id, lower: [{ line: 0, quantity: 1 }] })).toThrow(
      "fulfillable quantity",
    );
    expect(() => shop.act({ act: "editOrder", order: id })).toThrow("There are no changes to the order.");
  });
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
