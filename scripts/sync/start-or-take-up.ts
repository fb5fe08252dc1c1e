import { jobCatalogue, type JobType } from "#app/jobs/job-catalogue.ts";
import { listJobs } from "#app/jobs/list-jobs.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { AppError } from "#app/lib/errors.ts";
import { sameJson } from "#app/lib/same-json.ts";
import type { SyncContext } from "./open-sync.ts";

/**
 * Starts the job, or finds the one that was asked for in the same way and is not over: a command that was stopped goes on by being
 * given again.
 * @throws AppError as startJob; JOB_ALREADY_RUNNING where the one under way was asked for otherwise, or is paused
 */
export async function startOrTakeUp(
  context: Pick<SyncContext, "database" | "now">,
  request: { shop: string; jobType: JobType; options: Record<string, unknown> },
): Promise<{ job: SyncJob; isNew: boolean }> {
  const { shop, jobType, options } = request;
  try {
    return { job: await startJob(context, { ...request, requestedBy: "command line" }), isNew: true };
  } catch (error) {
    if (!(error instanceof AppError && error.code === "JOB_ALREADY_RUNNING")) throw error;
    const jobs = await listJobs(context.database.pool, { shop, limit: 100 });
    const active = jobs.find(
      (job) => job.jobType === jobType && ["pending", "running", "paused"].includes(job.status),
    );
    if (active === undefined) return startOrTakeUp(context, request); // it has just ended
    const { words } = jobCatalogue[jobType];
    if (active.status === "paused")
      throw new AppError("JOB_ALREADY_RUNNING", `${words}: a job of this kind is paused (${active.id}).`);
    if (!sameJson(active.options, jobCatalogue[jobType].options.parse(options)))
      throw new AppError(
        "JOB_ALREADY_RUNNING",
        `${words}: a job of this kind is under way with other options: ${JSON.stringify(active.options)}.`,
      );
    return { job: active, isNew: false };
  }
}
