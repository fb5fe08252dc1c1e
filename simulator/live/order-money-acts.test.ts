import { describe, expect, test } from "vitest";
import { aLiveShop, rupees } from "./fixtures/a-live-shop.ts";

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
