import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";

/** A webhook may still be on its way for so long. */
const GRACE = "5 minutes";

/**
 * Remembers what only a look-back brought: the states it stored since `since` that are from after the app was installed and
 * that nothing else had told by now, no webhook nor a fetch that one had asked for.
 * @returns how many were not remembered before
 */
export async function recordMissedUpdates(
  db: Db,
  { shop, kind, since, now }: { shop: string; kind: QueuedKind; since: Date; now: Date },
): Promise<number> {
  const { rowCount } = await db.query(
    `INSERT INTO "ShopifyMissedUpdate" (shop, kind, id, "shopifyUpdatedAt", "foundAt")
     SELECT c.shop, $2, c.id, c."shopifyUpdatedAt", $4 FROM "${cacheTables[kind].table}" c JOIN "Shop" USING (shop)
     WHERE c.shop = $1 AND c.source = 'lookback' AND c."receivedAt" >= $3
       AND c."shopifyUpdatedAt" > "Shop"."installedAt" AND c."shopifyUpdatedAt" < $4::timestamptz - interval '${GRACE}'
       AND NOT EXISTS (SELECT 1 FROM "ShopifyCacheSlot" s WHERE s.shop = $1 AND s.kind = $2 AND s.id = c.id
         AND s.source <> 'lookback' AND s."shopifyUpdatedAt" >= c."shopifyUpdatedAt")
     ON CONFLICT DO NOTHING`,
    [shop, kind, since, now],
  );
  return rowCount ?? 0;
}
