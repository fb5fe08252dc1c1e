import { AppError } from "#app/lib/errors.ts";
import type { JobStatus, SyncJob } from "./sync-job.ts";

/** The job if it exists and now stands where a command can have put it; else JOB_NOT_FOUND or JOB_MOVED_ON. */
export function expectJob(
  job: SyncJob | undefined,
  { id, may, verb }: { id: string; may: readonly JobStatus[]; verb: string },
): SyncJob {
  if (!job) throw new AppError("JOB_NOT_FOUND", `There is no job ${id}.`);
  if (!may.includes(job.status))
    throw new AppError("JOB_MOVED_ON", `This job is ${job.status} and cannot be ${verb}.`);
  return job;
}
