import type { Db } from "#app/lib/db.server.ts";
import type { CacheEntry } from "./claim-pending.server.ts";
import type { PayloadShape } from "./cache-tables.ts";

/** A payload that no slot holds: replaced by a newer one, or too late to get in. */
export type PastPayload = {
  shape: PayloadShape;
  shopifyUpdatedAt: Date | null;
  source: string;
  receivedAt: Date;
  supersededAt: Date;
};

/** Everything the cache keeps of one order, to be read by a person: nothing is claimed or locked. */
export type OrderPayloads = {
  entry: CacheEntry & { needsFetch: string | null };
  /** The newest first, at most a hundred; retention has taken the older ones. */
  history: PastPayload[];
};

/** @returns null where the shop has no such order */
export async function loadOrderPayloads(
  db: Db,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<OrderPayloads | null> {
  const { rows } = await db.query<OrderPayloads["entry"]>(
    `SELECT id, "rawData", "rawShape", "shopifyUpdatedAt", "triggeredAt", "contentHash", attempts, "gatewaysSeen",
       "movedFulfillments", "deletedAt", "needsFetch", '{}'::text[] AS slots FROM "ShopifyOrderCache" WHERE shop = $1 AND id = $2`,
    [shop, orderId],
  );
  const [entry] = rows;
  if (!entry) return null;
  const slots = await db.query<CacheEntry["slots"][number]>(
    `SELECT shape, "rawData", "shopifyUpdatedAt", "triggeredAt" FROM "ShopifyCacheSlot"
     WHERE shop = $1 AND kind = 'order' AND id = $2`,
    [shop, orderId],
  );
  const history = await db.query<PastPayload>(
    `SELECT shape, "shopifyUpdatedAt", source, "receivedAt", "supersededAt" FROM "ShopifyPayloadHistory"
     WHERE shop = $1 AND kind = 'order' AND id = $2 ORDER BY "supersededAt" DESC, "shopifyUpdatedAt" DESC NULLS LAST LIMIT 100`,
    [shop, orderId],
  );
  return { entry: { ...entry, slots: slots.rows }, history: history.rows };
}
