import { expect } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { claimJob } from "./claim-job.server.ts";
import { watchJob } from "./job-progress.server.ts";
import { loadJob } from "./load-job.server.ts";
import { settleJob } from "./settle-job.server.ts";
import { startJob } from "./start-job.server.ts";

const shop = "one.myshopify.com";

/** A worker that has the job, until `pause` gives it back. */
async function work(database: Database, id: string, lease: string) {
  const claimed = await claimJob(database.pool, { shop, id, lease });
  if (!claimed) throw new Error("the job is not free");
  const job = watchJob(database, claimed, {
    lease,
    log: createLog("silent"),
    shutdown: new AbortController().signal,
  });
  const pause = async () => {
    await job.close();
    await settleJob(database.pool, { shop, id, lease, status: "pending", step: "Paused" });
  };
  return { job, claimed, pause };
}

test("a job's pace is counted anew by each worker, without what is counted all at once", async ({
  database,
}) => {
  const now = () => new Date();
  await database.prisma.shop.create({ data: { shop } });
  const { id } = await startJob({ database, now }, { shop, jobType: "products", requestedBy: "test" });
  const look = () => loadJob(database.pool, { shop, id });

  const first = await work(database, id, "first");
  await first.job.saveCheckpoint({ phase: "ingest" });
  expect(await look()).toMatchObject({ stretchSince: null, stretchFrom: null });
  first.job.advance({ what: "storing products", done: 500, of: 900 });
  await first.job.saveCheckpoint({});
  first.job.advance({ what: "storing products", done: 900, of: 900 });
  await first.job.saveCheckpoint({});
  expect(await look()).toMatchObject({ processed: 0, stretchFrom: 500, stretchDone: 900, stretchOf: 900 });
  first.job.count({ processed: 300, skipped: 300 });
  await first.job.saveCheckpoint({ phase: "process" });
  const begun = await look();
  expect(begun).toMatchObject({ processed: 300, stretchFrom: 300, stretchDone: 300, stretchOf: null });
  first.job.count({ processed: 50 });
  await first.job.saveCheckpoint({});
  expect(await look()).toMatchObject({
    processed: 350,
    ...{ stretchFrom: 300, stretchDone: 350, stretchOf: null },
    stretchSince: begun?.stretchSince,
  });
  await first.pause();

  const second = await work(database, id, "second");
  expect(second.claimed).toMatchObject({ processed: 350, stretchSince: null, takenOver: true });
  expect(second.claimed.checkpoint).toEqual({ phase: "process", lease: "second" });
  second.job.count({ processed: 10 });
  await second.job.saveCheckpoint({});
  expect(await look()).toMatchObject({ processed: 360, stretchFrom: 360 });
  await second.pause();
});

test("a worker whose job another has taken writes nothing more, and hears that it lost it", async ({
  database,
}) => {
  const { id } = await database.prisma.syncJob.create({
    data: { shop, jobType: "products", requestedBy: "test" },
  });
  const { job, pause } = await work(database, id, "first");
  await database.pool.query(
    `update "SyncJob" set "checkpoint" = "checkpoint" || '{"lease": "second"}' where shop = $1 and id = $2`,
    [shop, id],
  );
  const before = await database.prisma.syncJob.findFirstOrThrow({ where: { shop, id } });
  job.count({ processed: 5, created: 5 });
  job.setTotal(7);
  job.step("Storing products: 5 of 7");
  await job.saveCheckpoint({ phase: "process" });
  expect(job.signal.reason).toMatchObject({ reason: "lost" });
  expect(() => {
    job.throwIfStopped();
  }).toThrow();
  await pause();
  expect(await database.prisma.syncJob.findFirstOrThrow({ where: { shop, id } })).toEqual(before);
  expect(await database.prisma.syncJobLog.count()).toBe(0);
});

test("a heartbeat alone is no movement; whatever the handler does or says is, the same words again included", async ({
  database,
}) => {
  const { id } = await database.prisma.syncJob.create({
    data: { shop, jobType: "products", requestedBy: "test" },
  });
  const lease = "a lease";
  const claimed = await claimJob(database.pool, { shop, id, lease });
  if (!claimed) throw new Error("not claimed");
  const shutdown = new AbortController().signal;
  const job = watchJob(database, claimed, { lease, log: createLog("silent"), shutdown });
  /** When it moved, once a heartbeat later than `after` has been written. */
  const movedAfterBeat = async (after: Date) => {
    let found = await loadJob(database.pool, { shop, id });
    await expect
      .poll(
        async () => {
          found = await loadJob(database.pool, { shop, id });
          return (found?.heartbeatAt?.getTime() ?? 0) > after.getTime();
        },
        { timeout: 10_000, interval: 50 },
      )
      .toBe(true);
    return { beat: found?.heartbeatAt ?? after, moved: found?.movedAt ?? null };
  };
  try {
    const never = await movedAfterBeat(claimed.heartbeatAt ?? new Date());
    expect(never.moved).toBeNull();

    job.step("Shopify is collecting orders: 5 records so far", { log: false });
    const first = await movedAfterBeat(never.beat);
    expect(first.moved).toEqual(first.beat);
    const still = await movedAfterBeat(first.beat);
    expect(still.moved).toEqual(first.moved);

    job.step("Shopify is collecting orders: 5 records so far", { log: false });
    const again = await movedAfterBeat(still.beat);
    expect(again.moved).toEqual(again.beat);
    job.count({ processed: 1 });
    const counted = await movedAfterBeat(again.beat);
    expect(counted.moved).toEqual(counted.beat);
  } finally {
    await job.close();
  }
});
