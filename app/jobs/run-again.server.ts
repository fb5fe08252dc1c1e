import { AppError, errorCatalogue } from "#app/lib/errors.ts";

import { loadWatchedJob } from "./load-watched-job.server.ts";
import { startJob } from "./start-job.server.ts";
import type { SyncJob } from "./sync-job.ts";

/**
 * Starts a job as another one was started: its kind, its options. A period is then the same days, not counted anew from today.
 * @throws AppError JOB_NOT_FOUND, and as `startJob`
 */
export async function runAgain(
  context: Parameters<typeof startJob>[0],
  { shop, id, requestedBy }: { shop: string; id: string; requestedBy: string },
): Promise<SyncJob> {
  const found = await loadWatchedJob(context.database.pool, { shop, id });
  if (found === null) throw new AppError("JOB_NOT_FOUND", errorCatalogue.JOB_NOT_FOUND.words);
  const { jobType, options } = found.job;
  return startJob(context, { shop, jobType, options, requestedBy });
}
