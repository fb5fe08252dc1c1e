import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selectRowsNow } from "#simulator/graphql/select-rows.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { childrenOf } from "#simulator/store/find-child.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { aLiveShop, orderFaults } from "./fixtures/a-live-shop.ts";
import { createLiveStream } from "./live-stream.ts";

type Page = { orders: { nodes: { id: string; updatedAt: string }[]; pageInfo: { endCursor: string } } };

const NEWEST = `query ($query: String) { orders(first: 3, sortKey: UPDATED_AT, reverse: true, query: $query) { nodes { id updatedAt } } }`;

test("a seeded order is found by when it changed, first among the newest, and by its name", async () => {
  const shop = aLiveShop({ orders: 200 });
  const orders = shop.store.collection("orders");
  const old = Array.from({ length: 200 }, (_, n) => orders?.at(n)).find(
    (one) => one?.["cancelledAt"] === null && one["displayFulfillmentStatus"] === "UNFULFILLED",
  );
  const id = old?.id ?? "";
  shop.later(60_000);
  shop.act({ act: "fulfilOrder", order: id });
  const since = await shop.ask<Page>(NEWEST, { query: "updated_at:>='2026-11-21T06:31:00Z'" });
  expect(since.orders.nodes).toEqual([{ id, updatedAt: "2026-11-21T06:31:15Z" }]);
  expect((await shop.ask<Page>(NEWEST, { query: null })).orders.nodes[0]?.id).toBe(id);
  const placed = shop.place();
  const name = readText(shop.store.node(placed) ?? undefined, "name");
  expect((await shop.ask<Page>(NEWEST, { query: `name:${name}` })).orders.nodes.map((one) => one.id)).toEqual(
    [placed],
  );
  const open = await shop.ask<{ fulfillmentOrders: { nodes: { id: string }[] } }>(
    "{ fulfillmentOrders(first: 250, sortKey: ID, reverse: true) { nodes { id } } }",
  );
  const parts = (gid: string): string[] =>
    readNodes(shop.store.node(gid) ?? undefined, "fulfillmentOrders").map((one) => one.id);
  const listed = open.fulfillmentOrders.nodes.map((one) => one.id);
  expect(listed[0]).toBe(parts(placed)[0]);
  for (const closed of parts(id)) expect(listed).not.toContain(closed);
});

test("paging goes on where it was when orders before it are deleted", async () => {
  const shop = aLiveShop({ orders: 60 });
  const page = (after: string | null): Promise<Page> =>
    shop.ask<Page>(
      "query ($after: String) { orders(first: 20, after: $after, sortKey: ID) { nodes { id updatedAt } pageInfo { endCursor } } }",
      { after },
    );
  const all = Array.from({ length: 60 }, (_, n) => shop.store.collection("orders")?.at(n).id ?? "");
  const first = await page(null);
  for (const id of all.slice(0, 5)) shop.store.remove(id);
  const second = await page(first.orders.pageInfo.endCursor);
  expect(second.orders.nodes.map((one) => one.id)).toEqual(all.slice(20, 40));
  shop.store.remove(all[20] ?? "");
  const third = await page(first.orders.pageInfo.endCursor);
  expect(third.orders.nodes.map((one) => one.id)).toEqual(all.slice(21, 41));
});

test("rows once selected stay, as a bulk operation needs them that reads on for minutes", () => {
  const { store } = aLiveShop({ orders: 30 });
  const source = store.collection("orders");
  const field = loadSchema().schema.getQueryType()?.getFields()["orders"];
  if (!source || !field) throw new Error("There are orders");
  const request = { source, field, nodeTypeName: "Order", args: { sortKey: "ID" } };
  const rows = selectRowsNow({
    ...request,
    granted: new Set(["read_all_orders"]),
    now: new Date(),
    warn: () => undefined,
  });
  const ids = (): string[] => Array.from({ length: rows.size }, (_, i) => rows.nodeAt(i).id);
  const before = ids();
  store.remove(before[0] ?? "");
  store.remove(before[29] ?? "");
  expect(ids()).toEqual(before);
});

