import type { Pool } from "pg";
import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dropOldFeed } from "./drop-old-feed.server.ts";
import { readFeed } from "./read-feed.server.ts";
import { recordChanges } from "./record-changes.server.ts";

const shop = "loom.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const tell = (pool: Pool, days: number, ...ids: string[]) =>
  inTransaction(pool, (tx) =>
    recordChanges(tx, {
      ...{ shop, now: daysAgo(days) },
      changes: ids.map((entityId) => ({ entity: "order", entityId, change: "updated", parts: [] })),
    }),
  );
const read = (pool: Pool, after: Parameters<typeof readFeed>[1]["after"], limit = 100) =>
  readFeed(pool, { shop, after, limit });
const idsOf = async (pool: Pool) => (await read(pool, null)).changes.map(({ entityId }) => entityId);
/** What another test's transaction holds back is not dropped either: so again, until nobody does. */
const drop = (pool: Pool) => dropOldFeed(pool, { shop, now });

test("what is older than the shop keeps goes from the beginning on, and a cursor of before is told so", async ({
  database: { pool },
}) => {
  await tell(pool, 40, "a", "b");
  await tell(pool, 31, "c");
  await tell(pool, 29, "d");
  // Stamped early by a run that began long ago: behind a younger row nothing is dropped, for what is gone is always a beginning.
  await tell(pool, 35, "late");
  await expect.poll(() => idsOf(pool)).toEqual(["a", "b", "c", "d", "late"]);
  const after = (await read(pool, null, 1)).next;
  const last = (await read(pool, null, 3)).next;
  expect(await drop(pool)).toBe(3);
  expect(await drop(pool)).toBe(0);

  await expect(read(pool, after)).rejects.toMatchObject({
    code: "FEED_EXPIRED",
    message: expect.stringMatching(/not kept/),
  });
  expect(await idsOf(pool)).toEqual(["d", "late"]);
  // Who had read all that is gone has missed nothing.
  expect((await read(pool, last)).changes.map(({ entityId }) => entityId)).toEqual(["d", "late"]);
});

test("of a feed that is dropped whole the newest cursor is good still", async ({ database: { pool } }) => {
  await tell(pool, 40, "a", "b");
  await expect.poll(() => idsOf(pool)).toEqual(["a", "b"]);
  const { next } = await read(pool, null);
  const first = (await read(pool, null, 1)).next;
  expect(await drop(pool)).toBe(2);
  expect(await read(pool, next)).toEqual({ changes: [], next, hasMore: false, heldBackSince: null });
  expect((await read(pool, null)).next).toEqual(next);
  expect((await read(pool, "now")).next).toEqual(next);
  await expect(read(pool, first)).rejects.toMatchObject({ code: "FEED_EXPIRED" });
});

test("the shop says for how long; batches go on where the last one ended; another shop's feed stays", async ({
  database: { pool },
}) => {
  await pool.query(`insert into "Shop" (shop) values ($1)`, [shop]);
  await saveSettings(pool, { shop, patch: { feedRetentionDays: 7 }, actor: "test", now });
  const other = "other.myshopify.com";
  for (const of of [shop, other])
    await pool.query(
      `insert into "ChangeFeed" (shop, entity, "entityId", change, at)
       select $1, 'order', n::text, 'updated', $2 from generate_series(1, 12000) n`,
      [of, daysAgo(8)],
    );
  await tell(pool, 6, "young");
  await expect
    .poll(async () => (await readFeed(pool, { shop, after: "now", limit: 1 })).heldBackSince)
    .toBeNull();
  // Two workers at once.
  const [one, two] = await Promise.all([drop(pool), drop(pool)]);
  expect(one + two).toBe(12_000);
  expect(await idsOf(pool)).toEqual(["young"]);
  const { rows } = await pool.query(`select from "ChangeFeed" where shop = $1`, [other]);
  expect(rows).toHaveLength(12_000);
});
