import { expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import type { PayloadShape, PayloadSource } from "./cache-tables.ts";
import { findNewer } from "./find-newer.server.ts";
import { ingestPayloads } from "./ingest.server.ts";
import { recordMissedUpdates } from "./record-missed-updates.server.ts";

const shop = "kurta-house.myshopify.com";
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 25, 10, minutes));
const now = at(30);

async function aShop(pool: Pool) {
  await pool.query(`INSERT INTO "Shop" (shop, "installedAt") VALUES ($1, $2)`, [shop, at(0)]);
}

/** @param afterMs how long after the second of its change it was told */
const tell = (
  pool: Pool,
  id: string,
  minute: number,
  source: PayloadSource,
  shape: PayloadShape,
  afterMs = 1_500,
  receivedAt = now,
) =>
  ingestPayloads(pool, {
    ...{ shop, kind: "order", source, now: receivedAt },
    payloads: [
      {
        ...{ id, shape, shopifyUpdatedAt: at(minute).toISOString() },
        triggeredAt: new Date(at(minute).getTime() + afterMs).toISOString(),
        raw: JSON.stringify({ id, minute, shape }),
      },
    ],
  });

const record = (pool: Pool, since = now) => recordMissedUpdates(pool, { shop, kind: "order", since, now });

test("only what a look-back alone told, after the install and not just now", async ({
  database: { pool },
}) => {
  await aShop(pool);
  await tell(pool, "before the install", -1, "lookback", "detail");
  await tell(pool, "just now", 26, "lookback", "detail");
  await tell(pool, "told by webhook too", 10, "lookback", "detail");
  await tell(pool, "told by webhook too", 10, "webhook", "rest");
  await tell(pool, "told by webhook since", 10, "lookback", "detail");
  await tell(pool, "told by webhook since", 12, "webhook", "rest");
  await tell(pool, "fetched because of news", 10, "fetch", "detail");
  await tell(pool, "lost", 10, "webhook", "rest");
  await tell(pool, "lost", 11, "lookback", "detail");
  await tell(pool, "never told", 12, "lookback", "bulk");
  expect(await record(pool)).toBe(2);
  expect(await record(pool)).toBe(0);
  expect(
    (await pool.query<object>(`SELECT id, "shopifyUpdatedAt" AS at FROM "ShopifyMissedUpdate" ORDER BY 2`))
      .rows,
  ).toEqual([
    { id: "lost", at: at(11) },
    { id: "never told", at: at(12) },
  ]);
});

test("what an earlier look-back stored is not found again", async ({ database: { pool } }) => {
  await aShop(pool);
  await tell(pool, "1", 10, "lookback", "detail");
  expect(await record(pool, at(31))).toBe(0);
  expect(await record(pool)).toBe(1);
});

test("newer is what the cache does not know, or only in an older state, whatever shape told it", async ({
  database: { pool },
}) => {
  await tell(pool, "same", 10, "webhook", "rest");
  await tell(pool, "older", 9, "dump", "bulk");
  await tell(pool, "newer", 11, "dump", "bulk");
  // Shopify's times are whole seconds: more may have happened in the same one.
  await tell(pool, "within its second", 10, "webhook", "rest", 300);
  await tell(pool, "asked within its second", 10, "fetch", "detail", 999);
  // A dump may have read it within its second, unless its file came long after.
  await tell(pool, "dumped soon after", 10, "dump", "bulk");
  await tell(pool, "dumped long after", 10, "dump", "bulk", 1_500, at(71));
  const named = [
    ...["same", "older", "newer", "unknown", "within its second", "asked within its second"],
    ...["dumped soon after", "dumped long after"],
  ];
  const records = named.map((id) => ({
    id,
    updatedAt: at(10).toISOString(),
  }));
  expect(await findNewer(pool, { shop, kind: "order", records })).toEqual([
    ...["older", "unknown", "within its second", "asked within its second", "dumped soon after"],
  ]);
  expect(await findNewer(pool, { shop: "other.myshopify.com", kind: "order", records })).toHaveLength(8);
});
