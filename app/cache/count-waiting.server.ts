import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { eachKind } from "./each-kind.ts";
import { isOfStatus } from "./entry-status.ts";
import { unlessGone } from "./fetch-wishes.server.ts";

/** How many entries of a kind are not where they should be: what waits for the processor, for its next try, for a person, for Shopify. */
export type WaitingCounts = { pending: number; failed: number; quarantined: number; toFetch: number };

/** Counts by kind of one shop; each along its partial index, so that what is processed, mostly nearly all, costs nothing. */
export async function countWaiting(
  db: Db,
  { shop }: { shop: string },
): Promise<Record<QueuedKind, WaitingCounts>> {
  const one = (kind: QueuedKind) => {
    const from = `FROM "${cacheTables[kind].table}" WHERE shop = $1`;
    return `SELECT '${kind}' AS kind, pending, failed, quarantined, "toFetch" FROM
      (SELECT count(*) FILTER (WHERE ${isOfStatus.pending})::int AS pending,
         count(*) FILTER (WHERE ${isOfStatus.failed})::int AS failed
         ${from} AND "processedAt" IS NULL AND "quarantinedAt" IS NULL) due,
      (SELECT count(*)::int AS quarantined ${from} AND ${isOfStatus.quarantined}) put_aside,
      (SELECT count(*)::int AS "toFetch" ${from} AND "needsFetch" IS NOT NULL ${unlessGone(kind)}) told`;
  };
  const { rows } = await db.query<WaitingCounts & { kind: QueuedKind }>(eachKind(one), [shop]);
  // Each of the four statements gives its row, of an empty table too.
  return Object.fromEntries(rows.map(({ kind, ...counts }) => [kind, counts])) as Record<
    QueuedKind,
    WaitingCounts
  >;
}

/** Why entries of a kind failed: how many by code, the most frequent first. */
export async function countErrorsOfKind(
  db: Db,
  { shop, kind }: { shop: string; kind: QueuedKind },
): Promise<{ code: string; count: number }[]> {
  const { rows } = await db.query<{ code: string; count: number }>(
    `SELECT "errorCode" AS code, count(*)::int AS count FROM "${cacheTables[kind].table}"
     WHERE shop = $1 AND "errorCode" IS NOT NULL AND "processedAt" IS NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
    [shop],
  );
  return rows;
}
