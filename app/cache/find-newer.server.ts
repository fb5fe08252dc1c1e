import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";

/** Of records as Shopify lists them, those that the cache does not know or only in an older state, in the order given. */
export async function findNewer(
  db: Db,
  {
    shop,
    kind,
    records,
  }: { shop: string; kind: QueuedKind; records: readonly { id: string; updatedAt: string }[] },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT u.id FROM unnest($3::text[], $4::timestamptz[]) WITH ORDINALITY AS u(id, updated, place)
       LEFT JOIN "${cacheTables[kind].table}" c ON c.shop = $1 AND c.id = u.id
     WHERE NOT coalesce(c."shopifyUpdatedAt" >= u.updated, false) AND NOT EXISTS (SELECT 1 FROM "ShopifyCacheSlot" s
         WHERE s.shop = $1 AND s.kind = $2 AND s.id = u.id AND s."shopifyUpdatedAt" >= u.updated)
     ORDER BY u.place`,
    [shop, kind, records.map(({ id }) => id), records.map(({ updatedAt }) => updatedAt)],
  );
  return rows.map(({ id }) => id);
}
