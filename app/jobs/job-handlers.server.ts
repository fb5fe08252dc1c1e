import { fullDumpJob } from "./full-dump-job.server.ts";
import type { JobType } from "./job-catalogue.ts";
import type { JobContext } from "./job-context.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { processCacheJob } from "./process-cache-job.server.ts";
import { syncCustomersJob } from "./sync-customers-job.server.ts";
import { syncProductsJob } from "./sync-products-job.server.ts";

/** Runs a job and returns the line it ends with. Can be run again from the start at any time, and goes on then. */
export type JobHandler = (context: JobContext, job: JobHandle) => Promise<string>;

/** What runs for each kind of the catalogue. */
export const jobHandlers: Record<JobType, JobHandler> = {
  products: syncProductsJob,
  customers: syncCustomersJob,
  orders: fullDumpJob,
  "process-cache": processCacheJob,
};
