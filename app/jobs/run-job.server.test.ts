import { access, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { createBulkWaker, type BulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import { loadJob } from "./load-job.server.ts";
import { runJob } from "./run-job.server.ts";
import { startJob } from "./start-job.server.ts";
import { uninstallShop } from "./uninstall-shop.server.ts";

const now = () => new Date();

/** A product sync of a shop, whose bulk operation takes a few seconds. */
const test = databaseTest.extend("sync", async ({ database }, { onCleanup }) => {
  const sim = await installInSimulatedShop(database, { orders: 3, bulkRunDelayMs: 4_000 });
  const workDir = await mkdtemp(path.join(tmpdir(), "run-job-"));
  onCleanup(async () => {
    await sim.simulator.close();
    await rm(workDir, { recursive: true, force: true });
  });
  const { shop } = sim;
  const { id } = await startJob({ database, now }, { shop, jobType: "products", requestedBy: "test" });
  const run = async (waker: BulkWaker = createBulkWaker()) => {
    const context = {
      env: sim.env,
      database,
      log: createLog("silent"),
      now,
      waker,
      workDir,
      fetch: sim.fetch,
    };
    await runJob(context, { shop, id, shutdown: new AbortController().signal });
    return loadJob(database.pool, { shop, id });
  };
  return { shop, id, workDir, run };
});

test("a bare Response, as the Shopify library throws it, fails the job in words and nothing else", async ({
  sync,
}) => {
  const waker: BulkWaker = {
    ...createBulkWaker(),
    sleep: () =>
      Promise.resolve().then(() => {
        AbortSignal.abort(new Response(null, { status: 500 })).throwIfAborted();
      }),
  };
  expect(await sync.run(waker)).toMatchObject({
    status: "failed",
    errorCode: "INTERNAL",
    errorMessage: "Something went wrong on our side: HTTP 500",
    // Its words may end without a full stop, and the next step follows them.
    step: "Something went wrong on our side: HTTP 500. The entry is kept and tried again; if it stays, send its id to support.",
  });
});

test("a worker that fails after another has taken its job leaves the job and its downloads to that one", async ({
  sync,
  database,
}) => {
  const { shop, id, workDir } = sync;
  const folder = folderOfJob({ workDir }, { shop, id });
  const waker: BulkWaker = {
    ...createBulkWaker(),
    sleep: async () => {
      await database.pool.query(
        `update "SyncJob" set "checkpoint" = "checkpoint" || '{"lease":"another"}' where "shop" = $1 and "id" = $2`,
        [shop, id],
      );
      await mkdir(folder, { recursive: true });
      throw new Error("what it met meanwhile");
    },
  };
  expect(await sync.run(waker)).toMatchObject({ status: "running", errorCode: null });
  await access(folder);
});

test("a running job ends when its shop uninstalls the app", async ({ sync, database }) => {
  const running = sync.run();
  await expect.poll(() => database.prisma.shopifyBulkOperation.count(), { timeout: 20_000 }).toBe(1);
  await uninstallShop(database.pool, { shop: sync.shop, at: now(), now: now() });
  // By its wish; or by the token it lacks, if it asks for that first.
  expect((await running)?.status).toMatch(/^(cancelled|failed)$/);
});
