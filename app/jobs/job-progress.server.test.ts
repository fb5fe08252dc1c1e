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
  expect(await look()).toMatchObject({ stretchSince: null, stretchProcessed: null });
  first.job.count({ processed: 300, skipped: 300 });
  await first.job.saveCheckpoint({ phase: "process" });
  const begun = await look();
  expect(begun).toMatchObject({ processed: 300, stretchProcessed: 300 });
  first.job.count({ processed: 50 });
  await first.job.saveCheckpoint({});
  expect(await look()).toMatchObject({
    processed: 350,
    stretchProcessed: 300,
    stretchSince: begun?.stretchSince,
  });
  await first.pause();

  const second = await work(database, id, "second");
  expect(second.claimed).toMatchObject({ processed: 350, stretchSince: null, takenOver: true });
  expect(second.claimed.checkpoint).toEqual({ phase: "process", lease: "second" });
  second.job.count({ processed: 10 });
  await second.job.saveCheckpoint({});
  expect(await look()).toMatchObject({ processed: 360, stretchProcessed: 360 });
  await second.pause();
});
