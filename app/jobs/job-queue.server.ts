import { PgBoss } from "pg-boss";
import type { Log } from "#app/lib/log.server.ts";

const QUEUE = "sync-jobs";
/** pg-boss's own limit is a day; a job that runs longer lets go before and goes on under a new entry. */
const LONGEST_RUN_SECONDS = 23 * 3600;

type Entry = { shop: string; id: string };

/** pg-boss, as what runs jobs: in the schema `pgboss` of the same database. */
export type JobQueue = {
  /** Hands a job to whichever worker is free next; a job that already waits here is not added twice. */
  send(entry: Entry): Promise<void>;
  /** Takes no more, waits until the running ones have returned, and closes. */
  stop(): Promise<void>;
};

/**
 * Opens the queue and consumes it, `concurrency` jobs at a time. An entry only says "look at this job": what is
 * to be done, and who may do it, stands in `SyncJob`, so an entry that is lost or doubled does no harm.
 */
export async function openJobQueue(options: {
  databaseUrl: string;
  log: Log;
  concurrency: number;
  run: (entry: Entry, signal: AbortSignal) => Promise<void>;
}): Promise<JobQueue> {
  const { databaseUrl, log, concurrency, run } = options;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: "erp-sync-jobs",
    max: 2,
    useListenNotify: true,
    superviseIntervalSeconds: 30,
  });
  boss.on("error", (error) => {
    log.warn({ err: error }, "pg-boss reports an error");
  });
  boss.on("warning", ({ message }) => {
    log.debug({ message }, "pg-boss warns");
  });
  await boss.start();
  // "short": at most one entry of a job waits, however often it is sent.
  await boss.createQueue(QUEUE, {
    policy: "short",
    retryLimit: 0,
    expireInSeconds: LONGEST_RUN_SECONDS,
    deleteAfterSeconds: 3600,
    notify: true,
  });
  await boss.work<Entry>(
    QUEUE,
    { localConcurrency: concurrency, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 },
    async ([entry]) => {
      if (entry) await run(entry.data, entry.signal);
    },
  );
  return {
    async send(entry) {
      await boss.send(QUEUE, entry, { singletonKey: entry.id });
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 30_000 });
    },
  };
}
