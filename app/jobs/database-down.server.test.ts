import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { loadJob } from "./load-job.server.ts";
import { pauseJob } from "./pause-job.server.ts";
import { runJob } from "./run-job.server.ts";
import { startJob } from "./start-job.server.ts";

const PATIENCE = { timeout: 30_000, interval: 50 };
const now = () => new Date();

/** A product sync, and an operator on a connection of their own, who can hold a table and end every connection of the job. */
const test = databaseTest.extend("sync", async ({ database }, { onCleanup }) => {
  const sim = await installInSimulatedShop(database, { orders: 3, seed: 2 });
  const workDir = await mkdtemp(path.join(tmpdir(), "database-down-"));
  const operator = new pg.Client({ connectionString: database.url });
  await operator.connect();
  onCleanup(async () => {
    await operator.end();
    await sim.simulator.close();
    await rm(workDir, { recursive: true, force: true });
  });
  const { shop } = sim;
  const { id } = await startJob({ database, now }, { shop, jobType: "products", requestedBy: "test" });
  const run = async () => {
    const context = { env: sim.env, database, log: createLog("silent"), now, workDir, fetch: sim.fetch };
    const end = { shop, id, shutdown: new AbortController().signal };
    await runJob({ ...context, waker: createBulkWaker() }, end);
    return loadJob(database.pool, { shop, id });
  };
  /** Waits until the job's handler waits for the table, then ends every connection but the operator's. */
  const endConnectionsAt = async (table: string, afterwards?: () => Promise<unknown>) => {
    await operator.query(`begin; lock table "${table}" in access exclusive mode`);
    const running = run();
    const waiting = async () => {
      const { rows } = await operator.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where not granted and relation = '"${table}"'::regclass`,
      );
      return rows[0]?.n;
    };
    await expect.poll(waiting, PATIENCE).toBeGreaterThan(0);
    await operator.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await operator.query("rollback");
    await afterwards?.();
    return running;
  };
  return { shop, id, operator, simulator: sim.simulator, run, endConnectionsAt };
});

test.for(["ShopifyProductCache", "Product"])(
  "a job whose connections end while it writes %s waits again, and goes on to its end with nothing to press",
  { timeout: 90_000 },
  async (table, { sync, database }) => {
    const { shop } = sync;
    const met = await sync.endConnectionsAt(table);
    expect(met).toMatchObject({
      ...{ status: "pending", errorCode: null, finishedAt: null },
      step: "The database does not answer: waiting for a worker to go on",
    });
    expect(met?.log.at(-1)).toMatchObject({ level: "warn", message: met?.step });
    expect(await sync.run()).toMatchObject({ status: "completed", errors: 0 });
    const { products } = sync.simulator.store.expectations();
    expect(await database.prisma.product.count({ where: { shop } })).toBe(products);
    // Neither asked of Shopify twice, nor blamed on a record.
    expect(await database.prisma.shopifyBulkOperation.count({ where: { shop } })).toBe(1);
    expect(
      await database.prisma.shopifyProductCache.count({ where: { shop, errorCode: { not: null } } }),
    ).toBe(0);
  },
);

test("a pause that is wished meanwhile is obeyed, not forgotten", { timeout: 90_000 }, async ({ sync }) => {
  const { shop, id } = sync;
  const met = await sync.endConnectionsAt("ShopifyProductCache", () =>
    pauseJob(sync.operator, { shop, id, by: "test" }),
  );
  expect(met).toMatchObject({ status: "paused", wish: null });
});

test("a fault of our own SQL is a failure", { timeout: 90_000 }, async ({ sync }) => {
  await sync.operator.query(
    `create function refuse() returns trigger language plpgsql as $$ begin perform * from "NoSuchTable"; return new; end $$;
     create trigger refuse before insert on "ShopifyProductCache" for each row execute function refuse()`,
  );
  expect(await sync.run()).toMatchObject({ status: "failed", errorCode: "INTERNAL" });
});
