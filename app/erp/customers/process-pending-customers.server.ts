import type { Pool } from "pg";
import { processBatches } from "#app/cache/process-batches.server.ts";
import type { ProcessOptions } from "#app/cache/process-batches.server.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processCustomers } from "./process-customers.server.ts";

/** Drains the cached customers of a shop into its customer records. */
export async function processPendingCustomers(pool: Pool, options: ProcessOptions): Promise<Tally> {
  return processBatches(pool, "customer", processCustomers, options);
}