test("an act moves the time of an order that was changed by hand before; what was changed stands", () => {
  const shop = aLiveShop();
  const order = shop.place();
  shop.later(60_000);
  shop.store.change(order, { note: "by hand" }, shop.now());
  shop.later(60_000);
  shop.act({ act: "fulfilOrder", order });
  expect(shop.store.node(order)).toMatchObject({ note: "by hand", updatedAt: "2026-11-21T06:32:15Z" });
  const orders = shop.store.collection("orders");
  expect(orders?.timeAt(orders.count() - 1, "updatedAt")).toBe("2026-11-21T06:32:15Z");
});

test("a frozen collection keeps its rows while the shop lives on", () => {
  const shop = aLiveShop({ orders: 30 });
  const { store } = shop;
  const orders = store.collection("orders");
  const rows = orders?.frozen?.();
  const third = orders?.at(2).id;
  store.remove(orders?.at(0).id ?? "");
  shop.place();
  expect(rows?.count()).toBe(30);
  expect(rows?.at(2).id).toBe(third);
  expect(orders?.count()).toBe(30);
  expect(orders?.at(1).id).toBe(third);
});

test("300 acts of the stream: nothing contradicts itself, and what is expected is what a recount finds", () => {
  const shop = aLiveShop({ orders: 150, seed: 4 });
  shop.store.expectations();
  const topics = new Set<string>();
  const stream = createLiveStream(shop.shop, (happenings) => {
    for (const one of happenings) topics.add(one.topic);
  });
  for (let i = 0; i < 300; i++) {
    shop.later(700);
    expect(stream.step()).not.toBeNull();
  }
  expect(stream.state().acts).toBe(300);
  const orders = shop.store.collection("orders");
  const records = Array.from({ length: orders?.count() ?? 0 }, (_, n) => orders?.at(n)).filter(
    (one) => one !== undefined,
  );
  expect(records.flatMap(orderFaults)).toEqual([]);
  expect(orphans(shop)).toEqual([]);
  const real = records.filter((order) => order["test"] === false);
  const paise = (text: string): number => Math.round(Number(text) * 100);
  const sum = real.reduce(
    (total, one) => total + paise(readText(one, "currentTotalPriceSet", "shopMoney", "amount")),
    0,
  );
  const customers = shop.store.collection("customers");
  const buyers = Array.from({ length: customers?.count() ?? 0 }, (_, c) => customers?.at(c)).filter(
    (one) => readText(one, "numberOfOrders") !== "0",
  );
  expect(shop.store.expectations()).toEqual({
    products: shop.store.collection("products")?.count(),
    customers: buyers.length,
    orders: real.length,
    testOrders: records.length - real.length,
    totals: { INR: (sum / 100).toFixed(2) },
  });
  for (const buyer of buyers) {
    const own = records.filter((order) => readText(order, "customer", "id") === buyer?.id);
    expect(
      readNodes(buyer, "orders")
        .map((one) => one.id)
        .sort(),
    ).toEqual(own.map((one) => one.id).sort());
    expect(readText(buyer, "numberOfOrders")).toBe(String(own.length));
    const spent = own.reduce(
      (total, one) => total + paise(readText(one, "netPaymentSet", "shopMoney", "amount")),
      0,
    );
    expect(paise(readText(buyer, "amountSpent", "amount"))).toBe(spent);
  }
  for (const topic of [
    "orders/create",
    "orders/paid",
    "orders/fulfilled",
    "orders/cancelled",
    "refunds/create",
    "returns/request",
  ])
    expect([...topics]).toContain(topic);
});

