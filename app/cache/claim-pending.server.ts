import type { PoolClient } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type PayloadShape, type QueuedKind } from "./cache-tables.ts";

/** The newest payload of a shape that is not the entry's newest of all. */
export type Slot = {
  shape: PayloadShape;
  rawData: string;
  shopifyUpdatedAt: Date | null;
  triggeredAt: Date | null;
};

/** A pending entry: the newest payload of all, and in `slots` the newest of each other shape. */
export type CacheEntry = {
  id: string;
  rawData: string;
  rawShape: PayloadShape;
  shopifyUpdatedAt: Date | null;
  triggeredAt: Date | null;
  contentHash: string;
  attempts: number;
  slots: Slot[];
  /** Orders only: every gateway name any payload ever carried. */
  gatewaysSeen: string[];
  /** Orders only: fulfilments that a payload no slot holds any more showed on the road. */
  movedFulfillments: string[];
  /** When Shopify said that it is gone. */
  deletedAt: Date | null;
};

/**
 * Takes up to `limit` pending entries that are due, for as long as the caller's transaction lasts: what a webhook or a fetch
 * brought before what waits from a dump (`liveOnly`: nothing else), the oldest first. Entries another worker holds are
 * passed over (SKIP LOCKED), so any number of workers never touch the same one.
 * @param ids only these
 */
export async function claimPending(
  tx: PoolClient,
  {
    shop,
    kind,
    limit,
    now,
    liveOnly = false,
    ids,
  }: {
    shop: string;
    kind: QueuedKind;
    limit: number;
    now: Date;
    liveOnly?: boolean;
    ids?: readonly string[] | undefined;
  },
): Promise<CacheEntry[]> {
  const claimed = await tx.query<ClaimedRow>({
    name: `claim-pending-${kind}${liveOnly ? "-live" : ""}${ids ? "-by-id" : ""}`,
    text: `SELECT ${entryColumns(kind)}
      FROM "${cacheTables[kind].table}"
      WHERE shop = $1 AND "processedAt" IS NULL AND "quarantinedAt" IS NULL AND ("nextRetryAt" IS NULL OR "nextRetryAt" <= $2)
        ${liveOnly ? `AND (source = 'dump') = false` : ""} ${ids ? "AND id = ANY($4)" : ""}
      ORDER BY (source = 'dump'), "receivedAt" LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [shop, now, limit, ...(ids ? [ids] : [])],
  });
  return withSlots(tx, { shop, kind, rows: claimed.rows });
}

/** A cache entry as its own table has it. */
export type ClaimedRow = Omit<CacheEntry, "slots">;

/** The columns of {@link ClaimedRow}, for a select. */
export function entryColumns(kind: QueuedKind): string {
  const seen =
    kind === "order"
      ? `"gatewaysSeen", "movedFulfillments"`
      : `'{}'::text[] AS "gatewaysSeen", '{}'::text[] AS "movedFulfillments"`;
  return `id, "rawData", "rawShape", "shopifyUpdatedAt", "triggeredAt", "contentHash", attempts, "deletedAt", ${seen}`;
}

/** Claimed entries with the newest payloads of their other shapes, in the order in which they were claimed. */
export async function withSlots(
  tx: Db,
  { shop, kind, rows }: { shop: string; kind: QueuedKind; rows: readonly ClaimedRow[] },
): Promise<CacheEntry[]> {
  if (rows.length === 0) return [];
  const entries = new Map(rows.map((row) => [row.id, { ...row, slots: [] as Slot[] }]));
  const others = await tx.query<Slot & { id: string }>({
    name: "claim-slots",
    text: `SELECT id, shape, "rawData", "shopifyUpdatedAt", "triggeredAt" FROM "ShopifyCacheSlot"
      WHERE shop = $1 AND kind = $2 AND id = ANY($3)`,
    values: [shop, kind, [...entries.keys()]],
  });
  for (const { id, ...slot } of others.rows) entries.get(id)?.slots.push(slot);
  return [...entries.values()];
}
