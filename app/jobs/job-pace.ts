import { STALE_AFTER_SECONDS, type SyncJob } from "./sync-job.ts";

export type JobPace = {
  /** Records a second, to three digits, of what it does now. */
  perSecond: number | null;
  secondsLeft: number | null;
};

type PacedJob = Pick<
  SyncJob,
  "status" | "total" | "heartbeatAt" | "stretchSince" | "stretchFrom" | "stretchDone" | "stretchOf"
>;

const UNKNOWN: JobPace = { perSecond: null, secondsLeft: null };
/** Less than this is no measure: the first heartbeats of a stretch may follow each other at once. */
const SHORTEST_STRETCH_MS = 1_000;

/**
 * How fast a job that runs is at what it does now (storing a file, then bringing records into the ERP) and how long that still
 * takes; null while nobody can know, as while Shopify collects.
 *
 * The rate is that of the stretch: since the first heartbeat of the worker that has the job now which told of this part of its
 * work, so neither a pause nor what came before counts as slowness, and what was counted all at once (unchanged records, what a
 * killed worker had done) not as speed. It is measured up to the last heartbeat, whose figures these are, by the database's
 * clock; `now` only says whether that heartbeat is news, or the worker is taken for dead.
 */
export function jobPace(job: PacedJob, now: Date): JobPace {
  const { status, total, heartbeatAt, stretchSince, stretchFrom, stretchDone, stretchOf } = job;
  if (status !== "running" || !heartbeatAt || !stretchSince || stretchFrom === null || stretchDone === null)
    return UNKNOWN;
  const elapsedMs = heartbeatAt.getTime() - stretchSince.getTime();
  const done = stretchDone - stretchFrom;
  if (
    done <= 0 ||
    elapsedMs < SHORTEST_STRETCH_MS ||
    now.getTime() - heartbeatAt.getTime() > STALE_AFTER_SECONDS * 1000
  )
    return UNKNOWN;
  const perSecond = Number((done / (elapsedMs / 1000)).toPrecision(3));
  const of = stretchOf ?? total;
  const secondsLeft = of === null ? null : Math.ceil(Math.max(0, of - stretchDone) / perSecond);
  return { perSecond, secondsLeft };
}
