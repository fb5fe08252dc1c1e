import type { Pool } from "pg";
import { expect, onTestFinished } from "vitest";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import {
  START,
  actor,
  minutesAfter,
  other,
  scheduledTest as test,
  shop,
} from "#tests/fixtures/a-scheduled-shop.ts";
import { pauseJob } from "./pause-job.server.ts";
import { startScheduler } from "./start-scheduler.server.ts";
import { stopScheduler } from "./stop-scheduler.server.ts";
import { triggerScheduler } from "./trigger-scheduler.server.ts";
import { uninstallShop } from "./uninstall-shop.server.ts";

/** Holds the shop's schedule, until the test ends at the latest: whoever locks the shop before it gets no further. */
async function holdSchedule(pool: Pool) {
  const holder = await pool.connect();
  let isHeld = true;
  const letGo = () => {
    if (isHeld) holder.release(true);
    isHeld = false;
  };
  onTestFinished(letGo);
  await holder.query("begin");
  await holder.query(`select from "SchedulerState" where shop = $1 for update`, [shop]);
  const waiting = async () => (await pool.query(`select from pg_locks where not granted`)).rowCount;
  return { letGo, waiting };
}

test("off until a person starts it: no slot, and that is said", async ({ at }) => {
  expect(await at.slots()).toBe(0);
  expect(await at.status()).toEqual({
    ...{ enabled: false, intervalMinutes: 60, lookBackHours: 24, lastRunAt: null, nextRunAt: null },
    ...{ lastJob: null, lastSuccessAt: null, lastResult: null, readUpTo: null },
    problem: expect.objectContaining({ code: "SCHEDULER_OFF" }) as unknown,
  });
});

test("started, it runs at once and then every interval, and says what came of it", async ({ at }) => {
  const started = await startScheduler(at.context, { shop, actor, intervalMinutes: 15, lookBackHours: 48 });
  expect(started).toMatchObject({ enabled: true, intervalMinutes: 15, lookBackHours: 48, nextRunAt: START });
  expect(await at.slots()).toBe(1);
  expect(await at.slots()).toBe(0);
  expect(await at.jobs()).toEqual(["pending by schedule"]);
  const taken = await at.status();
  expect(taken).toMatchObject({ lastRunAt: START, lastJob: { status: "pending" }, problem: null });
  expect(taken.lastResult).toEqual({ at: START.toISOString(), started: taken.lastJob?.id });
  expect(minutesAfter(taken.nextRunAt)).toBe(15);

  at.minute(3);
  await at.end("completed");
  expect(minutesAfter((await at.status()).lastSuccessAt)).toBe(3);
  at.minute(14.9);
  expect(await at.slots()).toBe(0);
  at.minute(15);
  expect(await at.slots()).toBe(1);
  expect(await at.jobs()).toEqual(["completed by schedule", "pending by schedule"]);
  expect(await at.audited()).toEqual([`${actor} settings.save`, `${actor} scheduler.start`]);
});

test("starting one that is on changes its settings and nothing else", async ({ at }) => {
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  at.minute(10);
  await startScheduler(at.context, { shop, actor });
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(60);
  await startScheduler(at.context, { shop, actor, lookBackHours: 12 });
  expect(await at.status()).toMatchObject({ lookBackHours: 12, intervalMinutes: 60 });
  expect(await at.audited()).toEqual([`${actor} scheduler.start`, `${actor} settings.save`]);
});

test("an interval or hours out of range are refused and start nothing", async ({ at }) => {
  await expect(startScheduler(at.context, { shop, actor, intervalMinutes: 4 })).rejects.toMatchObject({
    code: "VALIDATION",
    message: expect.stringContaining("scheduler.intervalMinutes") as unknown,
  });
  expect(await at.status()).toMatchObject({ enabled: false, intervalMinutes: 60 });
});

test("a new interval counts from where the old one began, and a slot that would be past is due now", async ({
  at,
  database,
}) => {
  const save = (intervalMinutes: number) =>
    saveSettings(database.pool, {
      ...{ shop, actor, now: at.context.now() },
      patch: { scheduler: { intervalMinutes } },
    });
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  await at.end("completed");
  at.minute(10);
  await save(30);
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(30);
  await save(120);
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(120);
  await save(5);
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(10);
  expect(await at.slots()).toBe(1);
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(15);
  // Overdue stays overdue, and is not made to look as if all were well.
  at.minute(200);
  await save(1440);
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(15);
});

test("a new interval of a shop that is off, and of another shop, moves nothing", async ({ at, database }) => {
  await startScheduler(at.context, { shop: other, actor });
  await at.slots();
  await saveSettings(database.pool, {
    shop,
    actor,
    now: START,
    patch: { scheduler: { intervalMinutes: 5 } },
  });
  expect((await at.status()).nextRunAt).toBeNull();
  expect(minutesAfter((await at.status(other)).nextRunAt)).toBe(60);
});

test("stopped, no slot is taken, and the look-back under way goes on", async ({ at }) => {
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  const stopped = await stopScheduler(at.context, { shop, actor });
  expect(stopped).toMatchObject({ enabled: false, nextRunAt: null, lastJob: { status: "pending" } });
  at.minute(600);
  expect(await at.slots()).toBe(0);
  expect(await at.jobs()).toEqual(["pending by schedule"]);
  await stopScheduler(at.context, { shop, actor });
  expect(await at.audited()).toEqual([`${actor} scheduler.start`, `${actor} scheduler.stop`]);
});

