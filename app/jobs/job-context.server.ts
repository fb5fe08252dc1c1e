import type { Log } from "#app/lib/log.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Env } from "#app/lib/parse-env.ts";
import type { BulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import type { JobHandle } from "./job-progress.server.ts";

/** What job handlers are given. */
export type JobContext = {
  env: Env;
  database: Database;
  log: Log;
  now: () => Date;
  /** Wakes polls of bulk operations that Shopify says are over. */
  waker: BulkWaker;
  /** Folder for downloads; each job has its own below it. */
  workDir: string;
  /** How requests to Shopify leave; undefined = the global fetch. */
  fetch?: typeof globalThis.fetch;
};

/** Runs a job and returns the line it ends with. Can be run again from the start at any time, and goes on then. */
export type JobHandler = (context: JobContext, job: JobHandle) => Promise<string>;
