import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import { createStore } from "./create-store.ts";
import { childrenOf } from "./find-child.ts";
import { materialise } from "./fixtures/materialise.ts";
import { readField, readNodes, readText } from "./read-record.ts";
import type { SimNode, SimStore } from "./types.ts";

// Thousands of records on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const ROOTS = [
  "orders",
  "products",
  "customers",
  "fulfillmentOrders",
  "productVariants",
  "inventoryItems",
  "locations",
  "collections",
] as const;

function records(store: SimStore, rootField: string): SimNode[] {
  const root = store.collection(rootField);
  return Array.from({ length: root?.count() ?? 0 }, (_, index) => root?.at(index) as SimNode);
}

function digest(store: SimStore): string {
  const hash = createHash("sha256");
  for (const field of ROOTS)
    for (const record of records(store, field)) hash.update(JSON.stringify(materialise(record)));
  return hash.digest("hex");
}

test("the same seed gives the same bytes, another seed others", () => {
  const first = digest(createStore({ orders: 30, seed: 5 }));
  expect(digest(createStore({ orders: 30, seed: 5 }))).toBe(first);
  expect(digest(createStore({ orders: 30, seed: 6 }))).not.toBe(first);
});

test("a record does not depend on which were made before it", () => {
  const forwards = createStore({ orders: 60, seed: 2 });
  const backwards = createStore({ orders: 60, seed: 2 });
  const text = (store: SimStore, n: number): string =>
    JSON.stringify(materialise(store.collection("orders")?.at(n)));
  const there = Array.from({ length: 60 }, (_, n) => text(forwards, n));
  for (let n = 59; n >= 0; n--) expect(text(backwards, n)).toBe(there[n]);
});

test("the domain follows from the options", () => {
  expect(createStore({ orders: 20, seed: 4 }).domain).toBe("sim-s4-n20.myshopify.com");
  expect(createStore({ orders: 20, seed: 4 }).shop["myshopifyDomain"]).toBe("sim-s4-n20.myshopify.com");
});

test.each([1, 10, 26, 333])(
  "of %d orders every record and child is found by its gid, ids grow, times are told alike",
  (orders) => {
    const store = createStore({ orders, seed: 9 });
    for (const field of ROOTS) {
      const root = store.collection(field);
      let lastId = 0;
      let lastTime = "";
      for (const [index, record] of records(store, field).entries()) {
        expect(store.node(record.id)?.id).toBe(record.id);
        const number = Number(record.id.split("/").pop());
        expect(number).toBeGreaterThan(lastId);
        lastId = number;
        if (field !== "locations") expect(String(number)).toMatch(/^\d{12,14}$/);
        for (const time of ["createdAt", "updatedAt"] as const)
          expect(root?.timeAt(index, time)).toBe(record[time] ?? null);
        const created = readText(record["createdAt"]);
        expect(created >= lastTime).toBe(true);
        if (record["createdAt"] !== undefined) expect(created <= readText(record["updatedAt"])).toBe(true);
        lastTime = created;
        if (index % 7 === 0)
          for (const child of childrenOf(record)) expect(store.node(child.id)?.id).toBe(child.id);
      }
    }
  },
);

