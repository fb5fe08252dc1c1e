import { expect, test } from "vitest";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import { aLiveShop, rupees } from "./fixtures/a-live-shop.ts";

const count = (shop: ReturnType<typeof aLiveShop>, field: string): number =>
  shop.store.collection(field)?.count() ?? 0;

test("a prepaid order of a new customer: all that Shopify tells, and the record adds up", async () => {
  const shop = aLiveShop();
  const before = { orders: count(shop, "orders"), customers: count(shop, "customers") };
  const { item } = shop.variant(0);
  const [available = 0, committed = 0, onHand = 0] = shop.stock(item);
  const placed = shop.act({
    act: "placeOrder",
    lines: [
      { variant: shop.variant(0).variant, quantity: 2, price: "1000.00" },
      { variant: shop.variant(1).variant, quantity: 1, price: "500.00" },
    ],
    customer: { firstName: "Asha", lastName: "O'Neil", email: "asha@example.com", phone: "+919555501000" },
    gateway: "Razorpay",
    shipping: "79.00",
  });
  expect(placed.topics).toEqual([
    "customers/create",
    "orders/create",
    "orders/paid",
    "order_transactions/create",
    "fulfillment_orders/order_routing_complete",
    "inventory_levels/update",
    "inventory_levels/update",
    "customers/update",
  ]);
  const order = await shop.order(placed.id);
  expect(order).toMatchObject({
    name: `#${String(1_001 + before.orders)}`,
    createdAt: "2026-11-21T06:30:15Z",
    updatedAt: "2026-11-21T06:30:15Z",
    displayFinancialStatus: "PAID",
    displayFulfillmentStatus: "UNFULFILLED",
    total: rupees("2579.0"),
    current: rupees("2579.0"),
    outstanding: rupees("0.0"),
    customer: { numberOfOrders: "1", amountSpent: { amount: "2579.0" } },
    fulfillmentOrders: { nodes: [{ status: "OPEN" }] },
  });
  expect(order.lineItems.nodes.map((line) => line.unfulfilledQuantity)).toEqual([2, 1]);
  expect(shop.stock(item)).toEqual([available - 2, committed + 2, onHand]);
  expect(readText(shop.store.node(shop.variant(0).variant), "inventoryQuantity")).not.toBe("");
  expect([count(shop, "orders"), count(shop, "customers")]).toEqual([
    before.orders + 1,
    before.customers + 1,
  ]);
  const last = shop.store.collection("orders")?.at(before.orders);
  expect(last?.id).toBe(placed.id);
  for (const { topic, subject, also } of placed.happenings) {
    expect(shop.store.node(subject.id)?.id, topic).toBe(subject.id);
    if (topic.startsWith("order_transactions/") || topic.startsWith("fulfillment_orders/"))
      expect((also?.["order"] as { id: string }).id).toBe(placed.id);
  }
});

test("a COD order of a known customer: the promise is no transaction that is told, the customer's record moves", async () => {
  const shop = aLiveShop();
  const known = shop.store.collection("customers")?.at(3);
  const orders = Number(readText(known, "numberOfOrders"));
  shop.later(60_000);
  const placed = shop.act({
    act: "placeOrder",
    lines: [{ variant: shop.variant(2).variant, quantity: 1, price: "800.00" }],
    customer: known?.id ?? "",
    gateway: "Cash on Delivery (COD)",
    payment: "pending",
  });
  expect(placed.topics).toEqual([
    "orders/create",
    "fulfillment_orders/order_routing_complete",
    "inventory_levels/update",
    "customers/update",
  ]);
  const order = await shop.order(placed.id);
  expect(order).toMatchObject({
    displayFinancialStatus: "PENDING",
    outstanding: rupees("800.0"),
    received: rupees("0.0"),
    customer: { id: known?.id, numberOfOrders: String(orders + 1) },
    transactions: [{ kind: "SALE", status: "PENDING", gateway: "Cash on Delivery (COD)" }],
  });
  const now = shop.store.node(known?.id ?? "");
  expect(now?.["updatedAt"]).toBe("2026-11-21T06:31:15Z");
  expect(readText(now, "lastOrder", "id")).toBe(placed.id);
  expect(readNodes(now, "orders").at(-1)?.id).toBe(placed.id);
});

