import { describe, expect } from "vitest";

import type { Database } from "#app/lib/db.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { aShopWithOrders, type StoreOrder } from "#tests/fixtures/a-shop-with-orders.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { proveDay } from "./prove-day.server.ts";

const DAY = "2026-11-20";
const now = new Date("2026-11-21T05:12:00Z");
const AT_NOON = "2026-11-20T06:30:00Z";
const threeOrders: StoreOrder[] = [
  { id: 1, createdAt: AT_NOON },
  { id: 2, createdAt: AT_NOON, price: "250.50" },
  { id: 3, createdAt: AT_NOON, price: "0.10" },
];

async function aShop(database: Database, options: Parameters<typeof aShopWithOrders>[1]) {
  const shop = await aShopWithOrders(database, options);
  const prove = (day = DAY) => proveDay({ database }, { shop: shop.shop, client: shop.client, day, now });
  return { ...shop, prove };
}

test("a day both sides agree on: numbers and totals to the paisa", async ({ database }) => {
  const { prove, sync, shop } = await aShop(database, { orders: threeOrders });
  await sync();
  expect(await prove()).toEqual({
    ...{ shop, day: DAY, timeZone: "Asia/Kolkata", currency: "INR", checkedAt: now },
    ...{ shopifyOrders: 3, shopifyTotalMinor: 35_060, erpOrders: 3, erpTotalMinor: 35_060 },
    ...{
      missing: [],
      differing: [],
      pending: 0,
      failed: 0,
      onHold: 0,
      told: {},
      problem: null,
      refusal: null,
    },
  });
});

test("test orders count on neither side", async ({ database }) => {
  const orders = [...threeOrders, { id: 4, createdAt: AT_NOON, test: true }];
  const { prove, sync } = await aShop(database, { orders });
  await sync();
  expect(await prove()).toMatchObject({ shopifyOrders: 3, erpOrders: 3, missing: [], differing: [] });
});

describe("an order belongs to the day it was created", () => {
  test.for([
    // The first and the last second of the day, and the seconds beside it.
    [
      "Asia/Kolkata",
      DAY,
      ["2026-11-19T18:29:59Z", "2026-11-19T18:30:00Z", "2026-11-20T18:29:59Z", "2026-11-20T18:30:00Z"],
    ],
    // 25 hours: the clocks strike one twice.
    [
      "America/New_York",
      "2026-11-01",
      ["2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z"],
    ],
    // 23 hours.
    [
      "America/New_York",
      "2026-03-08",
      ["2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z"],
    ],
  ] as const)("in %s on %s", async ([timeZone, day, times], { database }) => {
    const orders = times.map((createdAt, index) => ({
      id: index + 1,
      createdAt,
      price: `${String(10 ** index)}.00`,
    }));
    const { prove, sync } = await aShop(database, { orders, timeZone });
    await sync();
    expect(await prove(day)).toMatchObject({
      ...{ shopifyOrders: 2, shopifyTotalMinor: 11_000, erpOrders: 2, erpTotalMinor: 11_000 },
      ...{ missing: [], differing: [], problem: null },
    });
  });
});

test("an order that failed is missing, and counted as failed; one not processed yet as pending", async ({
  database,
}) => {
  const orders = [...threeOrders, { id: 4, createdAt: AT_NOON, sku: "NOT-THERE" }];
  const { prove, sync, shop } = await aShop(database, { orders });
  await sync();
  await database.pool.query(
    `update "ShopifyOrderCache" set "processedAt" = null where shop = $1 and id = '1'`,
    [shop],
  );
  expect(await prove()).toMatchObject({
    ...{ shopifyOrders: 4, erpOrders: 3, missing: ["4"], differing: [], pending: 1, failed: 1 },
  });
});

test("orders on hold are counted", async ({ database }) => {
  const { prove, sync, shop } = await aShop(database, { orders: threeOrders });
  await sync();
  await database.pool.query(
    `update "Order" set status = 'on_hold' where shop = $1 and "shopifyOrderId" = '2'`,
    [shop],
  );
  expect(await prove()).toMatchObject({ onHold: 1, differing: [] });
});

