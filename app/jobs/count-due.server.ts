import { cacheTables, type QueuedKind } from "#app/cache/cache-tables.ts";
import type { Db } from "#app/lib/db.server.ts";

/** How many entries of these kinds a processor would take now, those another worker just holds included. */
export async function countDue(
  db: Db,
  { shop, kinds, now }: { shop: string; kinds: readonly QueuedKind[]; now: Date },
): Promise<number> {
  const counts = kinds.map(
    (
      kind,
    ) => `select count(*)::int as due from "${cacheTables[kind].table}" where shop = $1 and "processedAt" is null
      and "quarantinedAt" is null and ("nextRetryAt" is null or "nextRetryAt" <= $2)`,
  );
  const { rows } = await db.query<{ due: number }>(
    `select sum(due)::int as due from (${counts.join(" union all ")}) as kinds`,
    [shop, now],
  );
  return rows[0]?.due ?? 0;
}
