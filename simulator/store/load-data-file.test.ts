import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { createStore } from "./create-store.ts";
import { readField, readNodes, readText } from "./read-record.ts";
import { runFixture } from "./fixtures/run-fixture.ts";
import type { SimNode, SimStore } from "./types.ts";

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(path.join(tmpdir(), "sim-data-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(content: unknown): string {
  const file = path.join(folder, `${String(Math.random()).slice(2)}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function open(content: unknown): SimStore & { domain: string } {
  return createStore({ orders: 0, seed: 0, dataFile: write(content) });
}

const store = createStore({
  orders: 0,
  seed: 0,
  dataFile: fileURLToPath(new URL("fixtures/small-store.json", import.meta.url)),
});

function order(name: string): SimNode {
  const root = store.collection("orders");
  for (let n = 0; n < (root?.count() ?? 0); n++) {
    const one = root?.at(n);
    if (one?.["name"] === name) return one;
  }
  throw new Error(`No order ${name}`);
}

function amount(record: SimNode, field: string, currency = "shopMoney"): string {
  return readText(record, field, currency, "amount");
}

test.each([
  "orders_core",
  "orders_wide",
  "products",
  "customers_core",
  "inventory_core",
  "fulfillment_lines_via_fulfillment_orders",
  "order_fulfillment_orders",
  "locations",
])("a sparse file has every field of %s", async (name) => {
  const result = await runFixture(store, `${name}.graphql`, 100);
  expect(result.errors?.map((error) => `${String(error.path)} ${error.message}`) ?? []).toEqual([]);
});

test("a line found by its SKU takes title, variant and price from the product, and 3 × 100.00 less 10.00 is 290.00", () => {
  const [line] = readNodes(order("#S4"), "lineItems");
  expect(line?.["title"]).toBe("Classic Cotton Shirt");
  expect(readText(line?.["variant"], "id")).toBe("gid://shopify/ProductVariant/601");
  expect(line?.["variantTitle"]).toBe("White / S");
  expect(amount(order("#S4"), "totalPriceSet")).toBe("290.0");
  expect(
    readText(readNodes(line, "discountAllocations")[0], "allocatedAmountSet", "shopMoney", "amount"),
  ).toBe("10.0");
  expect(order("#S4")["displayFinancialStatus"]).toBe("PAID");
});

test("a variant no product has stands on its line, and nowhere else", () => {
  const [, ghost] = readNodes(order("#S3"), "lineItems");
  expect(readText(ghost?.["variant"], "id")).toBe("gid://shopify/ProductVariant/999");
  expect(readText(ghost?.["variant"], "sku")).toBe("NOT-THERE");
  expect(store.node("gid://shopify/ProductVariant/999")).toBeNull();
  expect(amount(order("#S3"), "totalPriceSet")).toBe("309.0");
  expect(order("#S3")["displayFinancialStatus"]).toBe("PENDING");
  expect(order("#S3")["createdAt"]).toBe("2026-11-01T04:30:00Z");
});

test("part paid and the rest at the door", () => {
  const s6 = order("#S6");
  expect(s6["paymentGatewayNames"]).toEqual(["Razorpay", "Cash on Delivery"]);
  expect(s6["displayFinancialStatus"]).toBe("PARTIALLY_PAID");
  expect(amount(s6, "totalOutstandingSet")).toBe("800.0");
  expect(s6["customer"]).toBeNull();
  expect(s6["shippingAddress"]).toBeNull();
});

test("what is written stands, even a wrong total and a null status", () => {
  const wrong = order("#wrong");
  expect(amount(wrong, "totalPriceSet")).toBe("1.23");
  expect(wrong["displayFinancialStatus"]).toBeNull();
  const [line] = readNodes(wrong, "lineItems");
  expect([line?.["quantity"], line?.["currentQuantity"], line?.["unfulfilledQuantity"]]).toEqual([2, 1, 0]);
  expect(amount(wrong, "currentTotalPriceSet")).toBe("120.5");
});

test("a cancelled order has refunds, no current total, and its money back", () => {
  const gone = order("#gone");
  expect(amount(gone, "totalPriceSet")).toBe("150.0");
  expect(amount(gone, "currentTotalPriceSet")).toBe("0.0");
  expect(gone["displayFinancialStatus"]).toBe("REFUNDED");
  expect(readNodes(gone, "refunds")).toHaveLength(1);
});

test("an order discount is spread to the paisa, tax is found inside, a refund is worth its line", () => {
  const back = order("#back");
  expect(amount(back, "totalDiscountsSet")).toBe("32.05");
  expect(amount(back, "totalPriceSet")).toBe("288.45");
  expect(amount(back, "totalTaxSet")).toBe("13.73");
  expect(back["discountCodes"]).toEqual(["TEN"]);
  const [refund] = readNodes(back, "refunds");
  expect(refund && amount(refund, "totalRefundedSet")).toBe("108.45");
  expect(back["displayFinancialStatus"]).toBe("PARTIALLY_REFUNDED");
  expect(back["displayFulfillmentStatus"]).toBe("FULFILLED");
  expect(readNodes(back, "fulfillments")[0]?.["displayStatus"]).toBe("DELIVERED");
});

test("money in two currencies is given in both", () => {
  expect(amount(order("#abroad"), "totalPriceSet")).toBe("1728.4");
  expect(amount(order("#abroad"), "totalPriceSet", "presentmentMoney")).toBe("20.0");
  expect(() =>
    open({ orders: [{ presentmentCurrencyCode: "JPY", lineItems: [{ originalUnitPrice: "5" }] }] }),
  ).toThrow("orders[0].lineItems[0].originalUnitPrice: an order paid in JPY needs both amounts");
});

test("customers are those listed and those inline, and know their orders", () => {
  const customers = store.collection("customers");
  expect(customers?.count()).toBe(3);
  expect(readField(customers?.at(0)["numberOfOrders"])).toBe("1");
  expect(readText(customers?.at(0), "amountSpent", "amount")).toBe("290.0");
  expect(readField(customers?.at(1)["numberOfOrders"])).toBe("0");
  expect(customers?.at(2)["firstName"]).toBe("Ravi");
});

test("expectations count the file by the rules", () => {
  expect(store.expectations()).toEqual({
    products: 2,
    customers: 2,
    orders: 7,
    testOrders: 1,
    totals: { INR: "3627.90" },
  });
});

test("every child of a file's records is found by its gid", () => {
  const [line] = readNodes(order("#S4"), "lineItems");
  expect(store.node(line?.id ?? "")?.["title"]).toBe("Classic Cotton Shirt");
  const [parcel] = readNodes(order("#back"), "fulfillments");
  expect(store.node(parcel?.id ?? "")?.__typename).toBe("Fulfillment");
});

test("the shop is named by the file's content", () => {
  const one = open({ orders: [] });
  expect(one.domain).toMatch(/^sim-[0-9a-f]{10}\.myshopify\.com$/);
  expect(one.shop["myshopifyDomain"]).toBe(one.domain);
  expect(open({ orders: [] }).domain).toBe(one.domain);
  expect(open({ products: [] }).domain).not.toBe(one.domain);
});

test("stock lies at the first location of the file", () => {
  const stocked = open({
    locations: [{ id: 12, name: "Godown" }],
    products: [{ title: "Tote", variants: [{ sku: "T", price: 5, inventoryQuantity: 4 }] }],
  });
  const item = stocked.collection("inventoryItems")?.at(0);
  const [level] = readNodes(item, "inventoryLevels");
  const at = item?.["inventoryLevel"] as (args: { locationId: string }) => SimNode | null;
  expect(at({ locationId: "gid://shopify/Location/12" })?.id).toBe(level?.id);
  expect(at({ locationId: "gid://shopify/Location/13" })).toBeNull();
  expect(readText(level?.["location"], "name")).toBe("Godown");
  expect(readNodes(level, "quantities").find((one) => one["name"] === "available")?.["quantity"]).toBe(4);
});

test("the README's example is a data file", () => {
  const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
  const example = open(/```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
  expect(example.expectations()).toEqual({
    products: 1,
    customers: 1,
    orders: 2,
    testOrders: 0,
    totals: { INR: "1290.00" },
  });
});

test("a fulfilment order that is written replaces the computed one", () => {
  const held = open({
    orders: [{ id: 5, lineItems: [{ title: "A", originalUnitPrice: 10 }] }],
    fulfillmentOrders: [
      {
        id: 77,
        orderId: 5,
        status: "ON_HOLD",
        fulfillmentHolds: [
          {
            id: "gid://shopify/FulfillmentHold/1",
            reason: "OTHER",
            reasonNotes: null,
            displayReason: "Other",
          },
        ],
      },
    ],
  });
  expect(held.collection("fulfillmentOrders")?.count()).toBe(1);
  expect(held.node("gid://shopify/FulfillmentOrder/77")?.["status"]).toBe("ON_HOLD");
});

test.each<[unknown, string]>([
  ["{ not json", "not JSON"],
  ["[]", "$: expected an object, found a list"],
  [
    { order: [] },
    "$.order: unknown key; a data file has shop, products, customers, orders, fulfillmentOrders, locations",
  ],
  [{ orders: {} }, "orders: expected a list, or a connection with edges or nodes"],
  [{ orders: [5] }, "orders[0]: expected an object, found the number 5"],
  [{ orders: { edges: [{ nod: {} }] } }, "orders.edges[0].node: expected an object"],
  [{ orders: [{ lineItems: "x" }] }, 'orders[0].lineItems: expected an object, found the string "x"'],
  [{ orders: [{ lineItems: [{}] }] }, "orders[0].lineItems[0].originalUnitPrice: a line needs a price"],
  [
    { orders: [{ lineItems: [{ originalUnitPrice: "ten" }] }] },
    'orders[0].lineItems[0].originalUnitPrice: "ten" is not an amount in INR',
  ],
  [{ orders: [{ lineItems: [{ originalUnitPrice: "1.005" }] }] }, "is not an amount in INR"],
  [
    { orders: [{ lineItems: [{ originalUnitPrice: 1, quantity: 1.5 }] }] },
    "orders[0].lineItems[0].quantity: expected a whole number, found the number 1.5",
  ],
  [{ orders: [{ createdAt: "yesterday" }] }, "orders[0].createdAt: expected a time"],
  [
    { orders: [{ id: 1 }, { id: "gid://shopify/Order/1" }] },
    "orders[1].id: gid://shopify/Order/1 is already the id of orders[0]",
  ],
  [
    { orders: [{ id: "gid://shopify/Product/1" }] },
    "orders[0].id: expected a number or gid://shopify/Order/…",
  ],
  [
    { orders: [{ customerId: 4 }] },
    "orders[0].customerId: gid://shopify/Customer/4 is no customer of this file",
  ],
  [{ orders: [{ test: "yes" }] }, 'orders[0].test: expected true or false, found the string "yes"'],
  [{ orders: [{ tags: [1] }] }, "orders[0].tags[0]: expected text, found the number 1"],
  [{ orders: [{ transactions: [{ kind: "PAY" }] }] }, "orders[0].transactions[0].kind: expected one of"],
  [
    { orders: [{ refunds: [{ refundLineItems: [{ lineItem: 3 }] }] }] },
    "orders[0].refunds[0].refundLineItems[0].lineItem: names no line of this order",
  ],
  [{ fulfillmentOrders: [{ orderId: 3 }] }, "fulfillmentOrders[0].orderId: names no order of this file"],
])("unusable input is refused with its place: %j", (content, message) => {
  expect(() => open(content)).toThrow(message);
});

test("a file that is not there is told so", () => {
  expect(() => createStore({ orders: 0, seed: 0, dataFile: path.join(folder, "none.json") })).toThrow(
    "ENOENT",
  );
});
