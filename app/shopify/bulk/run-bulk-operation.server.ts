import { rm } from "node:fs/promises";
import path from "node:path";
import type { Database } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "../client/admin-client.server.ts";
import { findBulkOperationOfJob, markBulkOperationIngested } from "./bulk-operation-rows.server.ts";
import type { BulkOperation } from "./bulk-operation.ts";
import type { BulkPurpose, BulkWindow } from "./bulk-purpose.ts";
import type { BulkWaker } from "./bulk-waker.ts";
import { bulkDocument, purposeWords } from "./documents.ts";
import { downloadBulkFile } from "./download-bulk-file.server.ts";
import { fetchBulkOperation, pollBulkOperation } from "./poll-bulk-operation.server.ts";
import { probeBulkQuery } from "./probe-bulk-query.server.ts";
import { startBulkOperation, type StartMark } from "./start-bulk-operation.server.ts";

/** What the file of a bulk operation became. */
export type IngestResult = {
  lines: number;
  roots: number;
  created: number;
  updated: number;
  unchanged: number;
  superseded: number;
};

/** Reads the file at `path` into the cache; throws BULK_INCOMPLETE when its counts differ from `expected`. */
export type IngestFile = (file: {
  operationId: string;
  purpose: BulkPurpose;
  path: string;
  workDir: string;
  expected: { objectCount: number; rootObjectCount: number } | null;
}) => Promise<IngestResult>;

/** A file whose counts agreed with Shopify's, all of it in the cache. */
export type StoredFile = {
  operationId: string;
  /** Null when Shopify had nothing to send. */
  path: string | null;
  result: IngestResult;
};

export type RunBulkOptions = {
  client: AdminClient;
  shop: string;
  jobId: string;
  purpose: BulkPurpose;
  window: BulkWindow | null;
  /** As granted to the app now. */
  scopes: readonly string[];
  /** Folder for the file; what a killed worker left there is continued. */
  workDir: string;
  ingest: IngestFile;
  /** Without it an operation that was started and not stored is started again. */
  startMark?: StartMark;
  /** Called when everything Shopify counted is stored, while the file is still there; not where Shopify gave no counts. */
  onStored?: (stored: StoredFile) => Promise<void>;
  waker: BulkWaker;
  signal: AbortSignal;
  now: () => Date;
  /** What is going on, in words for the Jobs page. */
  onStep: (text: string) => void;
  /** Figures that change all the time, in words. */
  onProgress?: (text: string) => void;
  /** How many records there will be, once Shopify has counted them. */
  onCounted?: (roots: number) => void;
  fetch?: typeof globalThis.fetch | undefined;
};

/** Shopify itself may stop a stalled operation; it then asks to submit it again (Shopify's docs, bulk operations). */
const MAX_RESUBMITS = 1;

/**
 * One bulk operation from its start to its last record in the cache: start → wait → download → ingest → counted.
 * Returns null when this job had done it before.
 */
export async function runBulkOperation(
  database: Pick<Database, "pool">,
  options: RunBulkOptions,
): Promise<IngestResult | null> {
  const operation = await completeBulkOperation(database, options);
  return operation && collectBulkOperation(database, options, operation);
}

/**
 * The first half: start, and wait until Shopify has completed it. Null when this job has ingested it before. A
 * started operation belongs to its job: after a kill it is taken up by its stored id, never started twice.
 *
 * Throws BULK_FAILED, BULK_CANCELED, BULK_EXPIRED, and whatever the client throws.
 */
export async function completeBulkOperation(
  database: Pick<Database, "pool">,
  options: RunBulkOptions,
): Promise<BulkOperation | null> {
  const { shop, jobId, purpose, signal, onStep } = options;
  const words = purposeWords[purpose];
  const known = await findBulkOperationOfJob(database.pool, { shop, jobId, purpose });
  if (known?.ingestedAt) return null;
  if (known) onStep(`Taking up the bulk operation for ${words} where it was`);
  let id = known?.id ?? (await start(database, options));

  for (let resubmits = 0; ; resubmits += 1) {
    const operation = await waitForEnd(database, options, id);
    if (operation.status === "COMPLETED") return operation;
    if (operation.status !== "CANCELED") throw failure(words, operation);
    if (resubmits >= MAX_RESUBMITS) {
      throw new AppError(
        "BULK_CANCELED",
        `The bulk operation for ${words} was cancelled at Shopify, and its repetition too.`,
      );
    }
    onStep(`The bulk operation for ${words} was cancelled at Shopify: starting it once more`);
    signal.throwIfAborted();
    id = await start(database, options);
  }
}

async function start(database: Pick<Database, "pool">, options: RunBulkOptions): Promise<string> {
  const { client, purpose, window, scopes, signal, onStep } = options;
  const document = bulkDocument(purpose, { scopes, window });
  if (document.dropped.length > 0) onStep(`Left out for missing permissions: ${document.dropped.join(", ")}`);
  await probeBulkQuery(client, document.probe);
  onStep(`Starting the bulk operation for ${purposeWords[purpose]}`);
  signal.throwIfAborted();
  const { id } = await startBulkOperation(database.pool, {
    ...options,
    query: document.query,
    onWait: onStep,
  });
  return id;
}

