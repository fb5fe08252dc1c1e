import type { Db } from "#app/lib/db.server.ts";
import type { BulkOperation, StoredBulkOperation } from "./bulk-operation.ts";
import type { BulkPurpose, BulkWindow } from "./bulk-purpose.ts";

type Row = Omit<StoredBulkOperation, "window"> & {
  windowStart: Date | null;
  windowEnd: Date | null;
  query: string;
};

/** Stores an operation Shopify has started at `now`, before anything is asked about it: a killed worker finds it again. */
export async function saveBulkOperation(
  db: Db,
  options: {
    shop: string;
    jobId: string;
    purpose: BulkPurpose;
    query: string;
    window: BulkWindow | null;
    id: string;
    status: string;
    now: Date;
  },
): Promise<void> {
  const { shop, id, jobId, purpose, query, window, status, now } = options;
  await db.query(
    `insert into "ShopifyBulkOperation" ("shop", "id", "jobId", "purpose", "query", "windowStart", "windowEnd", "status", "createdAt")
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict ("shop", "id") do update set "jobId" = excluded."jobId"`,
    [shop, id, jobId, purpose, query, window?.from ?? null, window?.until ?? null, status, now],
  );
}

/** Stores what Shopify says of an operation now. */
export async function updateBulkOperation(
  db: Db,
  options: { shop: string; operation: BulkOperation; now: Date },
): Promise<void> {
  const { shop, operation, now } = options;
  await db.query(
    `update "ShopifyBulkOperation" set "status" = $3, "errorCode" = $4, "objectCount" = $5, "rootObjectCount" = $6,
       "fileSize" = $7, "url" = $8, "partialDataUrl" = $9, "completedAt" = $10, "polledAt" = $11
     where "shop" = $1 and "id" = $2`,
    [
      ...[
        shop,
        operation.id,
        operation.status,
        operation.errorCode,
        operation.objectCount,
        operation.rootObjectCount,
      ],
      ...[operation.fileSize, operation.url, operation.partialDataUrl, operation.completedAt, now],
    ],
  );
}

/** Every line of it has been read, stored and counted (law 9): which of its batches are stored need not be known any more. */
export async function markBulkOperationIngested(
  db: Db,
  options: { shop: string; id: string; now: Date },
): Promise<void> {
  await db.query(
    `with forgotten as (delete from "ShopifyBulkBatch" where "shop" = $1 and "operationId" = $2)
     update "ShopifyBulkOperation" set "ingestedAt" = $3 where "shop" = $1 and "id" = $2`,
    [options.shop, options.id, options.now],
  );
}

/** The newest operation of a job for a purpose that may still lead, or has led, to its end; undefined = start one. */
export async function findBulkOperationOfJob(
  db: Db,
  options: { shop: string; jobId: string; purpose: BulkPurpose },
): Promise<Pick<StoredBulkOperation, "id" | "status" | "ingestedAt"> | undefined> {
  const { rows } = await db.query<Pick<Row, "id" | "status" | "ingestedAt">>(
    `select "id", "status", "ingestedAt" from "ShopifyBulkOperation"
     where "shop" = $1 and "jobId" = $2 and "purpose" = $3 and "status" in ('CREATED', 'RUNNING', 'COMPLETED')
     order by "createdAt" desc limit 1`,
    [options.shop, options.jobId, options.purpose],
  );
  return rows[0];
}

/** Which of these operations we know already, whoever's job they are. */
export async function listKnownBulkOperations(
  db: Db,
  options: { shop: string; ids: string[] },
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select "id" from "ShopifyBulkOperation" where "shop" = $1 and "id" = any($2)`,
    [options.shop, options.ids],
  );
  return new Set(rows.map((row) => row.id));
}
