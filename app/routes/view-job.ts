import { jobPace } from "#app/jobs/job-pace.ts";
import { jobProblem } from "#app/jobs/job-problem.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { explainError } from "#app/lib/errors.ts";
import type { JobView } from "#app/ui/sync-view.ts";

/** How the app runs: without pages some next steps are others. */
export type Mode = "app" | "single-shop" | undefined;

/** A job as pages and the API show it; in single-shop mode other next steps help. */
export function viewJob(job: SyncJob, { now, mode }: { now: Date; mode?: Mode }): JobView {
  const { errorCode, errorMessage } = job;
  return {
    ...{ id: job.id, jobType: job.jobType, status: job.status, wish: job.wish, step: job.step },
    ...{ total: job.total, processed: job.processed, created: job.created, updated: job.updated },
    ...{ skipped: job.skipped, errors: job.errors },
    error: errorCode === null ? null : viewJobError({ errorCode, errorMessage }, mode),
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    ...jobPace(job, now),
    problem: jobProblem(job, now),
  };
}

/** Why a job failed and what to do. */
export function viewJobError(
  { errorCode, errorMessage }: { errorCode: string; errorMessage: string | null },
  mode: Mode,
): { code: string; text: string; next: string } {
  const { words, next } = explainError(errorCode, mode);
  return { code: errorCode, text: errorMessage ?? words, next };
}
