import { jobAsker } from "#app/jobs/job-asker.ts";
import type { JobOperation } from "#app/jobs/load-watched-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import type { JobOperationView, WatchedJobView } from "#app/ui/job-pages-view.ts";

import { viewJob } from "./view-job.ts";

/** Shopify keeps the file of a bulk operation so long after its end. */
const FILE_KEPT_MS = 7 * 86_400_000;

/** A job as the pages of jobs show it. */
export function viewWatchedJob(job: SyncJob, now: Date): WatchedJobView {
  return { ...viewJob(job, { now }), asker: jobAsker(job.requestedBy), options: job.options };
}

/** A bulk operation as a job's page shows it. */
export function viewOperation({ hasFile, ...operation }: JobOperation): JobOperationView {
  const { completedAt } = operation;
  return {
    ...operation,
    createdAt: operation.createdAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
    ingestedAt: operation.ingestedAt?.toISOString() ?? null,
    fileUntil:
      hasFile && completedAt !== null ? new Date(completedAt.getTime() + FILE_KEPT_MS).toISOString() : null,
  };
}
