import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { loadJob } from "./load-job.server.ts";
import { runJob } from "./run-job.server.ts";
import { startJob } from "./start-job.server.ts";

const now = () => new Date();

/** A customer sync of a store, and workers that take it one after the other. */
const test = databaseTest.extend("sync", async ({ database }, { onCleanup }) => {
  const sim = await installInSimulatedShop(database, { orders: 3_000 });
  const workDir = await mkdtemp(path.join(tmpdir(), "dump-"));
  onCleanup(async () => {
    await sim.simulator.close();
    await rm(workDir, { recursive: true, force: true });
  });
  const { shop } = sim;
  const { id } = await startJob({ database, now }, { shop, jobType: "customers", requestedBy: "test" });
  const run = async (shutdown: AbortSignal, fetch = sim.fetch) => {
    const context = { env: sim.env, log: createLog("silent"), waker: createBulkWaker(), workDir };
    await runJob({ ...context, database, now, fetch }, { shop, id, shutdown });
    return loadJob(database.pool, { shop, id });
  };
  const started = () =>
    sim.simulator.requests().filter(({ operations }) => operations.includes("bulkOperationRunQuery")).length;
  return { ...sim, run, started };
});

test("a job that is taken over in the middle of storing goes on there and reports all of it", async ({
  sync,
  database,
}) => {
  const { shop, simulator } = sync;
  const { prisma, pool } = database;
  const customers = simulator.store.collection("customers");
  const count = customers?.count() ?? 0;
  expect(count).toBeGreaterThan(1_000);
  const stop = new AbortController();
  // The worker cannot finish its second batch before somebody else lets go of a customer in it, and then it is told to stop.
  const first = await inTransaction(pool, async (tx) => {
    const held = /\d+$/.exec(String(customers?.at(700)["id"]))?.[0];
    await tx.query(
      `insert into "ShopifyCustomerCache" ("shop", "id", "rawData", "contentHash", "rawShape", "source") values ($1, $2, '{}', 'x', 'bulk', 'dump')`,
      [shop, held],
    );
    const running = sync.run(stop.signal);
    await expect.poll(() => prisma.shopifyBulkBatch.count(), { timeout: 20_000 }).toBe(1);
    stop.abort();
    await tx.query(`delete from "ShopifyCustomerCache" where "shop" = $1 and "id" = $2`, [shop, held]);
    return { running };
  });
  expect(await first.running).toMatchObject({ status: "pending" });
  const stored = await prisma.shopifyCustomerCache.count();
  expect(stored).toBe(1_000);
  // Gone from the cache but remembered as stored: who stored it again would bring it back.
  await pool.query(`delete from "ShopifyCustomerCache" where "shop" = $1`, [shop]);

  const job = await sync.run(new AbortController().signal);
  expect(job?.status).toBe("completed");
  expect(await prisma.shopifyCustomerCache.count()).toBe(count - stored);
  const lines = job?.log.map(({ message }) => message);
  expect(lines).toContain(`Stored ${String(count)} customers: ${String(count)} new, 0 changed, 0 unchanged`);
  expect(sync.started()).toBe(1);
  expect(await prisma.shopifyBulkBatch.count()).toBe(0);
});

test("an operation whose worker died before it knew its id is taken up by the next one", async ({
  sync,
  database,
}) => {
  const stop = new AbortController();
  const first = await sync.run(stop.signal, async (input, init) => {
    const response = await sync.fetch(input, init);
    if (typeof init?.body === "string" && init.body.includes("bulkOperationRunQuery")) stop.abort();
    return response;
  });
  expect(first?.status).toBe("pending");
  expect(sync.started()).toBe(1);
  await database.pool.query(`delete from "ShopifyBulkOperation"`); // should the answer have been stored after all

  const job = await sync.run(new AbortController().signal);
  expect(job?.status).toBe("completed");
  expect(job?.log.map(({ message }) => message)).toContain(
    "Looking whether Shopify had begun when the worker stopped",
  );
  expect(sync.started()).toBe(1);
  expect(await database.prisma.shopifyBulkOperation.count()).toBe(1);
  expect(await database.prisma.shopifyCustomerCache.count()).toBeGreaterThan(1_000);
});
