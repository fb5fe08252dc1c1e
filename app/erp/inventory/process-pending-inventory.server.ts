import type { Pool } from "pg";
import { processBatches, type ProcessOptions } from "#app/cache/process-batches.server.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processInventory } from "./process-inventory.server.ts";

/** Brings a shop's pending stock levels into the ERP, batch by batch. */
export function processPendingInventory(pool: Pool, options: ProcessOptions): Promise<Tally> {
  return processBatches(pool, "inventory", processInventory, options);
}
