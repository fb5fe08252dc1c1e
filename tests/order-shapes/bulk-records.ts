import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Arena } from "#app/lib/arena.ts";
import { assembleRecords } from "#app/shopify/bulk/assemble-records.ts";
import { bulkShapes } from "#app/shopify/bulk/bulk-shapes.ts";
import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";
import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { partitionBulkFile } from "#app/shopify/bulk/partition-bulk-file.server.ts";
import { lineReader } from "#app/shopify/bulk/read-bulk-line.ts";
import { writeBulkFile } from "#simulator/bulk/write-bulk-file.ts";
import type { SimStore } from "#simulator/store/types.ts";

/** Everything a bulk query of the app may select of what is sold and to whom. */
export const ALL_SCOPES = [
  "read_orders",
  "read_all_orders",
  "read_customers",
  "read_products",
  "read_locations",
  "read_returns",
  "read_merchant_managed_fulfillment_orders",
];

/** All that reading stock needs. With it orders would tell their locations even without read_locations. */
export const STOCK_SCOPES = ["read_inventory"];

/** The app's own bulk query run by the simulated store, its file cut and assembled as the app does: id → the node's text. */
export async function bulkRecords(store: SimStore, purpose: BulkPurpose): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "bulk-records-"));
  try {
    const path = join(folder, "bulk.jsonl");
    const scopes = purpose === "inventory" ? STOCK_SCOPES : ALL_SCOPES;
    await writeBulkFile(store, bulkDocument(purpose, { scopes, window: null }).query, path);
    const shape = bulkShapes[purpose];
    const { partitions } = await partitionBulkFile({ path, workDir: join(folder, "parts"), shape });
    const texts = new Map<string, string>();
    for (const part of partitions)
      for (const { id, raw } of assembleRecords(
        await readFile(part.path),
        shape,
        lineReader(shape),
        new Arena(1024),
      ).records)
        texts.set(id, raw.toString("utf8"));
    return texts;
  } finally {
    await rm(folder, { recursive: true });
  }
}
