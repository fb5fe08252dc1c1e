import { setTimeout as sleep } from "node:timers/promises";
import { isJobType, type JobType } from "#app/jobs/job-catalogue.ts";
import { listJobs } from "#app/jobs/list-jobs.server.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { SyncJob, SyncJobLogLine } from "#app/jobs/sync-job.ts";
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
  const follow = ({ id }: { id: string }) =>
    followJob(database, {
      shop,
      id,
      signal,
      onLine: ({ message }) => {
        say(`${jobType}: ${message}`);
      },
    });
  for (;;) {
    try {
      return await follow(
        await startJob({ database, now: () => new Date() }, { shop, jobType, requestedBy: "demo" }),
      );
    } catch (error) {
      if (!(error instanceof AppError && error.code === "JOB_ALREADY_RUNNING")) throw error;
    }
    const jobs = await listJobs(database.pool, { shop, limit: 100 });
    const active = jobs.find(
      (job) => job.jobType === jobType && ["pending", "running", "paused"].includes(job.status),
    );
    if (active?.status === "paused")
      throw new Error(`A paused sync of ${jobType} stands in the way: resume or cancel it first.`);
    if (active && isJobType(active.jobType)) await follow(active);
  }
}

/**
 * Looks at a job again and again until it ends, or is paused, and returns it as it then is.
 * @param lookEveryMs how often
 * @param onLine gets each line of its log once, in order
 * @param onLook gets the job as it is at each look, after its lines
 * @throws what the signal was aborted with
 */
export async function followJob(
  database: Pick<Database, "pool">,
  {
    shop,
    id,
    signal,
    lookEveryMs = LOOK_MS,
    onLine,
    onLook,
  }: {
    shop: string;
    id: string;
    signal: AbortSignal;
    lookEveryMs?: number;
    onLine: (line: SyncJobLogLine) => void;
    onLook?: (job: SyncJob) => void;
  },
): Promise<SyncJob> {
  let told = 0;
  for (;;) {
    const job = await loadJob(database.pool, { shop, id });
    if (!job) throw new Error(`The job ${id} is gone.`);
    for (const line of job.log.filter((entry) => entry.id > told)) {
      told = line.id;
      onLine(line);
    }
    onLook?.(job);
    if (["completed", "failed", "cancelled", "paused"].includes(job.status)) return job;
    await sleep(lookEveryMs, undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  }
}
