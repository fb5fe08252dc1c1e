import { expect, onTestFinished } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { outboxChannel } from "#app/outbox/notify-outbox.server.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadScheduler } from "./load-scheduler.server.ts";
import { startWorker } from "./run-worker.server.ts";
import { startScheduler } from "./start-scheduler.server.ts";

const PATIENCE = { timeout: 25_000, interval: 50 };

test("turned on in another process, the worker is woken, looks back, and plans the next run", async ({
  database,
}) => {
  const { simulator, shop, env, fetch } = await installInSimulatedShop(database, { orders: 20 });
  onTestFinished(() => simulator.close());
  let time = new Date();
  const context = { env, database, log: createLog("silent"), now: () => time, fetch };
  // It would look by itself every ten minutes only: what wakes it is the database.
  const worker = await startWorker(context, { databaseUrl: database.url, lookEveryMs: 600_000 });
  onTestFinished(() => worker.stop());
  const listening = `select from pg_stat_activity where datname = current_database() and state = 'idle'
    and application_name = 'erp-sync-listen' and query = 'listen "${outboxChannel}"'`; // the last it listens to
  await expect.poll(async () => (await database.pool.query(listening)).rowCount, PATIENCE).toBe(1);

  const { nextRunAt } = await startScheduler(context, { shop, actor: "test", intervalMinutes: 30 });
  expect(nextRunAt).toEqual(time);
  const status = () => loadScheduler(database.pool, { shop, now: time });
  await expect.poll(async () => (await status()).lastJob?.status, PATIENCE).toBe("completed");
  const ended = await status();
  expect(ended).toMatchObject({ problem: null, lastRunAt: time, readUpTo: time });
  expect(ended.nextRunAt).toEqual(new Date(time.getTime() + 30 * 60_000));
  expect(ended.lastSuccessAt).not.toBeNull();

  time = new Date(time.getTime() + 30 * 60_000);
  await database.pool.query("select pg_notify('schedules', $1)", [shop]);
  await expect.poll(async () => (await status()).readUpTo, PATIENCE).toEqual(time);
  expect(await database.prisma.syncJob.count({ where: { shop, jobType: "look-back" } })).toBe(2);
});
