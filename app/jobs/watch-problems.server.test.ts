import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { actor, scheduledTest as test, other, shop } from "#tests/fixtures/a-scheduled-shop.ts";
import { startScheduler } from "./start-scheduler.server.ts";
import { createProblemWatch } from "./watch-problems.server.ts";

/** A log whose lines stand in a list, as `level {about} text`. */
function listLog() {
  const lines: string[] = [];
  const write = (text: string) => {
    const { level, msg, time: _, ...about } = JSON.parse(text) as Record<string, unknown>;
    lines.push(`${String(level)} ${JSON.stringify(about)} ${String(msg)}`);
  };
  return { lines, log: createLog("info", { write }) };
}

test("what goes wrong is said once, and that it is well again; one shop's trouble is its own", async ({
  at,
  database,
}) => {
  const { lines, log } = listLog();
  const watch = createProblemWatch({ database, log, now: at.context.now });
  await startScheduler(at.context, { shop, actor });
  await startScheduler(at.context, { shop: other, actor });
  await watch();
  expect(lines).toEqual([]);

  at.minute(20);
  await watch();
  at.minute(21);
  await watch();
  const next =
    "Ask whoever runs the app to check that its worker is running and reaches the database; what was missed then runs at once.";
  const late = (name: string) =>
    `warn {"shop":"${name}","code":"SCHEDULER_LATE"} The next run is overdue by 20 min 0 s: no worker takes it. ${next}`;
  expect(lines.splice(0)).toEqual([late(shop), late(other)]);

  await at.slots();
  await at.end("completed", other);
  await watch();
  expect(lines.splice(0)).toEqual([
    `info {"shop":"${shop}","was":"SCHEDULER_LATE"} all is well again`,
    `info {"shop":"${other}","was":"SCHEDULER_LATE"} all is well again`,
  ]);

  // The job of the one is taken by no worker: the job is told, and the schedule that it blocks.
  at.minute(30);
  await watch();
  await watch();
  const jobId = (await at.status()).lastJob?.id;
  expect(lines.map((line) => line.slice(0, line.indexOf("}") + 1))).toEqual([
    `warn {"shop":"${shop}","code":"SCHEDULER_BLOCKED"}`,
    `warn {"shop":"${shop}","jobId":"${String(jobId)}","code":"JOB_WAITING"}`,
  ]);
});

test("a schedule that is off is said, of a shop that has uninstalled the app nothing", async ({
  at,
  database,
}) => {
  const { lines, log } = listLog();
  await database.prisma.shop.update({ where: { shop }, data: { uninstalledAt: new Date() } });
  await createProblemWatch({ database, log, now: at.context.now })();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`{"shop":"${other}","code":"SCHEDULER_OFF"}`);
});
