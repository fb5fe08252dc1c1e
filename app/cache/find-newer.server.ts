import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";

/**
 * Of records as Shopify lists them, those that the cache does not know or only in an older state, in the order given. Shopify's
 * times are whole seconds: a state that was told within its own second may not be that second's last, and is asked for too. A dump
 * does not say when it read a record; what changed in the hour before its file came may have been read within that second.
 */
export async function findNewer(
  db: Db,
  {
    shop,
    kind,
    records,
  }: { shop: string; kind: QueuedKind; records: readonly { id: string; updatedAt: string }[] },
): Promise<string[]> {
  // The entry itself is the newest of all its shapes.
  const { rows } = await db.query<{ id: string }>(
    `SELECT u.id FROM unnest($2::text[], $3::timestamptz[]) WITH ORDINALITY AS u(id, updated, place)
       LEFT JOIN "${cacheTables[kind].table}" c ON c.shop = $1 AND c.id = u.id
     WHERE NOT coalesce(c."shopifyUpdatedAt" > u.updated OR (c."shopifyUpdatedAt" = u.updated
       AND CASE WHEN c."rawShape" = 'bulk' THEN c."receivedAt" >= u.updated + interval '1 hour'
         ELSE c."triggeredAt" >= u.updated + interval '1 second' END), false) ORDER BY u.place`,
    [shop, records.map(({ id }) => id), records.map(({ updatedAt }) => updatedAt)],
  );
  return rows.map(({ id }) => id);
}
