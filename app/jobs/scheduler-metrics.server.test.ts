import { Gauge, Registry } from "prom-client";
import { expect, onTestFinished } from "vitest";
import { openDatabase } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { actor, other, scheduledTest as test, shop } from "#tests/fixtures/a-scheduled-shop.ts";
import { registerSchedulerMetrics } from "./scheduler-metrics.server.ts";
import { startScheduler } from "./start-scheduler.server.ts";

test("the figures are those of the database at the time they are asked for", async ({ at, database }) => {
  const register = new Registry();
  registerSchedulerMetrics({ database, log: createLog("silent"), now: at.context.now }, register);
  const figures = async () =>
    (await register.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  await startScheduler(at.context, { shop, actor });
  await at.slots();
  at.minute(2);
  await at.end("completed");
  expect(await figures()).toEqual([
    "look_back_schedules_on 1",
    'look_back_schedules_with_problem{code="SCHEDULER_OFF"} 1',
    'look_back_schedules_with_problem{code="SCHEDULER_LATE"} 0',
    'look_back_schedules_with_problem{code="SCHEDULER_BLOCKED"} 0',
    'look_back_schedules_with_problem{code="SCHEDULER_FAILING"} 0',
    "look_back_seconds_since_success_max 0",
    'sync_jobs_with_problem{code="JOB_WAITING"} 0',
    'sync_jobs_with_problem{code="JOB_STUCK"} 0',
  ]);

  // An hour later: the first was due a moment ago, the other was turned on and has never succeeded.
  await startScheduler(at.context, { shop: other, actor });
  await at.slots();
  at.minute(62);
  expect(await figures()).toEqual([
    "look_back_schedules_on 2",
    'look_back_schedules_with_problem{code="SCHEDULER_OFF"} 0',
    'look_back_schedules_with_problem{code="SCHEDULER_LATE"} 0',
    'look_back_schedules_with_problem{code="SCHEDULER_BLOCKED"} 1',
    'look_back_schedules_with_problem{code="SCHEDULER_FAILING"} 0',
    "look_back_seconds_since_success_max 3600",
    'sync_jobs_with_problem{code="JOB_WAITING"} 1',
    'sync_jobs_with_problem{code="JOB_STUCK"} 0',
  ]);
});

test("without a database there are no figures, and the others of the process are still told", async ({
  at,
}) => {
  const register = new Registry();
  new Gauge({ name: "another", help: "of the process", registers: [register] }).set(7);
  const down = openDatabase("postgres://nobody@127.0.0.1:1/none", { poolSize: 1, applicationName: "down" });
  onTestFinished(() => down.close());
  registerSchedulerMetrics({ database: down, log: createLog("silent"), now: at.context.now }, register);
  const lines = (await register.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines).toEqual(["another 7"]);
});