test("an order deleted at Shopify does not count once it is archived, and differs until then", async ({
  database,
}) => {
  const { prove, sync, shop } = await aShop(database, { orders: threeOrders });
  await sync();
  await database.pool.query(
    `insert into "Order" select (jsonb_populate_record(o, '{"shopifyOrderId": "77"}')).* from "Order" o
      where shop = $1 and "shopifyOrderId" = '1'`,
    [shop],
  );
  expect(await prove()).toMatchObject({ shopifyOrders: 3, erpOrders: 4, missing: [], differing: ["77"] });
  await database.pool.query(
    `update "Order" set "archivedAt" = now() where shop = $1 and "shopifyOrderId" = '77'`,
    [shop],
  );
  expect(await prove()).toMatchObject({ shopifyOrders: 3, erpOrders: 3, missing: [], differing: [] });
});

test("law 11: another shop's orders of that day do not count", async ({ database }) => {
  const { prove, sync, shop } = await aShop(database, { orders: threeOrders });
  await sync();
  await database.pool.query(
    `update "Order" set shop = 'other.myshopify.com' where shop = $1 and "shopifyOrderId" = '1'`,
    [shop],
  );
  expect(await prove()).toMatchObject({ shopifyOrders: 3, erpOrders: 2, missing: ["1"], differing: [] });
});

test("Shopify down: the ERP's figures, and in words what to do", async ({ database }) => {
  const { prove, sync, simulator } = await aShop(database, { orders: threeOrders });
  await sync();
  simulator.faults.add({ kind: "http-5xx" });
  const proof = await prove();
  expect(proof).toMatchObject({
    ...{ shopifyOrders: null, shopifyTotalMinor: null, erpOrders: 3, erpTotalMinor: 35_060 },
    ...{ missing: [], differing: [], refusal: { code: "SHOPIFY_UNREACHABLE" } },
  });
  expect(proof.problem).toMatch(/^Shopify does not answer.*tries again by itself/);
});

test("a token that Shopify refuses is said with what helps", async ({ database }) => {
  const { prove, simulator } = await aShop(database, { orders: threeOrders });
  simulator.faults.add({ kind: "token-refused" });
  expect((await prove()).problem).toContain("Open the app in Shopify Admin once");
});

test("throttled, with somebody waiting: when to check again, as no sync goes on with it", async ({
  database,
}) => {
  const { shop, env, log, fetch, simulator } = await aShop(database, { orders: threeOrders });
  const client = shopClient({ env, database, log, now: () => now }, { shop, fetch, patienceMs: 10 });
  simulator.faults.add({ kind: "throttled" });
  const proof = await proveDay({ database }, { shop, client, day: DAY, now });
  expect(proof).toMatchObject({ shopifyOrders: null, refusal: { code: "RATE_LIMITED" } });
  expect(proof.problem).toMatch(/^Rate limited: .* Check again in a minute/);
});

test("law 9: a list that is not Shopify's count proves nothing, and that is what is said", async ({
  database,
}) => {
  const { shop, env, log, fetch, sync } = await aShop(database, { orders: threeOrders });
  await sync();
  const client = shopClient(
    { env, database, log, now: () => now },
    {
      shop,
      fetch: async (input, init) =>
        new Response((await (await fetch(input, init)).text()).replaceAll('"count":3', '"count":4')),
    },
  );
  expect(await proveDay({ database }, { shop, client, day: DAY, now })).toMatchObject({
    ...{ shopifyOrders: null, erpOrders: 3, refusal: { code: "COUNT_DISAGREES" } },
    problem:
      "Shopify counts 4 orders but lists 3, twice in a row. Check again in a few minutes: orders may be coming in just now.",
  });
});

test("orders in another currency are said and stay out of the totals", async ({ database }) => {
  const { prove, sync, shop } = await aShop(database, { orders: threeOrders });
  await sync();
  await database.pool.query(
    `update "Order" set currency = 'USD' where shop = $1 and "shopifyOrderId" = '2'`,
    [shop],
  );
  expect(await prove()).toMatchObject({
    ...{ erpOrders: 3, erpTotalMinor: 10_010, differing: ["2"] },
    problem: "Some orders are in USD: the totals hold only those in INR.",
  });
});
