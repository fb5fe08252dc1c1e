import type { Db } from "#app/lib/db.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import type { WatchedSchedule } from "./schedule-problem.ts";
import type { JobStatus } from "./sync-job.ts";

/** What stands in the database of a shop's schedule and of its look-backs. */
export type LoadedSchedule = WatchedSchedule & {
  shop: string;
  lastRunAt: Date | null;
  lastJobId: string | null;
  cursorAt: Date | null;
  lastSuccessAt: Date | null;
  /** When a look-back was asked for the first time. */
  firstAskedAt: Date | null;
};

type Row = Omit<LoadedSchedule, "open"> & {
  status: JobStatus | null;
  step: string | null;
  heartbeatAt: Date | null;
  movedAt: Date | null;
  createdAt: Date | null;
  startedAt: Date | null;
};

/**
 * One for each shop named, one that was never turned on included, in the order of their names. Of the look-backs, of which there
 * are a hundred thousand a year at most, it reads the first and the last few: one runs at a time, so the newest ended last.
 */
export async function loadSchedules(db: Db, shops: readonly string[]): Promise<LoadedSchedule[]> {
  const { rows } = await db.query<Row>(
    `select known.shop, coalesce(state.enabled, false) as enabled, state."lastRunAt", state."nextRunAt", state."lastResult",
       state."lastJobId", state."cursorAt", ended.ended, good."lastSuccessAt", good."firstAskedAt",
       open.status, open.step, open."heartbeatAt", open."movedAt", open."createdAt", open."startedAt"
     from unnest($1::text[]) as known(shop)
     left join "SchedulerState" state on state.shop = known.shop and state.schedule = $2
     left join "SyncJob" open
       on open.shop = known.shop and open."jobType" = 'look-back' and open.status in ('pending', 'running', 'paused')
     cross join lateral (
       select coalesce(jsonb_agg(to_jsonb(job)), '[]') as ended from (
         select status, "errorCode", "errorMessage" from "SyncJob"
         where shop = known.shop and "jobType" = 'look-back' and status in ('completed', 'failed')
         order by "createdAt" desc, id desc limit 2) job
     ) ended
     cross join lateral (
       select (
         select "finishedAt" from "SyncJob" where shop = known.shop and "jobType" = 'look-back' and status = 'completed'
         order by "createdAt" desc, id desc limit 1) as "lastSuccessAt", (
         select "createdAt" from "SyncJob" where shop = known.shop and "jobType" = 'look-back'
         order by "createdAt" limit 1) as "firstAskedAt"
     ) good
     order by known.shop`,
    [shops, LOOK_BACK_SCHEDULE],
  );
  return rows.map(({ status, step, heartbeatAt, movedAt, createdAt, startedAt, ...schedule }) => ({
    ...schedule,
    open:
      status === null || createdAt === null
        ? null
        : { status, step, heartbeatAt, movedAt, createdAt, startedAt },
  }));
}
