import type { PoolClient } from "pg";
import { cacheTables, type PayloadShape, type QueuedKind } from "./cache-tables.ts";

/** One payload of an entry as it was stored. */
export type StoredPayload = {
  shape: PayloadShape;
  rawData: string;
  contentHash: string;
};

/** A pending entry with the newest payload of each shape, the newest of all first. */
export type CacheEntry = { id: string; attempts: number; payloads: [StoredPayload, ...StoredPayload[]] };

/**
 * Takes up to `limit` pending entries that are due, for as long as the caller's transaction lasts. Entries another
 * worker holds are passed over (SKIP LOCKED), so any number of workers never touch the same one.
 */
export async function claimPending(
  tx: PoolClient,
  { shop, kind, limit, now }: { shop: string; kind: QueuedKind; limit: number; now: Date },
): Promise<CacheEntry[]> {
  type Row = { id: string; shape: PayloadShape; rawData: string; contentHash: string; attempts: number };
  const claimed = await tx.query<Row>({
    name: `claim-pending-${kind}`,
    text: `SELECT id, "rawShape" AS shape, "rawData", "contentHash", attempts FROM "${cacheTables[kind].table}"
      WHERE shop = $1 AND "processedAt" IS NULL AND "quarantinedAt" IS NULL AND ("nextRetryAt" IS NULL OR "nextRetryAt" <= $2)
      ORDER BY "receivedAt" LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [shop, now, limit],
  });
  if (claimed.rows.length === 0) return [];
  const entries = new Map<string, CacheEntry>();
  for (const { id, attempts, ...payload } of claimed.rows) entries.set(id, { id, attempts, payloads: [payload] });
  const others = await tx.query<Row>({
    name: "claim-slots",
    text: `SELECT id, shape, "rawData", "contentHash" FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = $2 AND id = ANY($3)`,
    values: [shop, kind, [...entries.keys()]],
  });
  for (const { id, shape, rawData, contentHash } of others.rows) entries.get(id)?.payloads.push({ shape, rawData, contentHash });
  return [...entries.values()];
}
