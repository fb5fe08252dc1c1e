import type { Db } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { deleteInBatches } from "#app/lib/delete-in-batches.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * Forgets payloads of a shop that a newer one replaced more than its `historyRetentionDays` ago, 5,000 a statement.
 * Payloads in use stand elsewhere and stay.
 * @param signal ends it between two statements; the next run goes on
 * @returns how many
 */
export async function dropOldHistory(
  db: Db,
  { shop, now, signal }: { shop: string; now: Date; signal?: AbortSignal },
): Promise<number> {
  const { historyRetentionDays } = await loadSettings(db, { shop });
  const before = daysBefore(now, historyRetentionDays);
  return deleteInBatches(
    db,
    (most) => ({
      text: `WITH old AS (
         SELECT kind, id, shape, "contentHash" FROM "ShopifyPayloadHistory"
          WHERE shop = $1 AND "supersededAt" < $2
          ORDER BY "supersededAt" LIMIT $3 FOR UPDATE SKIP LOCKED
       )
       DELETE FROM "ShopifyPayloadHistory" past USING old
        WHERE past.shop = $1 AND past.kind = old.kind AND past.id = old.id AND past.shape = old.shape
          AND past."contentHash" = old."contentHash"`,
      values: [shop, before, most],
    }),
    signal,
  );
}
