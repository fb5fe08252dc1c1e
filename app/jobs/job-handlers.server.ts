import { backfillJob } from "./backfill-job.server.ts";
import { fullDumpJob } from "./full-dump-job.server.ts";
import { inventoryJob } from "./inventory-job.server.ts";
import type { JobType } from "./job-catalogue.ts";
import type { JobHandler } from "./job-context.server.ts";
import { lookBackJob } from "./look-back-job.server.ts";
import { processCacheJob } from "./process-cache-job.server.ts";
import { syncCustomersJob } from "./sync-customers-job.server.ts";
import { syncProductsJob } from "./sync-products-job.server.ts";

/** What runs for each kind of the catalogue. */
export const jobHandlers: Record<JobType, JobHandler> = {
  products: syncProductsJob,
  customers: syncCustomersJob,
  orders: fullDumpJob,
  inventory: inventoryJob,
  "look-back": lookBackJob,
  "process-cache": processCacheJob,
  backfill: backfillJob,
};