test("a guest's order, discounted by a code, authorised only", async () => {
  const shop = aLiveShop();
  const placed = shop.act({
    act: "placeOrder",
    lines: [{ variant: shop.variant(2).variant, quantity: 3, price: "100.00" }],
    discount: { code: "WELCOME10", percentage: 10 },
    payment: "authorized",
    email: "guest@example.com",
  });
  expect(placed.topics).toContain("order_transactions/create");
  expect(placed.topics).not.toContain("customers/update");
  const order = await shop.order(placed.id);
  expect(order).toMatchObject({
    displayFinancialStatus: "AUTHORIZED",
    total: rupees("270.0"),
    outstanding: rupees("270.0"),
    customer: null,
  });
  expect(readField(shop.store.node(placed.id)?.["discountCode"])).toBe("WELCOME10");
});

test("what was typed at the checkout stands, else what is known of the customer", () => {
  const shop = aLiveShop();
  const address = { firstName: "Asha", city: "Jaipur", provinceCode: "RJ", zip: "302022" };
  const fresh = { firstName: "Asha", email: "asha@example.com", phone: "+919555501000", address };
  const told = (fields: Parameters<typeof shop.place>[0]): unknown[] => {
    const order = shop.store.node(shop.place(fields)) ?? undefined;
    const to = readText(order, "shippingAddress", "city") || null;
    const taxes = readNodes(order, "taxLines").map((one) => one["title"]);
    return [order?.["email"], order?.["phone"], to, taxes];
  };
  expect(told({ customer: fresh })).toEqual([
    "asha@example.com",
    "+919555501000",
    "Jaipur",
    ["CGST", "SGST"],
  ]);
  const elsewhere = { city: "Pune", province: "Maharashtra", provinceCode: "MH" };
  expect(told({ customer: fresh, email: "gift@example.com", phone: null, address: elsewhere })).toEqual([
    "gift@example.com",
    null,
    "Pune",
    ["IGST"],
  ]);
  expect(told({ customer: fresh, address: null })[2]).toBeNull();
});

test("a free order is paid without any transaction", () => {
  const shop = aLiveShop();
  const placed = shop.act({
    act: "placeOrder",
    lines: [{ variant: shop.variant(2).variant, quantity: 1, price: "100.00" }],
    discount: { code: "ALL", percentage: 100 },
  });
  expect(placed.topics).toContain("orders/paid");
  expect(placed.topics).not.toContain("order_transactions/create");
});

test.each<[string, Parameters<ReturnType<typeof aLiveShop>["place"]>[0], string]>([
  ["no lines", { lines: [] }, "Line items must have at least one line item"],
  [
    "a variant the store has not",
    { lines: [{ variant: "gid://shopify/ProductVariant/1", quantity: 1 }] },
    "Variant does not exist",
  ],
  ["a customer the store has not", { customer: "gid://shopify/Customer/1" }, "Customer does not exist"],
  ["an amount that is none", { shipping: "seven" }, '"seven" is not an amount in INR.'],
  [
    "a discount of nothing",
    { discount: { code: "X", percentage: 0 } },
    "Percentage must be between 0 and 100",
  ],
])("refused, and nothing is added: %s", (_case, fields, words) => {
  const shop = aLiveShop();
  const before = ["orders", "customers", "fulfillmentOrders"].map((field) => count(shop, field));
  const fresh = { customer: { firstName: "Asha" }, ...fields };
  expect(() => shop.place(fresh)).toThrow(words);
  expect(["orders", "customers", "fulfillmentOrders"].map((field) => count(shop, field))).toEqual(before);
});
