import type { PoolClient } from "pg";
import { cacheTables, type CacheKind, type PayloadShape } from "./cache-tables.ts";
import type { Stamp } from "./place-payload.ts";

type Row = {
  id: string;
  shape: PayloadShape;
  updated: string | null;
  triggered: string | null;
  contentHash: string;
};

const TIMES = `(extract(epoch from "shopifyUpdatedAt") * 1000000)::bigint::text AS updated,
  (extract(epoch from "triggeredAt") * 1000000)::bigint::text AS triggered, "contentHash"`;

/**
 * What entries hold: the stamp of each one's newest payload first, then those of its other slots. An id that is not there is
 * unknown. With `lock` the entries stay as they are until the caller's transaction ends, whoever else is here; the slots
 * are then read after the lock is had, so that they are of the same moment.
 */
export async function loadStamps(
  tx: PoolClient,
  { shop, kind, ids, lock }: { shop: string; kind: CacheKind; ids: readonly string[]; lock: boolean },
): Promise<Map<string, Stamp[]>> {
  const stamps = new Map<string, Stamp[]>();
  const { rows } = await tx.query<Row>({
    name: `load-stamps-${kind}-${lock ? "lock" : "look"}`,
    text: `SELECT id, "rawShape" AS shape, ${TIMES} FROM "${cacheTables[kind].table}"
      WHERE shop = $1 AND id = ANY($2) ${lock ? "ORDER BY id FOR UPDATE" : ""}`,
    values: [shop, ids],
  });
  for (const row of rows) stamps.set(row.id, [stampOf(row)]);
  if (stamps.size === 0) return stamps;
  const others = await tx.query<Row>({
    name: "load-stamps-of-slots",
    text: `SELECT id, shape, ${TIMES} FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = $2 AND id = ANY($3)`,
    values: [shop, kind, [...stamps.keys()]],
  });
  for (const row of others.rows) stamps.get(row.id)?.push(stampOf(row));
  return stamps;
}

function stampOf({ shape, updated, triggered, contentHash }: Row): Stamp {
  return {
    shape,
    updatedAtMicros: updated === null ? null : Number(updated),
    triggeredAtMicros: triggered === null ? null : Number(triggered),
    contentHash,
  };
}