test("no gid stands for two things", () => {
  const store = createStore({ orders: 400, seed: 9 });
  const seen = new Map<string, string>();
  for (const field of ROOTS) {
    for (const record of records(store, field)) {
      for (const one of [record, ...childrenOf(record)]) {
        const owner = `${record.id} ${one.__typename}`;
        // A parcel shows up under its order and under its fulfilment order; nothing else is shared.
        const known = seen.get(one.id);
        if (known !== undefined && one.__typename !== "MailingAddress") expect(known).toBe(owner);
        seen.set(one.id, owner);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(5_000);
});

test.each([
  "gid://shopify/Order/1",
  "gid://shopify/Order/99999999999999",
  "gid://shopify/ProductVariant/41204663091201",
  "gid://shopify/LineItem/abc",
  "gid://shopify/InventoryLevel/108219858989?inventory_item_id=1",
  "gid://shopify/Nothing/5",
  "5",
])("%s is nobody", (gid) => {
  expect(createStore({ orders: 10, seed: 1 }).node(gid)).toBeNull();
});

test("customers and orders tell the same story from both ends", () => {
  const store = createStore({ orders: 600, seed: 8 });
  const byCustomer = new Map<string, SimNode[]>();
  for (const order of records(store, "orders")) {
    const id = readField(order["customer"], "id");
    if (typeof id === "string") byCustomer.set(id, [...(byCustomer.get(id) ?? []), order]);
  }
  for (const customer of records(store, "customers")) {
    const own = byCustomer.get(customer.id) ?? [];
    expect(customer["numberOfOrders"]).toBe(String(own.length));
    expect(readField(customer["lastOrder"], "id") ?? null).toBe(own.at(-1)?.id ?? null);
    expect(readNodes(customer, "orders").map((order) => order.id)).toEqual(own.map((order) => order.id));
    const spent = own.reduce(
      (sum, order) => sum + Number(readField(order, "netPaymentSet", "shopMoney", "amount")) * 100,
      0,
    );
    expect(Math.round(Number(readField(customer, "amountSpent", "amount")) * 100)).toBe(Math.round(spent));
    for (const order of own)
      expect(readText(order["createdAt"]) >= readText(customer["createdAt"])).toBe(true);
  }
});

test("lines name products that existed when they were bought, and their variants agree", () => {
  const store = createStore({ orders: 400, seed: 8 });
  for (const order of records(store, "orders")) {
    for (const line of readNodes(order, "lineItems")) {
      const product = readField(line["product"]);
      if (product === null) continue;
      expect(readText(product, "createdAt") <= readText(order["createdAt"])).toBe(true);
      expect(readField(product, "title")).toBe(line["title"]);
      if (line["variant"] === null) continue;
      expect(readField(line, "variant", "sku")).toBe(line["sku"]);
      expect(readField(line, "variant", "product", "id")).toBe(readField(product, "id"));
      expect(readField(line, "variant", "inventoryItem", "variant", "id")).toBe(
        readField(line, "variant", "id"),
      );
    }
  }
});

test("100,000 orders open as fast as ten", () => {
  const started = performance.now();
  const store = createStore({ orders: 100_000, seed: 1 });
  const last = store.collection("orders")?.at(99_999);
  expect(performance.now() - started).toBeLessThan(500);
  expect(store.node(last?.id ?? "")?.["name"]).toBe("#101000");
});

test("a change stands on top, moves updatedAt, and is seen through every relation", () => {
  const store = createStore({ orders: 50, seed: 1 });
  const order = records(store, "orders").find(
    (one) => one["customer"] !== null && one["test"] === false,
  ) as SimNode;
  const customerGid = readText(order, "customer", "id");
  store.change(customerGid, { note: "new" }, new Date("2026-11-21T10:00:00Z"));
  expect(readField(store.node(order.id)?.["customer"], "note")).toBe("new");
  const before = store.expectations();
  const zero = {
    shopMoney: { amount: "0.0", currencyCode: "INR" },
    presentmentMoney: { amount: "0.0", currencyCode: "INR" },
  };
  store.change(
    order.id,
    { cancelledAt: "2026-11-21T11:00:00Z", currentTotalPriceSet: zero },
    new Date("2026-11-21T11:00:00Z"),
  );
  const orders = store.collection("orders");
  const index = records(store, "orders").findIndex((one) => one.id === order.id);
  expect(orders?.timeAt(index, "updatedAt")).toBe("2026-11-21T11:00:00Z");
  expect(orders?.at(index)["name"]).toBe(order["name"]);
  const paise = (total: string | undefined): number => Math.round(Number(total) * 100);
  const current = paise(readText(order, "currentTotalPriceSet", "shopMoney", "amount"));
  expect(paise(store.expectations().totals["INR"])).toBe(paise(before.totals["INR"]) - current);
  expect(() => {
    store.change("gid://shopify/Order/1", {}, new Date());
  }).toThrow("No such root record: gid://shopify/Order/1");
});

test("an added order stands at the end, with its children", () => {
  const store = createStore({ orders: 5, seed: 1 });
  const line: SimNode = { __typename: "LineItem", id: "gid://shopify/LineItem/77", title: "Late" };
  const late: SimNode = {
    __typename: "Order",
    id: "gid://shopify/Order/76",
    createdAt: "2026-11-21T00:00:00Z",
    lineItems: [line],
    test: false,
  };
  store.add("orders", late);
  expect(store.collection("orders")?.count()).toBe(6);
  expect(store.collection("orders")?.at(5)).toBe(late);
  expect(store.collection("orders")?.timeAt(5, "createdAt")).toBe("2026-11-21T00:00:00Z");
  expect(store.node(late.id)).toBe(late);
  expect(store.node(line.id)).toBe(line);
  expect(() => {
    store.add("orders", late);
  }).toThrow("There is already a record gid://shopify/Order/76");
});

test("expectations count by the rules, not by what an order says of itself", () => {
  const store = createStore({ orders: 1_000, seed: 12 });
  const orders = records(store, "orders");
  const real = orders.filter((order) => order["test"] === false);
  const paise = real.reduce(
    (sum, order) =>
      sum + Math.round(Number(readField(order, "currentTotalPriceSet", "shopMoney", "amount")) * 100),
    0,
  );
  expect(store.expectations()).toEqual({
    products: store.collection("products")?.count(),
    customers: records(store, "customers").filter((customer) => customer["numberOfOrders"] !== "0").length,
    orders: real.length,
    testOrders: orders.length - real.length,
    totals: { INR: (paise / 100).toFixed(2) },
  });
});
