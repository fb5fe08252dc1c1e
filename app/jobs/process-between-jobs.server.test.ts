import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import type { PayloadSource } from "#app/cache/cache-tables.ts";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { processBetweenJobs } from "./process-between-jobs.server.ts";

const [big, small] = ["big.myshopify.com", "small.myshopify.com"] as const;
const now = () => new Date("2026-11-22T10:00:00Z");
const options = () => ({ now, signal: new AbortController().signal, log: createLog("silent") });

/** Stock levels are the cheapest entries there are. */
function levels(pool: Pool, shop: string, ids: readonly number[], source: PayloadSource) {
  return ingestPayloads(pool, {
    ...{ shop, kind: "inventory", source, now: now() },
    payloads: ids.map((id) => ({
      ...{
        id: `${String(id)}@1`,
        shape: "detail",
        raw: `{"quantities":[]}`,
        shopifyUpdatedAt: null,
        triggeredAt: null,
      },
      header: { shopifyInventoryItemId: String(id), shopifyLocationId: "1" },
    })),
  });
}
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i + 1);

async function pending(pool: Pool, shop: string) {
  const { rows } = await pool.query<{ source: string; count: number }>(
    `select source, count(*)::int as count from "ShopifyInventoryCache" where shop = $1 and "processedAt" is null group by 1 order by 1`,
    [shop],
  );
  return Object.fromEntries(rows.map(({ source, count }) => [source, count]));
}

const aJob = (pool: Pool, shop: string, phase: string | null, status = "running") =>
  pool.query(
    `insert into "SyncJob" (shop, id, "jobType", status, "requestedBy", checkpoint, "createdAt")
     values ($1, $2, 'orders', $4, 'test', $3, now())`,
    [shop, randomUUID(), JSON.stringify(phase === null ? {} : { phase }), status],
  );

describe("turns", () => {
  test("are fair: a shop with a big backlog takes its share and the small one has its turn in the same round", async ({
    database,
  }) => {
    await levels(database.pool, big, upTo(2500), "dump");
    await levels(database.pool, small, upTo(3), "webhook");
    expect(await processBetweenJobs(database, options())).toBe(1003);
    expect(await pending(database.pool, big)).toEqual({ dump: 1500 });
    expect(await pending(database.pool, small)).toEqual({});
  });

  test("take what webhooks brought before what waits from a dump, though that came first", async ({
    database,
  }) => {
    await levels(database.pool, big, upTo(1500), "dump");
    await levels(database.pool, big, upTo(20, 5000), "webhook");
    await processBetweenJobs(database, options());
    expect(await pending(database.pool, big)).toEqual({ dump: 520 });
  });

  test("leave a dump to the job that stores or processes it, but not what webhooks bring meanwhile", async ({
    database,
  }) => {
    await levels(database.pool, big, upTo(30), "dump");
    await levels(database.pool, big, upTo(5, 100), "lookback");
    await aJob(database.pool, big, "ingest");
    expect(await processBetweenJobs(database, options())).toBe(5);
    expect(await pending(database.pool, big)).toEqual({ dump: 30 });
  });

  test.for(["paused", "pending"])(
    "leave the dump of a job that is %s in the middle of it alone: a pause is obeyed, and its worker counts it",
    async (status, { database }) => {
      await levels(database.pool, big, upTo(30), "dump");
      await levels(database.pool, big, upTo(5, 100), "webhook");
      await aJob(database.pool, big, "process", status);
      expect(await processBetweenJobs(database, options())).toBe(5);
      expect(await pending(database.pool, big)).toEqual({ dump: 30 });
      await database.pool.query(`update "SyncJob" set status = 'cancelled'`);
      expect(await processBetweenJobs(database, options())).toBe(30);
    },
  );

  test("do not wait for a job that is still being collected at Shopify", async ({ database }) => {
    await levels(database.pool, big, upTo(30), "dump");
    await aJob(database.pool, big, null);
    expect(await processBetweenJobs(database, options())).toBe(30);
  });

  test("of several workers at once never touch the same entry", async ({ database }) => {
    await levels(database.pool, big, upTo(3000), "dump");
    const taken = await Promise.all([1, 2, 3].map(() => processBetweenJobs(database, options())));
    expect(taken.reduce((sum, count) => sum + count)).toBe(3000);
    // One that was taken twice would leave another one behind.
    expect(await pending(database.pool, big)).toEqual({});
  });

  test("of a shop in trouble (settings nobody can read) do not stop the others'", async ({
    database: { pool },
    database,
  }) => {
    await pool.query(`insert into "Shop" (shop, settings) values ($1, '{"paymentRules": "no list"}')`, [big]);
    const order = (id: string) => ({
      id,
      shape: "rest" as const,
      raw: "{}",
      shopifyUpdatedAt: null,
      triggeredAt: null,
    });
    await ingestPayloads(pool, {
      shop: big,
      kind: "order",
      source: "webhook",
      payloads: [order("1")],
      now: now(),
    });
    await levels(pool, small, upTo(3), "webhook");
    await processBetweenJobs(database, options());
    expect(await pending(pool, small)).toEqual({});
  });
});

test("a delivery is logged as processed when its record is, however many brought it", async ({
  database: { pool },
  database,
}) => {
  const deliver = (updated: string, of: string) =>
    ingestDelivery(pool, {
      ...{
        shop: of,
        webhookId: randomUUID(),
        eventId: null,
        topic: "inventory_levels/update",
        apiVersion: null,
        triggeredAt: updated,
      },
      ...{ body: Buffer.from("{}"), kind: "inventory", recordId: "1@1", isNews: false, now: now() },
      payload: {
        ...{
          id: "1@1",
          shape: "rest",
          raw: `{"available":1,"updated_at":"${updated}"}`,
          shopifyUpdatedAt: updated,
          triggeredAt: updated,
        },
        header: { shopifyInventoryItemId: "1", shopifyLocationId: "1" },
      },
    });
  await deliver("2026-11-22T09:00:00Z", small);
  await deliver("2026-11-22T09:01:00Z", small);
  const processed = async () =>
    (await pool.query<{ at: Date | null }>(`select "processedAt" as at from "WebhookDelivery"`)).rows.map(
      ({ at }) => at,
    );
  expect(await processed()).toEqual([null, null]);
  await processBetweenJobs(database, options());
  expect(await processed()).toEqual([now(), now()]);
});
