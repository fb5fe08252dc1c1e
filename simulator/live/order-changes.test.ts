import { describe, expect, test } from "vitest";
import { readText } from "#simulator/store/read-record.ts";
import { aLiveShop, rupees } from "./fixtures/a-live-shop.ts";

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
