import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type CacheKind, type PayloadShape, type PayloadSource } from "./cache-tables.ts";

/** More versions than anybody compares; retention takes the old ones anyway. */
const MOST = 200;

/** One payload the cache keeps, without its text. */
export type PayloadVersion = {
  /** Of which record: the entry, or a fulfilment order of it. */
  kind: CacheKind;
  id: string;
  shape: PayloadShape;
  source: PayloadSource;
  /** With the shape its name: two contents never share it. */
  contentHash: string;
  shopifyUpdatedAt: Date | null;
  triggeredAt: Date | null;
  receivedAt: Date;
  /** When a newer one of its shape took its place; null while it is in use. */
  supersededAt: Date | null;
  bytes: number;
};

const columns = `source, "contentHash", "shopifyUpdatedAt", "triggeredAt", "receivedAt"`;
const bytes = `octet_length("rawData") AS bytes`;

/**
 * Every payload the cache keeps of one record: the newest of all, the newest of each other shape, then those that were replaced,
 * replaced last first, all of one moment.
 */
export async function listPayloadVersions(
  db: Db,
  { shop, kind, id }: { shop: string; kind: CacheKind; id: string },
): Promise<PayloadVersion[]> {
  const { rows } = await db.query<PayloadVersion>(
    `SELECT $2 AS kind, $3 AS id, "rawShape" AS shape, ${columns}, NULL::timestamptz AS "supersededAt", ${bytes}, 0 AS place
       FROM "${cacheTables[kind].table}" WHERE shop = $1 AND id = $3
     UNION ALL
     SELECT $2, $3, shape, ${columns}, NULL, ${bytes}, 1 FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = $2 AND id = $3
     UNION ALL
     (SELECT $2, $3, shape, ${columns}, "supersededAt", ${bytes}, 2 FROM "ShopifyPayloadHistory"
       WHERE shop = $1 AND kind = $2 AND id = $3 ORDER BY "supersededAt" DESC LIMIT $4)
     ORDER BY place, "supersededAt" DESC, "shopifyUpdatedAt" DESC NULLS LAST, shape`,
    [shop, kind, id, MOST],
  );
  return rows;
}

/** The newest payloads of an order's fulfilment orders. */
export async function listFulfillmentOrderVersions(
  db: Db,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<PayloadVersion[]> {
  const { rows } = await db.query<PayloadVersion>(
    `SELECT 'fulfillment_order' AS kind, id, "rawShape" AS shape, ${columns}, NULL::timestamptz AS "supersededAt", ${bytes}
     FROM "${cacheTables.fulfillment_order.table}" WHERE shop = $1 AND "orderId" = $2 ORDER BY id LIMIT $3`,
    [shop, orderId, MOST],
  );
  return rows;
}

/** The text of one payload, byte for byte as it is kept; null where the cache does not hold it (any more). */
export async function loadPayloadText(
  db: Db,
  {
    shop,
    kind,
    id,
    shape,
    contentHash,
  }: { shop: string; kind: CacheKind; id: string; shape: string; contentHash: string },
): Promise<string | null> {
  const { rows } = await db.query<{ raw: string }>(
    `SELECT "rawData" AS raw FROM "${cacheTables[kind].table}"
       WHERE shop = $1 AND id = $3 AND "rawShape" = $4 AND "contentHash" = $5
     UNION ALL
     SELECT "rawData" FROM "ShopifyCacheSlot"
       WHERE shop = $1 AND kind = $2 AND id = $3 AND shape = $4 AND "contentHash" = $5
     UNION ALL
     SELECT "rawData" FROM "ShopifyPayloadHistory"
       WHERE shop = $1 AND kind = $2 AND id = $3 AND shape = $4 AND "contentHash" = $5
     LIMIT 1`,
    [shop, kind, id, shape, contentHash],
  );
  return rows[0]?.raw ?? null;
}