/** Gids that stand for two things, or by which nothing is found. */
function orphans({ store }: ReturnType<typeof aLiveShop>): string[] {
  const owners = new Map<string, string>();
  const found: string[] = [];
  for (const field of ["orders", "fulfillmentOrders", "customers", "products", "inventoryItems"]) {
    const root = store.collection(field);
    for (let n = 0; n < (root?.count() ?? 0); n++) {
      const record = root?.at(n);
      for (const one of record ? [record, ...childrenOf(record)] : []) {
        const owner = `${record?.id ?? ""} ${one.__typename}`;
        if ((owners.get(one.id) ?? owner) !== owner && one.__typename !== "MailingAddress")
          found.push(one.id);
        owners.set(one.id, owner);
        if (n % 5 === 0 && store.node(one.id)?.id !== one.id) found.push(one.id);
      }
    }
  }
  return found;
}

test("the stream follows from its seed", () => {
  const ids = (seed: number): string[] => {
    const shop = aLiveShop({ orders: 50 });
    const stream = createLiveStream(shop.shop, () => undefined);
    stream.start(0.001, seed);
    const done = Array.from({ length: 40 }, () => stream.step()?.id ?? "");
    stream.stop();
    return done;
  };
  expect(ids(5)).toEqual(ids(5));
  expect(ids(5)).not.toEqual(ids(6));
});

test("an order of a data file lives on: what is written stands until an act changes it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "live-file-"));
  const file = join(folder, "store.json");
  const data = {
    products: [{ title: "Shirt", variants: [{ sku: "S", price: "100.00", inventoryQuantity: 9 }] }],
    customers: [{ id: 701, firstName: "Asha", numberOfOrders: "7" }],
    orders: [
      {
        id: 9001,
        name: "#77",
        customerId: 701,
        gateway: "Cash on Delivery",
        createdAt: "2026-11-01T10:00:00Z",
        totalDiscounts: "5.00",
        customAttributes: [{ key: "utm", value: "x" }],
        lineItems: [{ sku: "S", quantity: 2, name: "Shirt as written" }],
      },
    ],
    fulfillmentOrders: [{ orderId: 9001, id: 8001 }],
  };
  await writeFile(file, JSON.stringify(data));
  try {
    const shop = aLiveShop({ store: createStore({ orders: 0, seed: 1, dataFile: file }) });
    const order = "gid://shopify/Order/9001";
    shop.act({ act: "fulfilOrder", order, tracking: null });
    shop.act({ act: "payOrder", order });
    const now = shop.store.node(order);
    expect(now).toMatchObject({
      displayFinancialStatus: "PAID",
      displayFulfillmentStatus: "FULFILLED",
      updatedAt: "2026-11-21T06:30:15Z",
      customAttributes: [{ key: "utm", value: "x" }],
      totalDiscountsSet: { shopMoney: { amount: "5.0" } },
    });
    expect(readNodes(now ?? undefined, "lineItems")[0]).toMatchObject({
      name: "Shirt as written",
      unfulfilledQuantity: 0,
    });
    expect(readNodes(now ?? undefined, "fulfillmentOrders").map((one) => [one.id, one["status"]])).toEqual([
      ["gid://shopify/FulfillmentOrder/8001", "CLOSED"],
    ]);
    const variant = shop.store.collection("productVariants")?.at(0).id ?? "";
    const placed = shop.act({
      act: "placeOrder",
      lines: [{ variant, quantity: 1 }],
      customer: "gid://shopify/Customer/701",
    });
    expect((await shop.order(placed.id)).name).toBe("#78");
    expect((await shop.order(placed.id)).customer?.numberOfOrders).toBe("8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("an order that came as a bare record cannot be acted on", () => {
  const shop = aLiveShop();
  shop.store.add("orders", {
    __typename: "Order",
    id: "gid://shopify/Order/5",
    test: false,
    closedAt: null,
    cancelledAt: null,
  });
  expect(() => shop.act({ act: "payOrder", order: "gid://shopify/Order/5" })).toThrow(
    "Only its record is known",
  );
});
