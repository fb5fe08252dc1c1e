import type { PoolClient } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { entryColumns, withSlots, type CacheEntry, type ClaimedRow } from "./claim-pending.server.ts";

/** The next processed entries of a kind by id: a page of a walk over all of them. */
export async function listProcessed(
  db: Db,
  { shop, kind, after, limit }: { shop: string; kind: QueuedKind; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from "${cacheTables[kind].table}"
      where shop = $1 and id > $2 and "processedAt" is not null order by id limit $3`,
    [shop, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Which of these entries are processed: the others wait for the processor, or are gone. */
export async function findProcessed(
  db: Db,
  { shop, kind, ids }: { shop: string; kind: QueuedKind; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from "${cacheTables[kind].table}" where shop = $1 and id = any($2) and "processedAt" is not null order by id`,
    [shop, ids],
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes those of these entries that are processed, for as long as the caller's transaction lasts, so that no news of theirs
 * is processed meanwhile. Those another worker holds, and those that became pending, are passed over.
 */
export async function claimProcessed(
  tx: PoolClient,
  { shop, kind, ids }: { shop: string; kind: QueuedKind; ids: readonly string[] },
): Promise<CacheEntry[]> {
  const { rows } = await tx.query<ClaimedRow>(
    `select ${entryColumns(kind)} from "${cacheTables[kind].table}"
      where shop = $1 and id = any($2) and "processedAt" is not null order by id for update skip locked`,
    [shop, ids],
  );
  return withSlots(tx, { shop, kind, rows });
}
