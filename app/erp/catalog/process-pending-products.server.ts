import type { Pool } from "pg";
import { processBatches } from "#app/cache/process-batches.server.ts";
import type { ProcessOptions } from "#app/cache/process-batches.server.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processProducts } from "./process-products.server.ts";

/** Drains the cached products of a shop into its catalogue. */
export async function processPendingProducts(pool: Pool, options: ProcessOptions): Promise<Tally> {
  return processBatches(pool, "product", processProducts, options);
}
