import { jobPace } from "#app/jobs/job-pace.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { explainError } from "#app/lib/errors.ts";
import type { JobView } from "#app/ui/sync-view.ts";

/** A job as pages and the API show it, at `now`. */
export function viewJob(job: SyncJob, now: Date): JobView {
  const { errorCode, errorMessage } = job;
  const explained = errorCode === null ? null : explainError(errorCode);
  return {
    ...{ id: job.id, jobType: job.jobType, status: job.status, wish: job.wish, step: job.step },
    ...{ total: job.total, processed: job.processed, created: job.created, updated: job.updated },
    ...{ skipped: job.skipped, errors: job.errors },
    error: explained && { text: errorMessage ?? explained.words, next: explained.next },
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    ...jobPace(job, now),
  };
}
