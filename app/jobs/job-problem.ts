import { durationWords } from "#app/lib/duration-words.ts";
import { errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";
import type { SyncJob } from "./sync-job.ts";

/** Something that does not go as it should, for a person: what it is, and what to do. */
export type Problem = { code: ErrorCode; message: string; next: string };

/**
 * A handler says something at every request, batch and poll; an operation that takes hours at Shopify is polled every
 * minute at most. Half an hour of nothing is no work any more.
 */
const STUCK_AFTER_MS = 30 * 60_000;
/** A worker looks every few seconds; a deploy takes a minute or two. */
const TAKEN_WITHIN_MS = 5 * 60_000;

export type WatchedJob = Pick<
  SyncJob,
  "status" | "step" | "heartbeatAt" | "movedAt" | "createdAt" | "startedAt"
>;

/**
 * Why a job does not go on, though it should: it waits and no worker takes it, its worker is gone and no other has come, or its
 * worker lives and the job has not moved for half an hour. Null for one that goes on, was paused by a person, or has ended.
 */
export function jobProblem(job: WatchedJob, now: Date): Problem | null {
  const since = (at: Date) => now.getTime() - at.getTime();
  const moved = job.movedAt ?? job.startedAt ?? job.createdAt;
  if (job.status === "pending") {
    const waits = since(moved);
    return waits < TAKEN_WITHIN_MS
      ? null
      : problem("JOB_WAITING", `It has waited for ${durationWords(waits)} and no worker has taken it.`);
  }
  if (job.status !== "running") return null;
  const silent = since(job.heartbeatAt ?? moved);
  if (silent >= TAKEN_WITHIN_MS)
    return problem(
      "JOB_WAITING",
      `Its worker has been gone for ${durationWords(silent)} and no other has taken it up.`,
    );
  const still = since(moved);
  if (still < STUCK_AFTER_MS) return null;
  const last = job.step === null ? "" : ` The last it said: ${job.step}`;
  return problem("JOB_STUCK", `It has not moved for ${durationWords(still)}.${last}`);
}

function problem(code: "JOB_WAITING" | "JOB_STUCK", message: string): Problem {
  return { code, message, next: errorCatalogue[code].next };
}
