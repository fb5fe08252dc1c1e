import { setTimeout as sleep } from "node:timers/promises";
import { isJobType, type JobType } from "#app/jobs/job-catalogue.ts";
import { listJobs } from "#app/jobs/list-jobs.server.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import type { Database } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";

const LOOK_MS = 100;

/**
 * Asks for a job as the page does, and reports its log until it ends; returns how it ended. One of its kind that
 * an earlier, interrupted run left behind is followed to its end first.
 */
export async function runAndFollow(
  database: Database,
  {
    shop,
    jobType,
    say,
    signal,
  }: { shop: string; jobType: JobType; say: (text: string) => void; signal: AbortSignal },
): Promise<SyncJob> {
  for (;;) {
    try {
      const job = await startJob({ database, now: () => new Date() }, { shop, jobType, requestedBy: "demo" });
      return await follow(database, { ...job, say, signal });
    } catch (error) {
      if (!(error instanceof AppError && error.code === "JOB_ALREADY_RUNNING")) throw error;
    }
    const jobs = await listJobs(database.pool, { shop, limit: 100 });
    const active = jobs.find(
      (job) => job.jobType === jobType && ["pending", "running", "paused"].includes(job.status),
    );
    if (active?.status === "paused")
      throw new Error(`A paused sync of ${jobType} stands in the way: resume or cancel it first.`);
    if (active && isJobType(active.jobType)) await follow(database, { ...active, say, signal });
  }
}

async function follow(
  database: Database,
  {
    shop,
    id,
    jobType,
    say,
    signal,
  }: { shop: string; id: string; jobType: string; say: (text: string) => void; signal: AbortSignal },
): Promise<SyncJob> {
  let told = 0;
  for (;;) {
    const job = await loadJob(database.pool, { shop, id });
    if (!job) throw new Error(`The job ${id} is gone.`);
    for (const line of job.log.filter((entry) => entry.id > told)) {
      told = line.id;
      say(`${jobType}: ${line.message}`);
    }
    if (["completed", "failed", "cancelled", "paused"].includes(job.status)) return job;
    await sleep(LOOK_MS, undefined, { signal });
  }
}
