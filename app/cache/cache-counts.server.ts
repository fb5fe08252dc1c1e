import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, queuedKinds, type QueuedKind } from "./cache-tables.ts";

/** How many entries of a kind stand where. `failed` are waiting for their next try, `quarantined` for a person. */
export type CacheCounts = {
  total: number;
  pending: number;
  processed: number;
  failed: number;
  quarantined: number;
};

/** Counts by kind of one shop, in one statement. */
export async function countCache(db: Db, shop: string): Promise<Record<QueuedKind, CacheCounts>> {
  const one = (kind: QueuedKind) => `SELECT '${kind}' AS kind, count(*)::int AS total,
      count(*) FILTER (WHERE "processedAt" IS NULL AND "errorCode" IS NULL)::int AS pending,
      count(*) FILTER (WHERE "processedAt" IS NOT NULL)::int AS processed,
      count(*) FILTER (WHERE "processedAt" IS NULL AND "errorCode" IS NOT NULL AND "quarantinedAt" IS NULL)::int AS failed,
      count(*) FILTER (WHERE "quarantinedAt" IS NOT NULL)::int AS quarantined
    FROM "${cacheTables[kind].table}" WHERE shop = $1`;
  const { rows } = await db.query<CacheCounts & { kind: QueuedKind }>(
    queuedKinds.map(one).join(" UNION ALL "),
    [shop],
  );
  const none = { total: 0, pending: 0, processed: 0, failed: 0, quarantined: 0 };
  const counts = { product: none, customer: none, order: none, inventory: none };
  for (const { kind, ...count } of rows) counts[kind] = count;
  return counts;
}
