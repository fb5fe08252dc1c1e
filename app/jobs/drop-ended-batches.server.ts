import type { Db } from "#app/lib/db.server.ts";

/**
 * Forgets which batches of a bulk file are stored when nobody goes on with it: its job has failed or was cancelled, or a worker
 * that came late noted one of an operation that is done. Jobs that wait or are paused keep theirs.
 * @returns how many went
 */
export async function dropEndedBatches(db: Db, { shop }: { shop: string }): Promise<number> {
  const { rowCount } = await db.query(
    `delete from "ShopifyBulkBatch" batch where "shop" = $1 and not exists (
       select from "ShopifyBulkOperation" operation join "SyncJob" job on job."shop" = $1 and job."id" = operation."jobId"
       where operation."shop" = $1 and operation."id" = batch."operationId" and operation."ingestedAt" is null
         and job."status" in ('pending', 'running', 'paused'))`,
    [shop],
  );
  return rowCount ?? 0;
}
