import type { Pool } from "pg";

import { cacheTables, type QueuedKind } from "#app/cache/cache-tables.ts";
import { inTransaction } from "#app/lib/db.server.ts";

const SLICE = 2000;

/**
 * Makes processed entries pending, a slice in a transaction; an entry that a worker has in hand is waited for, so that it is
 * computed after what was saved before this.
 * @returns how many became pending
 */
export async function wakeInSlices(
  pool: Pool,
  { shop, kind, ids }: { shop: string; kind: QueuedKind; ids: readonly string[] },
): Promise<number> {
  const { table } = cacheTables[kind];
  let woken = 0;
  for (let start = 0; start < ids.length; start += SLICE) {
    const values = [shop, ids.slice(start, start + SLICE)];
    woken += await inTransaction(pool, async (tx) => {
      // In the order every writer of the cache takes its locks; only the next statement sees what a worker left behind.
      await tx.query(
        `select 1 from "${table}" where shop = $1 and id = any($2) order by id for update`,
        values,
      );
      const { rowCount } = await tx.query(
        `update "${table}" set "processedAt" = null where shop = $1 and id = any($2) and "processedAt" is not null`,
        values,
      );
      return rowCount ?? 0;
    });
  }
  return woken;
}
