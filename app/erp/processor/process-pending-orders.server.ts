import type { Pool } from "pg";
import { processBatches, type ProcessOptions } from "#app/cache/process-batches.server.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processOrders } from "./process-orders.server.ts";

/** Drains the pending orders of one shop into the ERP; see processBatches. */
export async function processPendingOrders(pool: Pool, options: ProcessOptions): Promise<Tally> {
  return processBatches(pool, "order", processOrders, options);
}
