import type { Pool } from "pg";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Arena } from "#app/lib/arena.ts";
import { AppError } from "#app/lib/errors.ts";
import { assembleRecords, type AssembledRecord } from "#app/shopify/bulk/assemble-records.ts";
import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";
import { bulkShapes } from "#app/shopify/bulk/bulk-shapes.ts";
import { partitionBulkFile } from "#app/shopify/bulk/partition-bulk-file.server.ts";
import { lineReader } from "#app/shopify/bulk/read-bulk-line.ts";
import type { CacheKind, PayloadSource } from "./cache-tables.ts";
import { ingestPayloads, type IngestResult } from "./ingest.server.ts";
import { payloadsOfRecord } from "./payloads-of-record.ts";

export type IngestBulkOptions = {
  shop: string;
  purpose: BulkPurpose;
  /** The downloaded JSONL. */
  path: string;
  /** A folder for temporary partitions; they are removed at the end, the download is not. */
  workDir: string;
  source: PayloadSource;
  /** What Shopify counted: the file must hold exactly that (law 9). Null only where Shopify gave no count. */
  expected: { objectCount: number; rootObjectCount: number } | null;
  now: Date;
  signal?: AbortSignal;
  /** Called when the counts agree, before anything is stored. */
  onCounted?: () => Promise<void>;
  /** Called after each committed batch. */
  onProgress?: (progress: { roots: number; total: number }) => void | Promise<void>;
};

export type IngestBulkResult = IngestResult & { lines: number; roots: number };

const kinds = {
  products: "product",
  customers: "customer",
  orders: "order",
  fulfillment_orders: "fulfillment_order",
  inventory: "inventory",
} as const satisfies Record<BulkPurpose, CacheKind>;

/** Records a transaction: about 4 MB of payloads on the wire. */
const BATCH = 500;
/** Most partitions and most batches fit; a larger one makes its arena grow. */
const CONTENT_BYTES = 18 * 1024 * 1024;
const COMPOSED_BYTES = 8 * 1024 * 1024;
/** Two connections keep PostgreSQL compressing while this process assembles. */
const LANES = 2;

/**
 * Brings a downloaded bulk file into the cache: cut, counted, assembled by `__parentId` in bounded memory, stored
 * in batches by the one door. Counted BEFORE anything is stored.
 * @throws AppError BULK_INCOMPLETE if lines or roots are not what Shopify counted, or a child has no root.
 */
export async function ingestBulkFile(pool: Pool, options: IngestBulkOptions): Promise<IngestBulkResult> {
  const { path, purpose, expected, signal } = options;
  const shape = bulkShapes[purpose];
  const workDir = join(options.workDir, "partitions");
  try {
    const { files, lines, roots } = await partitionBulkFile({
      path,
      workDir,
      shape,
      ...(signal ? { signal } : {}),
    });
    if (expected) {
      compareCount("records", lines, expected.objectCount);
      compareCount(purpose.replace("_", " "), roots, expected.rootObjectCount);
    }
    await options.onCounted?.();
    const result: IngestBulkResult = { created: 0, updated: 0, unchanged: 0, superseded: 0, lines, roots };
    let done = 0;
    const store = async (records: AssembledRecord[]) => {
      const batch = await ingestPayloads(pool, {
        shop: options.shop,
        kind: kinds[purpose],
        source: options.source,
        payloads: records.flatMap((record) => payloadsOfRecord(purpose, record)),
        now: options.now,
      });
      for (const key of ["created", "updated", "unchanged", "superseded"] as const) result[key] += batch[key];
      done += records.length;
      await options.onProgress?.({ roots: done, total: roots });
    };
    let orphans = 0;
    const queue = [...files];
    const lane = async () => {
      const content = new Arena(CONTENT_BYTES);
      const composed = new Arena(COMPOSED_BYTES);
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        signal?.throwIfAborted();
        content.reset();
        const assembled = assembleRecords(await readInto(content, file), shape, lineReader(shape), composed);
        orphans += assembled.orphans;
        let batch: AssembledRecord[] = [];
        const flush = async () => {
          if (batch.length > 0) await store(batch);
          batch = [];
          composed.reset();
        };
        for (const record of assembled.records) {
          batch.push(record);
          if (batch.length < BATCH) continue;
          await flush();
          signal?.throwIfAborted();
        }
        await flush();
        await rm(file);
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
    for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
    if (orphans > 0)
      throw new AppError(
        "BULK_INCOMPLETE",
        `The file from Shopify holds ${String(orphans)} lines whose parent is not in it`,
      );
    return result;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** The whole file, in a buffer that the lane uses again. */
async function readInto(arena: Arena, file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const buffer = arena.take(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await handle.read(buffer, at, size - at, at);
      if (bytesRead === 0) throw new Error(`${file} is shorter than it was`);
      at += bytesRead;
    }
    return buffer;
  } finally {
    await handle.close();
  }
}

function compareCount(what: string, read: number, counted: number): void {
  if (read === counted) return;
  throw new AppError(
    "BULK_INCOMPLETE",
    `The file from Shopify holds ${String(read)} ${what}, but Shopify counted ${String(counted)}`,
  );
}
