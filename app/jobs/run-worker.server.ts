import { outboxChannel } from "#app/outbox/notify-outbox.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { getAccessToken } from "#app/shopify/client/access-token.server.ts";
import { renewTokenChannel } from "#app/shopify/client/ask-for-token.server.ts";
import { keepSingleShop } from "#app/shopify/keep-single-shop.server.ts";
import { cachePendingChannel } from "#app/shopify/webhooks/notify-cache-pending.server.ts";
import { bulkFinishedChannel } from "#app/shopify/webhooks/notify-bulk-finished.server.ts";
import { findStrandedJobs } from "./claim-job.server.ts";
import { defaultWorkDir } from "./default-work-dir.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { openJobQueue } from "./job-queue.server.ts";
import { listen } from "./listen.server.ts";
import { runJob } from "./run-job.server.ts";
import { schedulesChannel } from "./scheduler-status.ts";
import { stopAbandonedOperations } from "./stop-abandoned-operations.server.ts";
import { jobsChannel } from "./sync-job.ts";
import { createWakeableTimer } from "./wakeable-timer.ts";
import { startWorkerLoops } from "./worker-loops.server.ts";

const LOOK_EVERY_MS = 5_000;

export type Worker = {
  /** Stops taking work, lets running batches commit and running jobs keep where they are, and closes. */
  stop(): Promise<void>;
};

/**
 * Everything the worker process does, until it is stopped: runs jobs of all shops, takes up those whose worker
 * is gone, and turns its own loops between jobs. Any number of workers share one database.
 * @param lookEveryMs how often it looks for work that nobody woke it for
 */
export async function startWorker(
  context: Omit<JobContext, "waker" | "workDir"> & { workDir?: string },
  {
    databaseUrl,
    concurrency = 4,
    lookEveryMs = LOOK_EVERY_MS,
  }: { databaseUrl: string; concurrency?: number; lookEveryMs?: number },
): Promise<Worker> {
  const { database, log } = context;
  const shutdown = new AbortController();
  const waker = createBulkWaker();
  const jobContext: JobContext = {
    ...context,
    waker,
    workDir: context.workDir ?? defaultWorkDir(databaseUrl),
  };

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
      abandoned.wake();
      loops.wake();
    },
  });

  const jobs = createWakeableTimer(
    lookEveryMs,
    shutdown.signal,
    async () => {
      for (const entry of await findStrandedJobs(database.pool)) await queue.send(entry);
    },
    onError,
  );
  // By itself: a Shopify that does not answer keeps no job waiting.
  const abandoned = createWakeableTimer(
    lookEveryMs,
    shutdown.signal,
    () => stopAbandonedOperations(jobContext),
    onError,
  );
  const recorded = keepSingleShop(jobContext, shutdown.signal);
  const loops = startWorkerLoops(jobContext, { signal: shutdown.signal, lookEveryMs });
  function onError(error: unknown) {
    if (!shutdown.signal.aborted)
      log.warn({ err: error }, "a turn of the worker failed; the next one follows");
  }

  const listener = listen({
    ...{
      databaseUrl,
      log,
      channels: [
        ...[jobsChannel, schedulesChannel, cachePendingChannel, bulkFinishedChannel, renewTokenChannel],
        outboxChannel,
      ],
    },
    onMessage(channel, payload) {
      if (channel === jobsChannel) {
        jobs.wake();
        abandoned.wake();
      } else if (channel === schedulesChannel) loops.wakeSchedules();
      else if (channel === cachePendingChannel) loops.wake();
      else if (channel === outboxChannel) loops.wakeSending();
      else if (channel === renewTokenChannel) renewToken(payload);
      else waker.wake(payload.slice(payload.indexOf(" ") + 1));
    },
  });

  /** Somebody who calls the API waits for it; of many workers one asks Shopify. */
  function renewToken(shop: string) {
    const { env, now, fetch } = jobContext;
    getAccessToken(database, env, shop, { now: now(), fetch }).catch((error: unknown) => {
      log.warn({ err: error, shop }, "a token that a call of the API needs could not be renewed");
    });
  }

  return {
    async stop() {
      shutdown.abort();
      await Promise.all([jobs.ended, abandoned.ended, loops.ended, recorded, listener.close()]);
      await queue.stop();
    },
  };
}