test("triggered by a person it runs now, and the next slot counts from now", async ({ at }) => {
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  await at.end("completed");
  at.minute(50);
  const job = await triggerScheduler(at.context, { shop, requestedBy: actor });
  expect(job).toMatchObject({ jobType: "look-back", status: "pending", requestedBy: actor });
  const status = await at.status();
  expect(status.lastJob?.id).toBe(job.id);
  expect(minutesAfter(status.lastRunAt)).toBe(50);
  expect(minutesAfter(status.nextRunAt)).toBe(110);
  await expect(triggerScheduler(at.context, { shop, requestedBy: actor })).rejects.toMatchObject({
    code: "JOB_ALREADY_RUNNING",
  });
});

test("a trigger repeated with its key, after other runs, moves nothing", async ({ at }) => {
  await startScheduler(at.context, { shop, actor });
  const request = { shop, requestedBy: actor, idempotencyKey: "key" };
  const { id } = await triggerScheduler(at.context, request);
  await at.end("completed");
  at.minute(60);
  await at.slots();
  await at.end("completed");
  const before = await at.status();
  expect((await triggerScheduler(at.context, request)).id).toBe(id);
  expect(await at.status()).toEqual(before);
});

test("an interval saved while somebody triggers a run counts for the next slot", async ({ at, database }) => {
  const { pool } = database;
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  await at.end("completed");
  at.minute(50);
  const held = await holdSchedule(pool);
  const patch = { scheduler: { intervalMinutes: 5 } };
  const saving = saveSettings(pool, { shop, actor, now: at.context.now(), patch });
  await expect.poll(held.waiting).toBe(1);
  const triggering = triggerScheduler(at.context, { shop, requestedBy: actor }); // waits for what is being saved
  await expect.poll(held.waiting).toBe(2);
  held.letGo();
  await Promise.all([saving, triggering]);
  expect(minutesAfter((await at.status()).nextRunAt)).toBe(55);
});

test("triggered while it is off it runs, and stays off", async ({ at }) => {
  const { id } = await triggerScheduler(at.context, { shop, requestedBy: actor });
  expect(await at.status()).toMatchObject({
    enabled: false,
    nextRunAt: null,
    lastRunAt: START,
    lastJob: { id },
  });
});

test("an uninstalled shop has no slots and starts none; installed again it is off until a person starts it", async ({
  at,
  database,
}) => {
  await startScheduler(at.context, { shop, actor });
  await uninstallShop(database.pool, { shop, at: new Date(START.getTime() + 1000), now: START });
  at.minute(60);
  expect(await at.slots()).toBe(0);
  const refusal = { code: "TOKEN_REFUSED" };
  await expect(startScheduler(at.context, { shop, actor })).rejects.toMatchObject(refusal);
  await expect(triggerScheduler(at.context, { shop, requestedBy: actor })).rejects.toMatchObject(refusal);
  await recordInstall(database.pool, { shop, scopes: [], profile: null, now: at.context.now() });
  expect(await at.slots()).toBe(0);
  await startScheduler(at.context, { shop, actor });
  expect(await at.slots()).toBe(1);
});

test("a job asked for while the shop is being uninstalled waits for that, and is refused", async ({
  at,
  database,
}) => {
  const { pool } = database;
  await startScheduler(at.context, { shop, actor });
  const held = await holdSchedule(pool);
  // It has ended the jobs there were, and gets no further.
  const uninstalling = uninstallShop(pool, { shop, at: new Date(START.getTime() + 1000), now: START });
  await expect.poll(held.waiting).toBe(1);
  const refused = expect(triggerScheduler(at.context, { shop, requestedBy: actor })).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
  });
  await expect.poll(held.waiting).toBe(2);
  held.letGo();
  await Promise.all([uninstalling, refused]);
  expect(await at.jobs()).toEqual([]);
});

test("failures are a problem from the second on, until one succeeds; a pause blocks", async ({
  at,
  database,
}) => {
  await startScheduler(at.context, { shop, actor });
  const run = async (hour: number, status: "completed" | "failed") => {
    at.minute(hour * 60);
    await at.slots();
    await at.end(status);
    return (await at.status()).problem?.code ?? null;
  };
  expect(await run(0, "failed")).toBeNull();
  expect(await run(1, "failed")).toBe("SCHEDULER_FAILING");
  expect(await run(2, "completed")).toBeNull();
  at.minute(180);
  await at.slots();
  await pauseJob(database.pool, { shop, by: "test", id: (await at.status()).lastJob?.id ?? "" });
  expect((await at.status()).problem?.code).toBe("SCHEDULER_BLOCKED");
});

test("two shops do not see each other's schedules, jobs and results", async ({ at }) => {
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  await at.end("failed");
  expect(await at.status(other)).toMatchObject({
    enabled: false,
    lastJob: null,
    lastResult: null,
    lastSuccessAt: null,
  });
  await startScheduler(at.context, { shop: other, actor, intervalMinutes: 5 });
  at.minute(5);
  expect(await at.slots()).toBe(1);
  await at.end("completed", other);
  expect(await at.jobs()).toEqual(["failed by schedule"]);
  await stopScheduler(at.context, { shop: other, actor });
  expect(await at.status()).toMatchObject({ enabled: true, intervalMinutes: 60, lastSuccessAt: null });
});
