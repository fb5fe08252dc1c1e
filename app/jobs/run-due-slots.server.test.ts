import { expect, onTestFinished } from "vitest";
import { inTransaction, openDatabase } from "#app/lib/db.server.ts";
import {
  START,
  actor,
  minutesAfter,
  other,
  scheduledTest as test,
  shop,
} from "#tests/fixtures/a-scheduled-shop.ts";
import { takeSlot } from "./run-due-slots.server.ts";
import { startScheduler } from "./start-scheduler.server.ts";

test("five workers look at once, each with connections of its own: one run a slot, in every slot", async ({
  at,
  database,
}) => {
  const workers = Array.from({ length: 5 }, () =>
    openDatabase(database.url, { poolSize: 2, applicationName: "worker" }),
  );
  try {
    await startScheduler(at.context, { shop, actor });
    for (let slot = 0; slot < 10; slot++) {
      at.minute(slot * 60);
      const taken = await Promise.all(workers.map(({ pool }) => at.slots(pool)));
      expect(taken.reduce((sum, count) => sum + count)).toBe(1);
      await at.end("completed");
    }
    expect(await at.jobs()).toHaveLength(10);
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
  }
});

test("slots missed in a downtime run once, at once, and the rhythm begins anew", async ({ at }) => {
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  await at.end("completed");
  at.minute(7 * 60 + 20);
  expect((await at.status()).problem).toMatchObject({
    code: "SCHEDULER_LATE",
    message: "The next run is overdue by 6 h 20 min: no worker takes it.",
  });
  expect(await at.slots()).toBe(1);
  await at.end("completed");
  expect(await at.slots()).toBe(0);
  expect(await at.jobs()).toHaveLength(2);
  const { nextRunAt, problem } = await at.status();
  expect(minutesAfter(nextRunAt)).toBe(8 * 60 + 20);
  expect(problem).toBeNull();
});

test("a worker killed anywhere in taking a slot has taken nothing: the next one takes it", async ({
  at,
  database,
}) => {
  await startScheduler(at.context, { shop, actor });
  // Killed after its last statement, before the commit: the slot is claimed and the job inserted, and neither is there.
  const killing = openDatabase(database.url, { poolSize: 1, applicationName: "killed" });
  await database.pool.query(
    `create function kill() returns trigger language plpgsql as $$ begin
       perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
     create constraint trigger kill after update on "SchedulerState" initially deferred for each row
       when (new."lastJobId" is not null) execute function kill()`,
  );
  await expect(takeSlot(killing.pool, { shop, now: START })).rejects.toThrow(/terminat/);
  await database.pool.query(`drop trigger kill on "SchedulerState"`);
  await killing.close();
  expect(await at.jobs()).toEqual([]);
  expect(await at.status()).toMatchObject({
    nextRunAt: START,
    lastRunAt: null,
    lastJob: null,
    lastResult: null,
  });

  expect(await at.slots()).toBe(1);
  expect(await at.jobs()).toEqual(["pending by schedule"]);
});

test("a slot another worker is just taking is passed over, not waited for", async ({ at, database }) => {
  await startScheduler(at.context, { shop, actor });
  const url = `${database.url}?options=-c%20lock_timeout%3D2000`;
  const impatient = openDatabase(url, { poolSize: 1, applicationName: "impatient" });
  onTestFinished(() => impatient.close());
  await inTransaction(database.pool, async (tx) => {
    await tx.query(`select from "SchedulerState" where shop = $1 for update`, [shop]);
    expect(await takeSlot(impatient.pool, { shop, now: START })).toBeNull();
  });
  expect(await at.slots()).toBe(1);
});

for (const status of ["pending", "running", "paused"])
  test(`while a look-back is ${status} no second one starts; the slot is done and says so`, async ({
    at,
    database,
  }) => {
    await startScheduler(at.context, { shop, actor });
    await database.prisma.syncJob.create({
      data: { shop, jobType: "look-back", status, requestedBy: "person", createdAt: START },
    });
    expect(await at.slots()).toBe(1);
    const { lastResult, lastRunAt, lastJob, nextRunAt } = await at.status();
    expect(lastResult).toEqual({ at: START.toISOString(), skipped: "A look-back is still under way" });
    expect([lastRunAt, lastJob, minutesAfter(nextRunAt)]).toEqual([null, null, 60]);
    expect(await at.jobs()).toEqual([`${status} by person`]);
  });

test("a slot that can start nothing says why, counts as done and is a problem at once", async ({
  at,
  database,
}) => {
  await startScheduler(at.context, { shop, actor });
  // The news of the uninstall has not turned the schedule off yet.
  await database.prisma.shop.update({ where: { shop }, data: { uninstalledAt: START } });
  expect(await at.slots()).toBe(1);
  const { lastResult, nextRunAt, lastRunAt, problem } = await at.status();
  expect(lastResult).toEqual({
    ...{ at: START.toISOString(), code: "TOKEN_REFUSED" },
    message: `The app was uninstalled from ${shop}: nothing can be synced.`,
  });
  expect([minutesAfter(nextRunAt), lastRunAt]).toEqual([60, null]);
  expect(problem?.code).toBe("SCHEDULER_FAILING");
  expect(await at.jobs()).toEqual([]);
});

test("settings nobody can read stop that shop's look-back with words, and no other shop's", async ({
  at,
  database,
}) => {
  for (const name of [shop, other]) await startScheduler(at.context, { shop: name, actor });
  await database.prisma.shop.update({
    where: { shop },
    data: { settings: { scheduler: { intervalMinutes: 0 } } },
  });
  expect(await at.slots()).toBe(2);
  const state = await database.prisma.schedulerState.findFirstOrThrow({ where: { shop } });
  expect(state.lastResult).toMatchObject({ code: "VALIDATION" });
  expect(minutesAfter(state.nextRunAt)).toBe(60);
  expect(await at.jobs(other)).toEqual(["pending by schedule"]);
});

test("a shop that has one fixed token, known by no install, has a schedule too", async ({ at, database }) => {
  await database.prisma.shop.deleteMany({ where: { shop } });
  await startScheduler(at.context, { shop, actor: "cli" });
  expect(await at.slots()).toBe(1);
  expect(await at.status()).toMatchObject({ enabled: true, lastJob: { status: "pending" } });
});
