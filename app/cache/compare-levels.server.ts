import type { Db } from "#app/lib/db.server.ts";
import type { ShownLevel } from "#app/shopify/bulk/read-levels.server.ts";

/** Stock levels that Shopify showed, by how they stand against what we had; each is counted once. */
export type LevelsCompared = {
  /** We did not know of them. */
  fresh: number;
  /** A quantity is another than we had, or we had them as gone (or as stocked, where they are not). */
  different: number;
  /** How many quantities of the different ones are others. */
  quantities: number;
  same: number;
  /** They differ, and ours was told later than Shopify collected these. */
  newer: number;
  /** What they say cannot be read. */
  unreadable: number;
};

export const noLevels: Readonly<LevelsCompared> = Object.freeze({
  ...{ fresh: 0, different: 0, quantities: 0, same: 0, newer: 0, unreadable: 0 },
});

const QUANTITIES = ["available", "onHand", "committed", "incoming", "reserved"] as const;

const differing = QUANTITIES.map((name) => `coalesce((u."${name}" <> c."${name}Qty")::int, 0)`).join(" + ");

/**
 * Holds stock levels as a dump tells them against what processing has made of what we knew. A quantity that nobody had told us
 * (a webhook tells only what is available) is no difference.
 *
 * `doubtful` are those that differ and that storing the dump does not settle, so that Shopify has to be asked: an answer of ours
 * of the same second says something else and outranks the dump, or an answer had said that the level is gone.
 * @param operationId the dump's; what was answered after it began is newer than the dump
 */
export async function compareLevels(
  db: Db,
  { shop, operationId, levels }: { shop: string; operationId: string; levels: readonly ShownLevel[] },
): Promise<LevelsCompared & { doubtful: string[] }> {
  const { rows } = await db.query<{
    verdict: Exclude<keyof LevelsCompared, "quantities">;
    count: number;
    quantities: number;
    doubtful: string[] | null;
  }>(
    `WITH held AS (
       SELECT u.id, c.id IS NULL AS fresh, NOT u.readable AS unreadable, u.active AS is_active, c."deletedAt" IS NULL AS stocked,
         CASE WHEN u.active AND c."deletedAt" IS NULL THEN ${differing} ELSE 0 END AS quantities,
         CASE WHEN c."deletedAt" IS NULL THEN c."shopifyUpdatedAt" > u.updated ELSE c."deletedAt" >= o."createdAt" END AS newer,
         c."rawShape" = 'detail' AND c."shopifyUpdatedAt" = u.updated AS outranked
       FROM unnest($3::text[], $4::timestamptz[], $5::boolean[], $6::boolean[], $7::bigint[], $8::bigint[], $9::bigint[],
           $10::bigint[], $11::bigint[]) AS u(id, updated, readable, active, ${QUANTITIES.map((name) => `"${name}"`).join(", ")})
       JOIN "ShopifyBulkOperation" o ON o.shop = $1 AND o.id = $2
       LEFT JOIN "ShopifyInventoryCache" c ON c.shop = $1 AND c.id = u.id),
     judged AS (
       SELECT *, CASE WHEN unreadable THEN 'unreadable' WHEN fresh THEN 'fresh'
         WHEN stocked = is_active AND quantities = 0 THEN 'same' WHEN newer THEN 'newer' ELSE 'different' END AS verdict FROM held)
     SELECT verdict, count(*)::int AS count, sum(quantities)::int AS quantities,
       array_agg(id ORDER BY id) FILTER (WHERE outranked OR (is_active AND NOT stocked)) AS doubtful
     FROM judged GROUP BY verdict`,
    [
      ...[shop, operationId],
      levels.map(({ id }) => id),
      levels.map(({ updatedAt }) =>
        updatedAt === null || Number.isNaN(Date.parse(updatedAt)) ? null : updatedAt,
      ),
      levels.map(({ told }) => told !== null),
      levels.map(({ told }) => told?.connected ?? true),
      ...QUANTITIES.map((name) => levels.map(({ told }) => told?.quantities[name] ?? null)),
    ],
  );
  const found = { ...noLevels, doubtful: [] as string[] };
  for (const { verdict, count, quantities, doubtful } of rows) {
    found[verdict] = count;
    if (verdict !== "different") continue;
    found.quantities = quantities;
    found.doubtful = doubtful ?? [];
  }
  return found;
}
