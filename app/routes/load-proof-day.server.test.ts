import { expect } from "vitest";

import { proveDay } from "#app/reconcile/prove-day.server.ts";
import { saveProof } from "#app/reconcile/save-proof.server.ts";
import { aShopWithOrders } from "#tests/fixtures/a-shop-with-orders.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { loadProofDay } from "./load-proof-day.server.ts";

const DAY = "2026-11-20";
const now = new Date("2026-11-22T05:12:00Z");
const AT_NOON = "2026-11-20T06:30:00Z";

test("behind each figure stand its orders: missing with why, differing with both totals, held, pending, failed", async ({
  database,
}) => {
  const { pool } = database;
  const { shop, client, sync } = await aShopWithOrders(database, {
    orders: [1, 2, 3, 4, 5, 6].map((id) => ({
      ...{ id, createdAt: AT_NOON, price: `${String(id)}00.00` },
      ...(id === 6 && { sku: "NOT-THERE" }),
    })),
  });
  await sync();
  const run = (sql: string) => pool.query(sql, [shop]);
  await run(`update "Order" set "currentTotalAmount" = 150 where shop = $1 and "shopifyOrderId" = '2'`);
  await run(`update "Order" set status = 'on_hold' where shop = $1 and "shopifyOrderId" = '3'`);
  await run(`update "ShopifyOrderCache" set "processedAt" = null where shop = $1 and id = '4'`);
  for (const table of [
    `"Order" where shop = $1 and "shopifyOrderId"`,
    `"ShopifyOrderCache" where shop = $1 and id`,
  ])
    await run(`delete from ${table} = '5'`);
  await run(
    `insert into "ShopifyFetchRequest" (shop, kind, id, reason, "fetchError") values ($1, 'order', '5', 'Missing', 'Rate limited')`,
  );
  await saveProof(pool, await proveDay({ database }, { shop, client, day: DAY, now }));

  const { orders, proof, previousDay, nextDay } = await loadProofDay(pool, { shop, asked: DAY, now });
  expect([proof.day, previousDay, nextDay]).toEqual([DAY, "2026-11-19", "2026-11-21"]);
  const ids = Object.fromEntries(
    Object.entries(orders).map(([list, { count, orders: shown }]) => [
      list,
      [count, ...shown.map(({ id }) => id)],
    ]),
  );
  expect(ids).toEqual({
    ...{ missing: [2, "5", "6"], differing: [1, "2"], held: [1, "3"], pending: [1, "4"], failed: [1, "6"] },
  });
  expect(orders.missing.orders).toMatchObject([
    {
      // Only Shopify knows it.
      ...{ number: "#5", erp: null, entry: null },
      shopify: { total: "500.0", currency: "INR" },
      wish: { reason: "Missing", error: "Rate limited" },
    },
    { number: "#6", erp: null, entry: { error: "SKU not found: NOT-THERE" } },
  ]);
  expect(orders.differing.orders).toMatchObject([
    { number: "#2", shopify: { total: "200.0" }, erp: { total: "150", currency: "INR" } },
  ]);

  // Law 11, and a day that nobody has checked.
  const elsewhere = await loadProofDay(pool, { shop: "b.myshopify.com", asked: DAY, now });
  expect([elsewhere.proof.proof, elsewhere.orders.held.count]).toEqual([null, 0]);
  await expect(loadProofDay(pool, { shop, asked: "2026-11-22", now })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(loadProofDay(pool, { shop, asked: "../x", now })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
