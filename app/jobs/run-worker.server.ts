import { hash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { cachePendingChannel } from "#app/shopify/webhooks/notify-cache-pending.server.ts";
import { bulkFinishedChannel } from "#app/shopify/webhooks/notify-bulk-finished.server.ts";
import { findStrandedJobs } from "./claim-job.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { openJobQueue } from "./job-queue.server.ts";
import { listen } from "./listen.server.ts";
import { processBetweenJobs } from "./process-between-jobs.server.ts";
import { runJob } from "./run-job.server.ts";
import { sweepWorkFolders } from "./sweep-work-folders.server.ts";
import { jobsChannel } from "./sync-job.ts";
import { createWakeableTimer } from "./wakeable-timer.ts";

const LOOK_FOR_JOBS_MS = 5_000;
const LOOK_FOR_ENTRIES_MS = 5_000;

export type Worker = {
  /** Stops taking work, lets running batches commit and running jobs keep where they are, and closes. */
  stop(): Promise<void>;
};

/**
 * Everything the worker process does, until it is stopped: runs jobs of all shops, takes up those whose worker
 * is gone, and brings pending cache entries into the ERP between jobs. Any number of workers share one database.
 */
export async function startWorker(
  context: Omit<JobContext, "waker" | "workDir"> & { workDir?: string },
  { databaseUrl, concurrency = 4 }: { databaseUrl: string; concurrency?: number },
): Promise<Worker> {
  const { database, log, now } = context;
  const shutdown = new AbortController();
  const waker = createBulkWaker();
  const jobContext: JobContext = {
    ...context,
    waker,
    workDir: context.workDir ?? defaultWorkDir(databaseUrl),
  };
  // Not waited for: what is left over must not keep a worker from starting, nor a database that is down.
  void sweepWorkFolders(jobContext).catch((error: unknown) => {
    log.warn({ err: error }, "the downloads of ended jobs could not be removed");
  });

  const queue = await openJobQueue({
    ...{ databaseUrl, log, concurrency },
    run: async (entry, signal) => {
      // pg-boss aborts `signal` after a day; like a shutdown, the job then waits for a worker to go on.
      await runJob(jobContext, { ...entry, shutdown: AbortSignal.any([shutdown.signal, signal]) }).catch(
        (error: unknown) => {
          log.error({ err: error, ...entry }, "a job could not be run; it is tried again");
        },
      );
      jobs.wake();
      entries.wake();
    },
  });

  const jobs = createWakeableTimer(
    LOOK_FOR_JOBS_MS,
    shutdown.signal,
    async () => {
      for (const entry of await findStrandedJobs(database.pool)) await queue.send(entry);
    },
    onError,
  );
  const entries = createWakeableTimer(
    LOOK_FOR_ENTRIES_MS,
    shutdown.signal,
    async () => {
      while ((await processBetweenJobs(database, { now, signal: shutdown.signal, log })) > 0)
        shutdown.signal.throwIfAborted();
    },
    onError,
  );
  function onError(error: unknown) {
    if (!shutdown.signal.aborted)
      log.warn({ err: error }, "a turn of the worker failed; the next one follows");
  }

  const listener = listen({
    ...{ databaseUrl, log, channels: [jobsChannel, cachePendingChannel, bulkFinishedChannel] },
    onMessage(channel, payload) {
      if (channel === jobsChannel) jobs.wake();
      else if (channel === cachePendingChannel) entries.wake();
      else waker.wake(payload.slice(payload.indexOf(" ") + 1));
    },
  });

  return {
    async stop() {
      shutdown.abort();
      await Promise.all([jobs.ended, entries.ended, listener.close()]);
      await queue.stop();
    },
  };
}

/**
 * One per user, whose folder in a shared /tmp another could not write to, and per database: whoever sweeps a folder must know
 * all jobs that may be in it.
 */
function defaultWorkDir(databaseUrl: string): string {
  const database = hash("sha256", databaseUrl, "hex").slice(0, 16);
  return path.join(tmpdir(), `erp-sync-${userInfo().username}`, database);
}
