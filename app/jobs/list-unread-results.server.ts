import type { Db } from "#app/lib/db.server.ts";

/** Shopify keeps the result of a bulk operation for seven days (Shopify's docs, bulk operations). */
const KEPT = "interval '7 days'";

/** A result of a bulk operation that a job which is not over has yet to read, and when Shopify drops it. */
export type UnreadResult = { jobId: string; jobType: string; expiresAt: Date };

/** Results that wait for more than a day, those that go first in front: their job is paused, or does not go on. */
export async function listUnreadResults(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<UnreadResult[]> {
  const { rows } = await db.query<UnreadResult>(
    `select operation."jobId", job."jobType", min(operation."completedAt") + ${KEPT} as "expiresAt"
     from "SyncJob" job join "ShopifyBulkOperation" operation on operation.shop = job.shop and operation."jobId" = job.id
     where job.shop = $1 and job.status in ('pending', 'running', 'paused') and operation."ingestedAt" is null
       and operation.url is not null and operation."completedAt" < $2::timestamptz - interval '1 day'
     group by operation."jobId", job."jobType" order by "expiresAt"`,
    [shop, now],
  );
  return rows;
}
