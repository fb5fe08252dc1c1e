import { defaultWorkDir } from "#app/jobs/default-work-dir.server.ts";
import { STALE_AFTER_SECONDS } from "#app/jobs/sync-job.ts";
import { runJob } from "#app/jobs/run-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import type { SyncContext } from "./open-sync.ts";

/** A worker that is there takes a job at once. */
const TAKEN_WITHIN_MS = 3_000;
/** Of a job that runs: when its worker is gone for good. */
const GONE_AFTER_MS = (STALE_AFTER_SECONDS + 2) * 1000;

/** Whether a command may run its job itself, and that it does. */
export type RunHere = {
  /** Runs it here if no worker has it: it waits for longer than a worker takes, or its worker is gone. */
  takeIfLeft(job: SyncJob): void;
  /** Resolves when it does not run here (any more). */
  ended(): Promise<void>;
  /** Aborted with the reason when it cannot be run here: the database is gone. */
  broken: AbortSignal;
};

/**
 * Runs a job in this process as a worker would. A worker that comes to it meanwhile is no harm: one of them gets its lease.
 * @param stop lets go of it: it waits for a worker to go on
 * @param onTake hears that it now runs here
 */
export function createRunHere(context: SyncContext, stop: AbortSignal, onTake: () => void): RunHere {
  const broken = new AbortController();
  let running: Promise<void> | null = null;
  // By our own clock: the database's may be another.
  let still = { sign: "", sinceMs: 0 };
  return {
    takeIfLeft(job) {
      const { shop, id, status, heartbeatAt } = job;
      const sign = `${status} ${heartbeatAt?.toISOString() ?? ""}`;
      if (sign !== still.sign) still = { sign, sinceMs: Date.now() };
      const patienceMs = { pending: TAKEN_WITHIN_MS, running: GONE_AFTER_MS }[status as string] ?? Infinity;
      if (Date.now() - still.sinceMs < patienceMs || running !== null || stop.aborted) return;
      onTake();
      const { database } = context;
      const jobContext = { ...context, waker: createBulkWaker(), workDir: defaultWorkDir(database.url) };
      running = runJob(jobContext, { shop, id, shutdown: stop })
        .catch((error: unknown) => {
          broken.abort(error);
        })
        .finally(() => {
          running = null;
        });
    },
    async ended() {
      await running;
    },
    broken: broken.signal,
  };
}
