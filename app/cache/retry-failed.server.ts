import type { Db } from "#app/lib/db.server.ts";
import type { ErrorCode } from "#app/lib/errors.ts";
import { retryFailedNews } from "./news-log.server.ts";
import { cacheTables, queuedKinds, type QueuedKind } from "./cache-tables.ts";

/**
 * Makes failed entries pending again, quarantined ones too: all of a shop, of one kind (those with one of `codes`), or
 * one entry; with all of a shop also the news that could not be handled. There is no second way to process: clearing the error is the retry. Returns how
 * many are due again.
 */
export async function retryFailed(
  db: Db,
  { shop, kind, id, codes }: { shop: string; kind?: QueuedKind; id?: string; codes?: readonly ErrorCode[] },
): Promise<number> {
  let count = 0;
  for (const one of kind ? [kind] : queuedKinds) {
    const result = await db.query(
      `UPDATE "${cacheTables[one].table}" SET "errorCode" = NULL, "processingError" = NULL, attempts = 0,
         "nextRetryAt" = NULL, "quarantinedAt" = NULL
       WHERE shop = $1 AND "processedAt" IS NULL AND "errorCode" IS NOT NULL AND ($2::text IS NULL OR id = $2)
         AND ($3::text[] IS NULL OR "errorCode" = ANY($3))`,
      [shop, id ?? null, codes ?? null],
    );
    count += result.rowCount ?? 0;
  }
  return kind === undefined && id === undefined ? count + (await retryFailedNews(db, { shop })) : count;
}