async function waitForEnd(
  database: Pick<Database, "pool">,
  options: RunBulkOptions,
  id: string,
): Promise<BulkOperation> {
  const { purpose, onStep } = options;
  const doing = `Shopify is collecting ${purposeWords[purpose]}`;
  onStep(doing);
  return pollBulkOperation(database.pool, {
    ...options,
    id,
    onProgress: ({ objectCount }) =>
      options.onProgress?.(`${doing}: ${String(objectCount ?? 0)} records so far`),
  });
}

/**
 * The second half: from a completed operation to records in the cache, every one counted (law 9).
 *
 * Throws BULK_EXPIRED, BULK_INCOMPLETE, SHOPIFY_UNREACHABLE.
 */
export async function collectBulkOperation(
  database: Pick<Database, "pool">,
  options: RunBulkOptions,
  operation: BulkOperation,
): Promise<IngestResult> {
  const { client, shop, purpose, signal, now, onStep } = options;
  const words = purposeWords[purpose];
  options.onCounted?.(operation.rootObjectCount ?? 0);
  if (operation.url === null) {
    if ((operation.objectCount ?? 0) > 0) {
      throw new AppError(
        "BULK_INCOMPLETE",
        `Shopify counted ${String(operation.objectCount)} records of ${words} but gives no file.`,
      );
    }
    onStep(`Shopify has no ${words} to send`);
    const result = { lines: 0, roots: 0, created: 0, updated: 0, unchanged: 0, superseded: 0 };
    if (operation.rootObjectCount === 0)
      await options.onStored?.({ operationId: operation.id, path: null, result });
    await markBulkOperationIngested(database.pool, { shop, id: operation.id, now: now() });
    return result;
  }

  const file = path.join(
    options.workDir,
    `${purpose}-${operation.id.replace(/^.*\//, "").replace(/\W/g, "_")}.jsonl`,
  );
  onStep(`Downloading ${words}: ${String(operation.rootObjectCount ?? "?")} in ${size(operation.fileSize)}`);
  await downloadBulkFile({
    url: operation.url,
    path: file,
    fileSize: operation.fileSize,
    signal,
    fetch: options.fetch,
    onNotice: onStep,
    onBytes: (bytes) =>
      options.onProgress?.(`Downloading ${words}: ${size(bytes)} of ${size(operation.fileSize)}`),
    renewUrl: async () => {
      const again = await fetchBulkOperation(database.pool, { client, shop, id: operation.id, now });
      if (!again.url)
        throw new AppError(
          "BULK_EXPIRED",
          `The file of the bulk operation for ${words} has expired at Shopify.`,
        );
      return again.url;
    },
  });

  onStep(`Storing ${words}`);
  try {
    const { objectCount, rootObjectCount } = operation;
    const expected =
      objectCount === null || rootObjectCount === null ? null : { objectCount, rootObjectCount };
    const { workDir } = options;
    const result = await options.ingest({
      operationId: operation.id,
      purpose,
      path: file,
      workDir,
      expected,
    });
    if (expected) await options.onStored?.({ operationId: operation.id, path: file, result });
    await markBulkOperationIngested(database.pool, { shop, id: operation.id, now: now() });
    await rm(file, { force: true });
    return result;
  } catch (error) {
    // A file whose counts are wrong is wrong itself: the next try must not find it.
    if (error instanceof AppError && error.code === "BULK_INCOMPLETE") await rm(file, { force: true });
    throw error;
  }
}

/**
 * Partial data is never used: a file that ends anywhere may hold an order without all of its lines, and that
 * would stand in the cache as the newest Shopify ever said. Nothing is lost: the next run reads everything.
 */
function failure(words: string, { status, errorCode, partialDataUrl, objectCount }: BulkOperation): AppError {
  if (status === "EXPIRED")
    return new AppError(
      "BULK_EXPIRED",
      `The file of the bulk operation for ${words} has expired at Shopify.`,
    );
  const partial = partialDataUrl
    ? ` Shopify kept ${String(objectCount ?? "some")} records of it; they were not used, because records may miss their parts.`
    : "";
  if (errorCode === "ACCESS_DENIED") {
    return new AppError(
      "SCOPE_MISSING",
      `Shopify stopped the bulk operation for ${words}: access denied.${partial}`,
    );
  }
  const reason = errorCode === "TIMEOUT" ? "it took too long" : (errorCode ?? "no reason given");
  return new AppError(
    "BULK_FAILED",
    `Shopify could not finish the bulk operation for ${words} (${reason}).${partial}`,
  );
}

function size(bytes: number | null): string {
  return bytes === null ? "a file of unknown size" : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
