/**
 * Which batches of a bulk file are in the cache. A batch and its row are written in one transaction, so whoever goes on
 * with the file after a kill, or works on it at the same time, knows exactly what is left.
 */
import type { Pool } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { ingestInTransaction, type IngestOptions, type IngestResult } from "./ingest.server.ts";

/** The file of an operation, cut in one way: batches of another cut are other batches. */
export type CutFile = { shop: string; operationId: string; layout: string };

export type StoredBatch = { partition: number; batch: number; roots: number };

/** The batches of a file that are stored. */
export async function listStoredBatches(
  db: Db,
  { shop, operationId, layout }: CutFile,
): Promise<StoredBatch[]> {
  const { rows } = await db.query<StoredBatch>(
    `select "partition", "batch", "roots" from "ShopifyBulkBatch"
     where "shop" = $1 and "operationId" = $2 and "layout" = $3`,
    [shop, operationId, layout],
  );
  return rows;
}

/** What became of the whole file, whichever workers stored it. */
export async function sumStoredBatches(
  db: Db,
  { shop, operationId, layout }: CutFile,
): Promise<IngestResult & { roots: number }> {
  const { rows } = await db.query<IngestResult & { roots: number }>(
    `select coalesce(sum("roots"), 0)::int as "roots", coalesce(sum("created"), 0)::int as "created",
       coalesce(sum("updated"), 0)::int as "updated", coalesce(sum("unchanged"), 0)::int as "unchanged",
       coalesce(sum("superseded"), 0)::int as "superseded"
     from "ShopifyBulkBatch" where "shop" = $1 and "operationId" = $2 and "layout" = $3`,
    [shop, operationId, layout],
  );
  return rows[0] ?? { roots: 0, created: 0, updated: 0, unchanged: 0, superseded: 0 };
}

/**
 * Stores one batch unless it is stored already. Its row is written first: a second worker waits there until the first one's
 * transaction ends, and passes the batch over if that went through. Nothing is stored of an operation that is ingested: its
 * rows are gone, and a worker that only seemed dead would take the whole file for new.
 */
export async function storeBatchOnce(
  pool: Pool,
  { shop, operationId, layout, partition, batch, roots }: CutFile & StoredBatch,
  payloads: Omit<IngestOptions, "shop">,
): Promise<void> {
  const key = [shop, operationId, layout, partition, batch];
  await inRepeatedTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into "ShopifyBulkBatch" ("shop", "operationId", "layout", "partition", "batch", "roots",
         "created", "updated", "unchanged", "superseded")
       select $1, $2, $3, $4::int, $5::int, $6::int, 0, 0, 0, 0
       where not exists (select from "ShopifyBulkOperation" where "shop" = $1 and "id" = $2 and "ingestedAt" is not null)
       on conflict do nothing`,
      [...key, roots],
    );
    if (rowCount === 0) return;
    const { created, updated, unchanged, superseded } = await ingestInTransaction(tx, { shop, ...payloads });
    await tx.query(
      `update "ShopifyBulkBatch" set "created" = $6, "updated" = $7, "unchanged" = $8, "superseded" = $9
       where "shop" = $1 and "operationId" = $2 and "layout" = $3 and "partition" = $4 and "batch" = $5`,
      [...key, created, updated, unchanged, superseded],
    );
  });
}
