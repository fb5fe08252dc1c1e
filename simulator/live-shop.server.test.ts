import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestShop, TOKEN, type TestShop } from "./fixtures/test-shop.ts";
import { startSimulator } from "./start-simulator.ts";
import { createStore } from "./store/create-store.ts";
import { readText } from "./store/read-record.ts";
import type { Happening } from "./webhooks/happening.ts";

let shop: TestShop;
let told: Happening[] = [];

beforeAll(async () => {
  shop = await startTestShop({
    store: createStore({ orders: 60, seed: 2 }),
    tell: (happenings) => {
      told.push(...happenings);
    },
  });
});

afterAll(() => shop.simulator.close());

type Answer = { status: number; body: Record<string, unknown> };

async function control(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${shop.simulator.url}/control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const firstVariant = (): string => shop.simulator.store.collection("productVariants")?.at(0).id ?? "";

test("an act by the control API: its topics, and what it was about; a refused one in Shopify's words", async () => {
  told = [];
  const lines = [{ variant: firstVariant(), quantity: 1, price: "100.00" }];
  const placed = await control("POST", "acts", { act: "placeOrder", lines, payment: "pending" });
  expect(placed.status).toBe(200);
  expect(placed.body.happenings).toEqual(told.map((one) => one.topic));
  expect(told[0]).toMatchObject({ topic: "orders/create", subject: { id: placed.body.id } });
  const order = String(placed.body.id);
  expect((await control("POST", "acts", { act: "cancelOrder", order })).body.happenings).toContain(
    "orders/cancelled",
  );
  const before = told.length;
  expect(await control("POST", "acts", { act: "cancelOrder", order })).toEqual({
    status: 400,
    body: { error: "Cannot cancel an order that has already been canceled" },
  });
  expect(told).toHaveLength(before);
});

test.each<[unknown, string]>([
  [{}, "`act` must be one of placeOrder, payOrder,"],
  [{ act: "toString" }, "`act` must be one of"],
  [{ act: "payOrder" }, "`order` is missing."],
  [{ act: "payOrder", order: 5 }, "`order` must be text."],
  [{ act: "payOrder", order: "x", now: true }, "`now` is not known here."],
  [{ act: "placeOrder", lines: [{ variant: "x" }] }, "`lines[0].quantity` is missing."],
  [
    { act: "placeOrder", lines: [{ variant: "x", quantity: 1.5 }] },
    "`lines[0].quantity` must be a whole number.",
  ],
  [{ act: "placeOrder", lines: [], customer: { name: "A" } }, "`customer.name` is not known here."],
  [{ act: "placeOrder", lines: [], discount: { code: "A" } }, "`discount` must have either"],
  [{ act: "cancelOrder", order: "x", reason: "BORED" }, "`reason` must be one of CUSTOMER, DECLINED"],
  [
    { act: "updateFulfillment", fulfillment: "x", tracking: { number: 7 } },
    "`tracking.number` must be text.",
  ],
  [
    { act: "createProduct", title: "x", variants: [{ price: "1", options: { Size: 5 } }] },
    "`variants[0].options.Size` must be text.",
  ],
])("a body that is no act is refused: %j", async (body, words) => {
  const answer = await control("POST", "acts", body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(words);
});

test("a stream starts, counts, and stops", async () => {
  const { simulator } = shop;
  const orders = simulator.store.collection("orders")?.count() ?? 0;
  expect((await control("POST", "live", { perSecond: 400, seed: 9 })).body).toMatchObject({
    perSecond: 400,
    seed: 9,
  });
  const acts = async (): Promise<number> => Number((await control("GET", "live")).body.acts);
  await expect.poll(acts, { timeout: 10_000 }).toBeGreaterThan(20);
  const stopped = await control("DELETE", "live");
  expect(stopped.body.perSecond).toBe(0);
  expect(simulator.store.collection("orders")?.count()).toBeGreaterThan(orders);
  expect(await acts()).toBe(stopped.body.acts);
  for (const body of [
    { perSecond: 0 },
    { perSecond: "1" },
    { perSecond: 1, seed: 0.5 },
    { perSecond: 1, pace: 2 },
  ])
    expect((await control("POST", "live", body)).status).toBe(400);
});

test("a bulk query has changed and added orders, and not those deleted", async () => {
  const { simulator } = shop;
  const lines = [{ variant: firstVariant(), quantity: 1, price: "100.00" }];
  const kept = simulator.act({ act: "placeOrder", lines, payment: "pending" }).id;
  const gone = simulator.act({ act: "placeOrder", lines, payment: "pending" }).id;
  simulator.act({ act: "payOrder", order: kept });
  simulator.act({ act: "cancelOrder", order: gone });
  simulator.act({ act: "deleteOrder", order: gone });
  const { bulkOperation } = await shop.runBulk(
    "{ orders { edges { node { id displayFinancialStatus lineItems { edges { node { id } } } } } } }",
  );
  const done = await shop.finish(bulkOperation?.id ?? "");
  const text = await (await fetch(done.url ?? "")).text();
  const rows = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const orders = rows.filter((row) => row.__parentId === undefined);
  expect(orders).toHaveLength(simulator.store.collection("orders")?.count() ?? 0);
  expect(orders.find((row) => row.id === kept)).toMatchObject({ displayFinancialStatus: "PAID" });
  expect(text).not.toContain(gone);
});

test("in process, and from the start", async () => {
  const living = await startSimulator({ orders: 30, seed: 3, staticToken: TOKEN, live: 500 });
  try {
    const orders = living.store.collection("orders");
    await expect.poll(() => orders?.count(), { timeout: 10_000 }).toBeGreaterThan(35);
    living.stopLive();
    expect(() => living.act({ act: "payOrder", order: "gid://shopify/Order/1" })).toThrow(
      "Order does not exist",
    );
    const count = orders?.count() ?? 0;
    living.live(500, 4);
    await expect.poll(() => orders?.count(), { timeout: 10_000 }).toBeGreaterThan(count);
    expect(readText(orders?.at(count), "name")).toBe(`#${String(1_001 + count)}`);
  } finally {
    await living.close();
  }
});

test("a store written by hand does not live", async () => {
  const still = await startTestShop();
  try {
    expect(() => still.simulator.act({ act: "payOrder", order: "x" })).toThrow("written by hand");
    expect(() => {
      still.simulator.live(1);
    }).toThrow("written by hand");
  } finally {
    await still.simulator.close();
  }
});
