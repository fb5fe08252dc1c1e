import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { loadSchedules, type LoadedSchedule } from "./load-schedules.server.ts";
import { scheduleProblem } from "./schedule-problem.ts";
import type { SchedulerStatus } from "./scheduler-status.ts";

/**
 * A shop's look-back schedule as it stands, with what is wrong with it. A shop that never turned it on is off.
 * @throws AppError VALIDATION where the shop's stored settings cannot be read
 */
export async function loadScheduler(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<SchedulerStatus> {
  const [schedule] = await loadSchedules(db, [shop]);
  if (!schedule) throw new Error(`no schedule was told for ${shop}`);
  const { intervalMinutes, lookBackHours } = (await loadSettings(db, { shop })).scheduler;
  const { enabled, lastRunAt, nextRunAt, lastResult, lastSuccessAt, cursorAt } = schedule;
  return {
    ...{ enabled, intervalMinutes, lookBackHours, lastRunAt, nextRunAt, lastResult, lastSuccessAt },
    lastJob: await loadLastJob(db, schedule),
    readUpTo: cursorAt,
    problem: scheduleProblem(schedule, now),
  };
}

async function loadLastJob(db: Db, { shop, lastJobId }: LoadedSchedule): Promise<SchedulerStatus["lastJob"]> {
  if (lastJobId === null) return null;
  const { rows } = await db.query<NonNullable<SchedulerStatus["lastJob"]>>(
    `select id, status, step, "errorCode", "errorMessage", "startedAt", "finishedAt" from "SyncJob" where shop = $1 and id = $2`,
    [shop, lastJobId],
  );
  return rows[0] ?? null;
}
