import type { Db } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { deleteInBatches } from "#app/lib/delete-in-batches.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * Forgets the deliveries of a shop that are older than its `deliveryLogRetentionDays`, 5,000 a statement, and with them which
 * updates had come by none. News that nobody
 * has handled yet stays, however old: its body stands only here. Passes over rows that somebody holds.
 * @param signal ends it between two statements; the next run goes on
 * @returns how many deliveries
 */
export async function dropOldDeliveries(
  db: Db,
  { shop, now, signal }: { shop: string; now: Date; signal?: AbortSignal },
): Promise<number> {
  const { deliveryLogRetentionDays } = await loadSettings(db, { shop });
  const before = daysBefore(now, deliveryLogRetentionDays);
  await db.query(`DELETE FROM "ShopifyMissedUpdate" WHERE shop = $1 AND "foundAt" < $2`, [shop, before]);
  return deleteInBatches(
    db,
    (most) => ({
      text: `WITH old AS (
         SELECT "webhookId" FROM "WebhookDelivery"
          WHERE shop = $1 AND "receivedAt" < $2 AND NOT (outcome = 'news' AND "processedAt" IS NULL)
          ORDER BY "receivedAt" LIMIT $3 FOR UPDATE SKIP LOCKED
       )
       DELETE FROM "WebhookDelivery" delivery USING old
        WHERE delivery.shop = $1 AND delivery."webhookId" = old."webhookId"`,
      values: [shop, before, most],
    }),
    signal,
  );
}
