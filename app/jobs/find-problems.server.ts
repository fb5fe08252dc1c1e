import type { Db } from "#app/lib/db.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import { jobProblem, type Problem, type WatchedJob } from "./job-problem.ts";
import { loadSchedules, type LoadedSchedule } from "./load-schedules.server.ts";
import { scheduleProblem } from "./schedule-problem.ts";

/** `jobId` null: it is the shop's schedule. */
export type FoundProblem = { shop: string; jobId: string | null; problem: Problem };

/** Every schedule and every job of shops that have the app, and what is wrong with which. */
export async function findProblems(
  db: Db,
  now: Date,
): Promise<{ schedules: LoadedSchedule[]; found: FoundProblem[] }> {
  const schedules = await loadSchedules(db, await findShops(db));
  const found: FoundProblem[] = [];
  for (const schedule of schedules) {
    const problem = scheduleProblem(schedule, now);
    if (problem) found.push({ shop: schedule.shop, jobId: null, problem });
  }
  for (const job of await findOpenJobs(db)) {
    const problem = jobProblem(job, now);
    if (problem) found.push({ shop: job.shop, jobId: job.id, problem });
  }
  return { schedules, found };
}

/** A shop with one fixed token may be known by its schedule alone. */
async function findShops(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ shop: string }>(
    `select shop from "Shop" where "uninstalledAt" is null
     union select shop from "SchedulerState" state where schedule = $1
       and not exists (select from "Shop" where shop = state.shop and "uninstalledAt" is not null)`,
    [LOOK_BACK_SCHEDULE],
  );
  return rows.map(({ shop }) => shop);
}

async function findOpenJobs(db: Db): Promise<(WatchedJob & { shop: string; id: string })[]> {
  const { rows } = await db.query<WatchedJob & { shop: string; id: string }>(
    `select shop, id, status, step, "heartbeatAt", "movedAt", "createdAt", "startedAt" from "SyncJob"
     where status in ('pending', 'running') order by "createdAt"`,
  );
  return rows;
}
