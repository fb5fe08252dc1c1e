import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { eachKind } from "./each-kind.ts";
import { entryStatuses, isOfStatus } from "./entry-status.ts";

/** How many entries of a kind stand where. `failed` are waiting for their next try, `quarantined` for a person. */
export type CacheCounts = {
  total: number;
  pending: number;
  processed: number;
  failed: number;
  quarantined: number;
};

/** SQL: a count of each status. */
export const statusCounts = entryStatuses
  .map((status) => `count(*) FILTER (WHERE ${isOfStatus[status]})::int AS ${status}`)
  .join(", ");

/**
 * Counts by kind of one shop, in one statement. What waits or failed is read from its partial indexes and all of them from an index
 * without their rows: what is neither has been processed, for each entry stands in one of the four.
 */
export async function countCache(db: Db, shop: string): Promise<Record<QueuedKind, CacheCounts>> {
  const one = (kind: QueuedKind) => {
    const from = `FROM "${cacheTables[kind].table}" WHERE shop = $1`;
    return `SELECT '${kind}' AS kind, total, pending, failed, quarantined, total - pending - failed - quarantined AS processed FROM
      (SELECT count(*)::int AS total ${from}) everything,
      (SELECT count(*) FILTER (WHERE ${isOfStatus.pending})::int AS pending,
         count(*) FILTER (WHERE ${isOfStatus.failed})::int AS failed
         ${from} AND "processedAt" IS NULL AND "quarantinedAt" IS NULL) due,
      (SELECT count(*)::int AS quarantined ${from} AND ${isOfStatus.quarantined}) put_aside`;
  };
  const { rows } = await db.query<CacheCounts & { kind: QueuedKind }>(eachKind(one), [shop]);
  const none = { total: 0, pending: 0, processed: 0, failed: 0, quarantined: 0 };
  const counts = { product: none, customer: none, order: none, inventory: none };
  for (const { kind, ...count } of rows) counts[kind] = count;
  return counts;
}
