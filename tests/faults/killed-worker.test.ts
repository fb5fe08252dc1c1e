import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect } from "vitest";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { installInSimulatedShop, type SimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

/** A minute, as promised, and some for a machine that does other things too. */
const TAKEN_UP_WITHIN_MS = 75_000;
const MORE_THAN_ENOUGH_MS = 180_000;

/** A worker as production runs it, a process of its own, which reaches the simulator instead of Shopify. */
function spawnWorker(database: Database, { simulator }: SimulatedShop): ChildProcess {
  return spawn(process.execPath, ["--import", "./simulator/preload.mjs", "app/worker.ts"], {
    stdio: "ignore",
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      SIMULATOR_URL: simulator.url,
      SHOPIFY_API_KEY: simulator.apiKey,
      SHOPIFY_API_SECRET: simulator.apiSecret,
      SHOPIFY_APP_URL: "http://127.0.0.1:1",
    },
  });
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const exit = once(worker, "exit");
  worker.kill(signal);
  const [code] = (await exit) as [number | null];
  return code;
}

test(
  "a job whose worker was killed goes on in another, without losing or doubling a record",
  { timeout: MORE_THAN_ENOUGH_MS },
  async ({ database, onTestFinished }) => {
    const sim = await installInSimulatedShop(database, { orders: 1_500 });
    const { shop, simulator } = sim;
    const workers: ChildProcess[] = [];
    onTestFinished(async () => {
      for (const worker of workers) await end(worker, "SIGKILL");
      await simulator.close();
    });
    const ask = (jobType: JobType) =>
      startJob({ database, now: () => new Date() }, { shop, jobType, requestedBy: "test" });
    const look = (id: string) => loadJob(database.pool, { shop, id });

    const first = spawnWorker(database, sim);
    workers.push(first);
    const products = await ask("products");
    await expect.poll(async () => (await look(products.id))?.status, { timeout: 60_000 }).toBe("completed");

    const { id } = await ask("orders");
    // In the middle of bringing orders into the ERP: some are there, some are not.
    await expect
      .poll(() => database.prisma.order.count({ where: { shop } }), { timeout: 60_000, interval: 5 })
      .toBeGreaterThan(0);
    await end(first, "SIGKILL");
    const killedAt = Date.now();
    expect((await look(id))?.status).toBe("running");

    const second = spawnWorker(database, sim);
    workers.push(second);
    await expect
      .poll(async () => (await look(id))?.status, { timeout: TAKEN_UP_WITHIN_MS, interval: 200 })
      .toBe("completed");
    const job = await look(id);
    expect(job?.log.map((line) => line.message)).toContain("Going on where it stopped");
    expect(job).toMatchObject({ processed: job?.total, errors: 0 });
    const takenUp = job?.log.find((line) => line.message === "Going on where it stopped");
    expect((takenUp?.at.getTime() ?? Infinity) - killedAt).toBeLessThan(60_000);

    const wanted = simulator.store.expectations();
    expect(await database.prisma.order.count({ where: { shop, test: false } })).toBe(wanted.orders);
    const { rows } = await database.pool.query<{ total: string }>(
      `select sum("currentTotalAmount")::text as total from "Order" where shop = $1 and not test`,
      [shop],
    );
    expect(Number(rows[0]?.total)).toBe(Number(wanted.totals.INR));
    expect(await database.prisma.shopifyBulkOperation.count({ where: { jobId: id } })).toBe(2); // started once each

    // And a worker that is asked to end does so in order.
    expect(await end(second, "SIGTERM")).toBe(0);
  },
);
