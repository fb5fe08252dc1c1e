import type { Pool } from "pg";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Arena } from "#app/lib/arena.ts";
import { AppError } from "#app/lib/errors.ts";
import { assembleRecords, type AssembledRecord } from "#app/shopify/bulk/assemble-records.ts";
import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";
import { bulkShapes } from "#app/shopify/bulk/bulk-shapes.ts";
import { partitionBulkFile, type Partition } from "#app/shopify/bulk/partition-bulk-file.server.ts";
import { lineReader } from "#app/shopify/bulk/read-bulk-line.ts";
import { listStoredBatches, storeBatchOnce, sumStoredBatches } from "./bulk-batch-rows.server.ts";
import type { CacheKind, PayloadSource } from "./cache-tables.ts";
import type { IngestResult } from "./ingest.server.ts";
import { payloadsOfRecord } from "./payloads-of-record.ts";

export type IngestBulkOptions = {
  shop: string;
  /** The gid of the operation: what is stored of its file is remembered by it until it is marked as ingested. */
  operationId: string;
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
  /** Called after each committed batch, and for those that were stored before. */
  onProgress?: (progress: { roots: number; total: number }) => void | Promise<void>;
};

/** All of the file, also what an earlier worker stored of it. */
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
 * in batches by the one door. Counted BEFORE anything is stored. A batch that is stored already is passed over, so a worker
 * that was stopped is followed where it stopped, and two at one file share it.
 * @throws AppError BULK_INCOMPLETE if lines or roots are not what Shopify counted, or a child has no root.
 */
export async function ingestBulkFile(pool: Pool, options: IngestBulkOptions): Promise<IngestBulkResult> {
  const { shop, operationId, path, purpose, source, expected, now, signal } = options;
  const shape = bulkShapes[purpose];
  const workDir = join(options.workDir, "partitions");
  try {
    const { partitions, cut, lines, roots } = await partitionBulkFile({
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
    const file = { shop, operationId, layout: `${cut}, batches of ${String(BATCH)}` };
    const stored = Map.groupBy(await listStoredBatches(pool, file), ({ partition }) => partition);
    let done = 0;
    const progress = async (more: number) => {
      done += more;
      await options.onProgress?.({ roots: done, total: roots });
    };
    const storePartition = async ({ number, ...partition }: Partition, content: Arena, composed: Arena) => {
      const known = new Set(stored.get(number)?.map(({ batch }) => batch));
      content.reset();
      const read = assembleRecords(
        await readInto(content, partition.path),
        shape,
        lineReader(shape),
        composed,
      );
      // Before any of it is stored: a partition that is stored whole is not read again.
      if (read.orphans > 0)
        throw new AppError(
          "BULK_INCOMPLETE",
          `The file from Shopify holds lines whose parent is not in it: ${String(read.orphans)} in one of its parts`,
        );
      let batch = 0;
      let records: AssembledRecord[] = [];
      const flush = async () => {
        if (!known.has(batch))
          await storeBatchOnce(
            pool,
            { ...file, partition: number, batch, roots: records.length },
            {
              kind: kinds[purpose],
              source,
              payloads: records.flatMap((record) => payloadsOfRecord(purpose, record)),
              now,
            },
          );
        const { length } = records;
        batch++;
        records = [];
        composed.reset();
        await progress(length);
      };
      for (const record of read.records) {
        records.push(record);
        if (records.length < BATCH) continue;
        await flush();
        signal?.throwIfAborted();
      }
      if (records.length > 0) await flush();
    };
    const queue = [...partitions];
    const lane = async () => {
      const content = new Arena(CONTENT_BYTES);
      const composed = new Arena(COMPOSED_BYTES);
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        signal?.throwIfAborted();
        const before = stored.get(next.number)?.reduce((sum, batch) => sum + batch.roots, 0) ?? 0;
        if (before > 0 && before === next.roots) await progress(before);
        else await storePartition(next, content, composed);
        await rm(next.path);
      }
    };
    const stopping = (error: unknown) => {
      queue.length = 0; // the other lane ends with its partition
      throw error;
    };
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => lane().catch(stopping)));
    for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
    const sum = await sumStoredBatches(pool, file);
    // Somebody else has completed the operation, or forgotten the shop, and nobody can tell any more what became of the file.
    if (sum.roots !== done)
      throw new Error(
        `${String(sum.roots)} of ${String(done)} records of ${operationId} are remembered as stored`,
      );
    return { ...sum, lines };
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
