import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { ingestBulkFile } from "#app/cache/ingest-bulk-file.server.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { processPendingCustomers } from "#app/erp/customers/process-pending-customers.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { writeBulkFile } from "#simulator/bulk/write-bulk-file.ts";
import type { SimStore } from "#simulator/store/types.ts";
import { ALL_SCOPES } from "#tests/order-shapes/bulk-records.ts";

const PURPOSES = ["products", "customers", "orders", "fulfillment_orders"] as const;
/** A store's four bulk files into the cache, as a full dump brings them; returns how many entries were new or changed. */
export async function dumpIntoCache(pool: Pool, store: SimStore, shop: string): Promise<number> {
  const workDir = await mkdtemp(join(tmpdir(), "dumped-store-"));
  let news = 0;
  try {
    for (const purpose of PURPOSES) {
      const path = join(workDir, `${purpose}.jsonl`);
      const expected = await writeBulkFile(
        store,
        bulkDocument(purpose, { scopes: ALL_SCOPES, window: null }).query,
        path,
      );
      const { created, updated } = await ingestBulkFile(pool, {
        shop,
        operationId: randomUUID(),
        purpose,
        path,
        workDir,
        source: "dump",
        expected,
        now: new Date(),
      });
      news += created + updated;
    }
  } finally {
    await rm(workDir, { recursive: true });
  }
  return news;
}

/** Everything that waits, in the order a dump brings it. */
export async function processAll(
  pool: Pool,
  shop: string,
): Promise<Record<"products" | "customers" | "orders", Tally>> {
  const options = { shop, limit: Infinity, now: new Date() };
  return {
    products: await processPendingProducts(pool, options),
    customers: await processPendingCustomers(pool, options),
    orders: await processPendingOrders(pool, options),
  };
}
