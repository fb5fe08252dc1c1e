import { expect } from "vitest";
import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countCache } from "./cache-counts.server.ts";
import { ingestPayloads } from "./ingest.server.ts";
import { listFailed } from "./list-failed.server.ts";
import { processBatches, type BatchHandler } from "./process-batches.server.ts";
import { retryFailed } from "./retry-failed.server.ts";

const shop = "one.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

async function store(pool: Pool, count: number, of = shop) {
  const payloads = Array.from({ length: count }, (_, i) => ({
    id: String(i + 1),
    shape: "bulk" as const,
    raw: "{}",
    shopifyUpdatedAt: null,
    triggeredAt: null,
    header: { title: `Product ${String(i + 1)}` },
  }));
  await ingestPayloads(pool, { shop: of, kind: "product", source: "dump", payloads, now });
}

/** A handler that leaves a trace per entry in its transaction, and throws for the ids given. */
const handler =
  (bad: readonly string[], seen: string[] = []): BatchHandler =>
  async (tx, { shop: of, entries }) => {
    for (const { id } of entries) {
      await tx.query(
        `INSERT INTO "AuditLog" (shop, actor, action, target) VALUES ($1, 'test', 'handled', $2)`,
        [of, id],
      );
      if (bad.includes(id)) throw new Error(`no ${id}`);
    }
    seen.push(...entries.map(({ id }) => id));
    return { done: entries.map(({ id }) => ({ id, outcome: "created" as const })), failed: [] };
  };

const handled = async (pool: Pool) =>
  (await pool.query<{ target: string }>(`SELECT target FROM "AuditLog" ORDER BY target::int`)).rows.map(
    ({ target }) => target,
  );

test("one bad record stops only itself: the others of its batch go through, once", async ({
  database: { pool },
}) => {
  await store(pool, 40);
  const tally = await processBatches(pool, "product", handler(["7", "31"]), { shop, limit: Infinity, now });
  expect(tally).toMatchObject({ processed: 40, created: 38, failed: 2 });
  expect(await handled(pool)).toEqual(
    Array.from({ length: 40 }, (_, i) => String(i + 1)).filter((id) => id !== "7" && id !== "31"),
  );
  expect((await countCache(pool, shop)).product).toEqual({
    total: 40,
    pending: 0,
    processed: 38,
    failed: 2,
    quarantined: 0,
  });
  const [failed] = await listFailed(pool, { shop, kind: "product", limit: 1 });
  expect(failed).toMatchObject({ id: "31", label: "Product 31", errorCode: "INTERNAL", attempts: 1 });
  expect(failed?.processingError).toContain("no 31");
});

test("a failed record is tried again later and later, then waits for a person", async ({
  database: { pool },
}) => {
  await store(pool, 1);
  let at = now;
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 10; attempt++) {
    await processBatches(pool, "product", handler(["1"]), { shop, limit: Infinity, now: at });
    const [entry] = await listFailed(pool, { shop, limit: 1 });
    if (!entry?.nextRetryAt) break;
    waits.push((entry.nextRetryAt.getTime() - at.getTime()) / 60_000);
    at = entry.nextRetryAt;
  }
  expect(waits).toEqual([1, 5, 30, 120, 480, 1440]);
  expect((await countCache(pool, shop)).product).toMatchObject({ failed: 0, quarantined: 1 });

  expect(await retryFailed(pool, { shop })).toBe(1);
  expect(
    (await processBatches(pool, "product", handler([]), { shop, limit: Infinity, now: at })).created,
  ).toBe(1);
});

test("what cannot help to be retried is quarantined at once", async ({ database: { pool } }) => {
  await store(pool, 1);
  const refuse: BatchHandler = () => Promise.reject(new AppError("VALIDATION", "never", { retry: false }));
  await processBatches(pool, "product", refuse, { shop, limit: Infinity, now });
  expect((await countCache(pool, shop)).product).toMatchObject({ quarantined: 1, pending: 0 });
});

/** What a handler writes meets another transaction: the first `times` of those are ended with this state, as they commit. */
async function conflicts(pool: Pool, state: string, { times, when }: { times: number; when: string }) {
  await pool.query(`
    CREATE SEQUENCE met;
    CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('met') <= ${String(times)} THEN RAISE SQLSTATE '${state}'; END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER meet AFTER INSERT ON "AuditLog" ${when} FOR EACH ROW WHEN (NEW.target = '7') EXECUTE FUNCTION meet()`);
}

test.for([
  ["40P01", "while it is handled", "NOT DEFERRABLE"],
  ["40001", "while it is handled", "NOT DEFERRABLE"],
  ["40001", "as it commits", "DEFERRABLE INITIALLY DEFERRED"],
] as const)(
  "a batch that meets another transaction (%s) %s is done again whole, blames nobody and counts once",
  async ([state, , when], { database: { pool } }) => {
    await store(pool, 8);
    // As often as a batch of eight would be halved until one of it were blamed.
    await conflicts(pool, state, { times: 4, when });
    const tally = await processBatches(pool, "product", handler([]), { shop, limit: 8, now });
    expect(tally).toMatchObject({ processed: 8, created: 8, failed: 0 });
    expect(await handled(pool)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  },
);

test("a batch that meets another one whenever it is tried is left as it was, and told", async ({
  database: { pool },
}) => {
  await store(pool, 8);
  await conflicts(pool, "40P01", { times: 1_000, when: "NOT DEFERRABLE" });
  const drained = processBatches(pool, "product", handler([]), { shop, limit: 8, now });
  await expect(drained).rejects.toMatchObject({ code: "40P01" });
  expect((await countCache(pool, shop)).product).toMatchObject({ pending: 8, failed: 0, quarantined: 0 });
});

test("an entry that is not due yet is left alone", async ({ database: { pool } }) => {
  await store(pool, 1);
  await processBatches(pool, "product", handler(["1"]), { shop, limit: Infinity, now });
  const tally = await processBatches(pool, "product", handler([]), {
    shop,
    limit: Infinity,
    now: new Date(now.getTime() + 59_000),
  });
  expect(tally.processed).toBe(0);
});

test("any number of workers never handle the same entry, and never another shop's", async ({
  database: { pool },
}) => {
  await store(pool, 1200);
  await store(pool, 3, "two.myshopify.com");
  const seen: string[] = [];
  const options = { shop, limit: Infinity, now };
  const tallies = await Promise.all(
    [1, 2].map(() => processBatches(pool, "product", handler([], seen), options)),
  );
  expect(tallies.reduce((sum, { created }) => sum + created, 0)).toBe(1200);
  expect(new Set(seen).size).toBe(1200);
  expect((await countCache(pool, "two.myshopify.com")).product.pending).toBe(3);
});

test("no more than asked for is taken", async ({ database: { pool } }) => {
  await store(pool, 20);
  expect(await processBatches(pool, "product", handler([]), { shop, limit: 7, now })).toMatchObject({
    processed: 7,
  });
  expect((await countCache(pool, shop)).product.pending).toBe(13);
});
