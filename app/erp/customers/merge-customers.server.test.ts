import { describe, expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { mergeCustomers } from "./merge-customers.server.ts";
import {
  shop,
  now,
  day,
  ingest,
  anOrderOf,
  aCustomer,
  orders,
  customers,
  merge,
  state,
  feed,
  lastOfFeed,
} from "#tests/fixtures/merged-customers.ts";

describe("customers/merge of two who have ordered", () => {
  test("the gone one stays, archived, and its orders point to the kept one; the feed is told; again changes nothing", async ({
    database: { pool },
  }) => {
    await ingest(pool, "order", anOrderOf("1", "100", day(1)));
    await ingest(pool, "order", anOrderOf("2", "200", day(2)));
    await orders(pool);
    const seq = await lastOfFeed(pool);
    await merge(pool, "1", "2");
    expect(await state(pool)).toMatchObject({
      customers: [
        { id: "1", name: "Order 100", archived: false, into: null },
        { id: "2", name: "Order 200", archived: true, into: "1" },
      ],
      orders: [
        { id: "100", of: "1", named: "1" },
        { id: "200", of: "1", named: "2" },
      ],
    });
    expect(await feed(pool, seq)).toEqual([
      { entity: "customer", change: "archived", parts: ["merged"] },
      { entity: "customer", change: "updated", parts: ["merged"] },
      { entity: "order", change: "updated", parts: ["order"] },
    ]);
    await orders(pool);
    const end = await state(pool);
    const told = await lastOfFeed(pool);
    await merge(pool, "1", "2");
    await pool.query(`update "ShopifyOrderCache" set "processedAt" = null`);
    expect(await orders(pool)).toMatchObject({ processed: 2, unchanged: 2 });
    expect([await state(pool), await lastOfFeed(pool)]).toEqual([end, told]);
  });

  test("the feed is told of those that had become part of the gone one, and never of a test order", async ({
    database: { pool },
  }) => {
    for (const id of ["1", "2", "3"]) await ingest(pool, "order", anOrderOf(id, `${id}00`, day(1)));
    await orders(pool);
    await merge(pool, "2", "3");
    await pool.query(`update "Order" set test = true where "shopifyOrderId" = '300'`);
    const seq = await lastOfFeed(pool);
    await merge(pool, "1", "2");
    expect(await feed(pool, seq)).toEqual([
      { entity: "customer", change: "archived", parts: ["merged"] },
      { entity: "customer", change: "updated", parts: ["merged"] },
      { entity: "customer", change: "updated", parts: ["merged"] },
      { entity: "order", change: "updated", parts: ["order"] },
    ]);
  });

  test("a late order and a late payload of the gone one lead to the kept one and never revive it", async ({
    database: { pool },
  }) => {
    await ingest(pool, "order", anOrderOf("1", "100", day(1)));
    await ingest(pool, "order", anOrderOf("2", "200", day(2)));
    await orders(pool);
    await merge(pool, "1", "2");
    await ingest(pool, "order", anOrderOf("2", "201", day(9)));
    await ingest(pool, "order", anOrderOf("2", "199", day(1)));
    await ingest(pool, "customer", aCustomer("2", day(8), { numberOfOrders: "3" }), "webhook");
    await orders(pool);
    await customers(pool);
    expect(await state(pool)).toMatchObject({
      customers: [
        { id: "1", name: "Order 100", archived: false },
        { id: "2", archived: true, into: "1" },
      ],
      orders: ["100", "199", "200", "201"].map((id) => ({ id, of: "1" })),
    });
  });

  test("what the kept one's own payload says stands, however new the gone one's orders are", async ({
    database: { pool },
  }) => {
    await ingest(pool, "order", anOrderOf("2", "200", day(9)));
    await orders(pool);
    await merge(pool, "1", "2");
    await orders(pool);
    await ingest(pool, "customer", aCustomer("1", day(5)));
    await customers(pool);
    expect((await state(pool)).customers).toMatchObject([
      { id: "1", name: "Own 1", email: "own1@x.in", state: "ENABLED", archived: false },
      { id: "2", name: "Order 200", archived: true },
    ]);
  });
});

describe("a merge that comes first", () => {
  test("of two nobody knows is remembered, makes no customer, tells nobody", async ({
    database: { pool },
  }) => {
    await merge(pool, "1", "2");
    await ingest(pool, "customer", aCustomer("1", day(1)));
    await ingest(pool, "customer", aCustomer("2", day(1)));
    expect(await customers(pool)).toMatchObject({ processed: 2, unchanged: 2 });
    expect((await state(pool)).customers).toMatchObject([
      { id: "1", name: null, archived: true, into: null },
      { id: "2", name: null, archived: true, into: "1" },
    ]);
    expect(await feed(pool)).toEqual([]);
  });

  test.for([
    ["the gone one", "2", "200"],
    ["the kept one", "1", "100"],
  ] as const)(
    "the first order, of %s, makes the kept one a customer with all that is cached of it",
    async ([, named, id], { database: { pool } }) => {
      await ingest(pool, "customer", aCustomer("1", day(1)));
      await customers(pool);
      await merge(pool, "1", "2");
      await ingest(pool, "order", anOrderOf(named, id, day(1)));
      await orders(pool);
      await customers(pool);
      const end = await state(pool);
      expect(end.customers[0]).toMatchObject({ id: "1", name: "Own 1", tags: ["vip"], archived: false });
      expect(end.customers[1]).toMatchObject({ id: "2", archived: true, into: "1" });
      expect(end.orders).toEqual([{ id, of: "1", named }]);
      const news = (await feed(pool)).filter((row) => row.entity === "customer");
      expect(news.filter((row) => row.change === "created")).toHaveLength(1);
    },
  );
});

test("three become one in any order of the merges", async ({ database: { pool } }) => {
  const merges = [
    ["2", "3"],
    ["1", "2"],
  ] as const;
  const ends: unknown[] = [];
  for (const road of [merges, merges.toReversed()]) {
    await pool.query(
      `truncate "Customer", "Order", "ShopifyOrderCache", "ShopifyCustomerCache", "ShopifyPayloadHistory"`,
    );
    await ingest(pool, "order", anOrderOf("3", "300", day(1)));
    await orders(pool);
    for (const [kept, gone] of road) await merge(pool, kept, gone);
    await orders(pool);
    ends.push(await state(pool));
  }
  expect(ends[0]).toMatchObject({
    customers: [
      { id: "1", archived: false, into: null },
      { id: "2", archived: true, into: "1" },
      { id: "3", archived: true, into: "1" },
    ],
    orders: [{ id: "300", of: "1" }],
  });
  expect(ends[1]).toEqual(ends[0]);
});

test("a person who was forgotten is not brought back by a merge", async ({ database: { pool } }) => {
  await pool.query(`insert into "RedactionTombstone" (shop, kind, id) values ($1, 'customer', '2')`, [shop]);
  await merge(pool, "1", "2");
  await merge(pool, "2", "3");
  expect((await state(pool)).customers).toEqual([]);
});

test("law 11: another shop's customers of the same ids are left alone", async ({ database: { pool } }) => {
  await ingest(pool, "order", anOrderOf("1", "100", day(1)));
  await ingest(pool, "order", anOrderOf("2", "200", day(1)));
  await orders(pool);
  await inTransaction(pool, (tx) =>
    mergeCustomers(tx, { shop: "mill.myshopify.com", keptShopifyId: "1", goneShopifyId: "2", now }),
  );
  expect((await state(pool)).customers).toMatchObject([{ archived: false }, { archived: false }]);
});
