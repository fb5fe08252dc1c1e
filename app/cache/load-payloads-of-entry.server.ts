import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type PayloadShape, type PayloadSource, type QueuedKind } from "./cache-tables.ts";

/** Payloads of up to some MB each: the newest that were replaced are enough to see what changed. */
const HISTORY = 20;

/** What Shopify said of a record once, as it came. */
export type KeptPayload = {
  shape: PayloadShape;
  source: PayloadSource;
  contentHash: string;
  shopifyUpdatedAt: Date | null;
  triggeredAt: Date | null;
  receivedAt: Date;
  /** When a newer one of its shape took its place; null while it is in use. */
  supersededAt: Date | null;
  /** The text, byte for byte. */
  raw: string;
};

export type PayloadsOfEntry = {
  newest: KeptPayload;
  /** The newest of each other shape. */
  slots: KeptPayload[];
  /** Those that were replaced, replaced last first, at most 20. */
  history: KeptPayload[];
};

/**
 * Every payload the cache keeps of one entry, all of one moment: one that is replaced meanwhile is in one place only.
 * @returns null where the shop has no such entry
 */
export async function loadPayloadsOfEntry(
  db: Db,
  { shop, kind, id }: { shop: string; kind: QueuedKind; id: string },
): Promise<PayloadsOfEntry | null> {
  const columns = `source, "contentHash", "shopifyUpdatedAt", "triggeredAt", "receivedAt"`;
  const { rows } = await db.query<KeptPayload & { place: "newest" | "slot" | "history" }>(
    `SELECT 'newest' AS place, "rawShape" AS shape, ${columns}, NULL::timestamptz AS "supersededAt", "rawData" AS raw
       FROM "${cacheTables[kind].table}" WHERE shop = $1 AND id = $3
     UNION ALL
     SELECT 'slot', shape, ${columns}, NULL, "rawData" FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = $2 AND id = $3
     UNION ALL
     (SELECT 'history', shape, ${columns}, "supersededAt", "rawData" FROM "ShopifyPayloadHistory"
       WHERE shop = $1 AND kind = $2 AND id = $3
       ORDER BY "supersededAt" DESC, "shopifyUpdatedAt" DESC NULLS LAST, "contentHash" LIMIT $4)`,
    [shop, kind, id, HISTORY],
  );
  const at = (place: (typeof rows)[number]["place"]) =>
    rows.filter((row) => row.place === place).map(({ place: _, ...payload }) => payload);
  const [newest] = at("newest");
  return newest ? { newest, slots: at("slot"), history: at("history") } : null;
}
