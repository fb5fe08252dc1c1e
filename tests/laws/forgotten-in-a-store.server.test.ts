/** Law 12 on a whole store: after somebody is forgotten, the same dump again finds nothing new and brings nobody back. */
import { expect } from "vitest";
import { redactCustomer } from "#app/privacy/redact-customer.server.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { tablesThatHold } from "#tests/fixtures/every-text.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dumpIntoCache, processAll } from "./a-dumped-store.ts";

test("law 12: one customer of a store, found by our own knowledge alone, with every order of theirs", async ({
  database: { pool },
}) => {
  const store = createStore({ orders: 250, seed: 21 });
  const shop = store.domain;
  await pool.query(`INSERT INTO "Shop" (shop, currency, "installedAt") VALUES ($1, 'INR', '2020-01-01')`, [
    shop,
  ]);
  await dumpIntoCache(pool, store, shop);
  await processAll(pool, shop);
  const { rows } = await pool.query<{ id: string; email: string; orders: number }>(
    `SELECT c."shopifyCustomerId" AS id, c.email, count(*)::int AS orders FROM "Customer" c
       JOIN "Order" o ON o.shop = $1 AND o."customerId" = c.id
     WHERE c.shop = $1 AND c.email IS NOT NULL AND 1 = (SELECT count(*) FROM "Customer" t WHERE t.shop = $1 AND t.email = c.email)
     GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT 1`,
    [shop],
  );
  const customer = rows[0]!;
  expect(customer.orders).toBeGreaterThan(1);
  const sums = async () =>
    (
      await pool.query<Record<string, string>>(
        `SELECT sum("totalAmount")::text AS total, sum("currentTotalAmount")::text AS current, sum("amountToCollect")::text AS collect,
           sum("receivedAmount")::text AS received, count(*)::text AS orders, string_agg(status, '' ORDER BY "shopifyOrderId") AS statuses,
           (SELECT sum(amount)::text FROM "OrderCharge" WHERE shop = $1) AS charges,
           (SELECT sum(qty + "shippedQty" * 7)::text FROM "OrderLine" WHERE shop = $1) AS units FROM "Order" WHERE shop = $1`,
        [shop],
      )
    ).rows[0];
  const before = await sums();
  const texts = [customer.email, `Customer/${customer.id}"`];
  expect(await tablesThatHold(pool, texts)).toContain("ShopifyOrderCache");

  const now = new Date();
  const nothingMore = { email: null, phone: null, orderIds: [], now };
  const counts = await redactCustomer(pool, { shop, customerId: customer.id, ...nothingMore });
  expect(counts).toMatchObject({ Customer: 1, Order: customer.orders, ShopifyCustomerCache: 1 });
  expect(await tablesThatHold(pool, texts)).toEqual([]);
  expect(await sums()).toEqual(before);

  await processAll(pool, shop);
  expect(await dumpIntoCache(pool, store, shop)).toBe(0);
  expect((await processAll(pool, shop)).orders.processed).toBe(0);
  expect(await tablesThatHold(pool, texts)).toEqual([]);
  expect(await sums()).toEqual(before);
  const forgotten = await pool.query<{ kind: string; id: string }>(
    `SELECT kind, id FROM "RedactionTombstone" WHERE shop = $1 AND kind = 'customer'`,
    [shop],
  );
  expect(forgotten.rows).toEqual([{ kind: "customer", id: customer.id }]);
}, 60_000);
