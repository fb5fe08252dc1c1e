import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";

/**
 * Entries that were processed are processed again: what the ERP knows beside them has changed. Locks in the order of ids, as
 * every writer of the cache does. An entry that a worker holds now is passed over: the caller holds a lock that the worker
 * waits for or has not reached, or comes again.
 * @returns how many
 */
export async function wakeEntries(
  tx: Db,
  { shop, kind, ids }: { shop: string; kind: QueuedKind; ids: readonly string[] },
): Promise<number> {
  if (ids.length === 0) return 0;
  const { table } = cacheTables[kind];
  const { rowCount } = await tx.query(
    `update "${table}" done set "processedAt" = null
       from (select id from "${table}"
              where shop = $1 and id = any($2) and "processedAt" is not null order by id for update skip locked) free
      where done.shop = $1 and done.id = free.id`,
    [shop, ids],
  );
  return rowCount ?? 0;
}
