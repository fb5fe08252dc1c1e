import type { PoolClient } from "pg";
import type { CacheKind } from "./cache-tables.ts";
import { newsWish } from "./news-wish.ts";
import { wishFor } from "./wish-for.server.ts";

/** Topics that say a record is gone. The partial index "WebhookDelivery_deleted" has the same list. */
const DELETIONS = `topic IN ('orders/delete', 'products/delete', 'customers/delete', 'inventory_levels/disconnect')`;

/**
 * Records that the cache did not hold before and whose deletion was told already: a dump read them, or a webhook was sent, before
 * they were deleted. Shopify is asked, for nothing else would ever say so again.
 * @param ids of the new entries
 */
export async function askAboutDeleted(
  tx: PoolClient,
  { shop, kind, ids }: { shop: string; kind: CacheKind; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0 || kind === "fulfillment_order") return;
  const { rows: told } = await tx.query<{ id: string; topic: string; at: Date }>({
    name: "find-told-deletions",
    text: `SELECT "recordId" AS id, max(topic) AS topic, max(coalesce("triggeredAt", "receivedAt")) AS at FROM "WebhookDelivery"
      WHERE shop = $1 AND kind = $2 AND "recordId" = ANY($3) AND ${DELETIONS} GROUP BY "recordId"`,
    values: [shop, kind, ids],
  });
  await wishFor(tx, {
    ...{ shop, kind },
    wishes: told.map(({ id, topic, at }) => ({ id, reason: newsWish(topic), at })),
  });
}
