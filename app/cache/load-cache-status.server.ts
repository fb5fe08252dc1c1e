import type { Db } from "#app/lib/db.server.ts";
import { statusCounts, type CacheCounts } from "./cache-counts.server.ts";
import { cacheTables, queuedKinds, type QueuedKind } from "./cache-tables.ts";
import { isOfStatus } from "./entry-status.ts";
import { unlessGone } from "./fetch-wishes.server.ts";
import { countFailedDeliveries } from "./list-failed-deliveries.server.ts";

/** Of the reasons why something failed or could not be fetched, the most frequent. */
const REASONS = 20;

export type KindStatus = CacheCounts & {
  /** Entries that Shopify is to be asked for, and those of them it was asked for in vain. */
  toFetch: number;
  fetchFailed: number;
  oldestPendingAt: Date | null;
  newestReceivedAt: Date | null;
  newestProcessedAt: Date | null;
};

export type CacheStatus = {
  kinds: Record<QueuedKind, KindStatus>;
  /** Records to be fetched that the cache does not hold yet. */
  fetchRequests: number;
  failedDeliveries: number;
  /** Why entries failed, the most frequent first. */
  errors: { code: string; count: number }[];
  /** Why fetches failed, in words; entries' and requests', the most frequent first. */
  fetchErrors: { text: string; count: number }[];
};

/** How a shop's cache stands. Reads each cache once; what is counted by reason is few, and has an index. */
export async function loadCacheStatus(db: Db, { shop }: { shop: string }): Promise<CacheStatus> {
  const [kinds, fetchRequests, failedDeliveries, errors, fetchErrors] = await Promise.all([
    loadKinds(db, shop),
    countFetchRequests(db, shop),
    countFailedDeliveries(db, { shop }),
    countErrors(db, shop),
    countFetchErrors(db, shop),
  ]);
  return { kinds, fetchRequests, failedDeliveries, errors, fetchErrors };
}

async function loadKinds(db: Db, shop: string): Promise<Record<QueuedKind, KindStatus>> {
  const one = (kind: QueuedKind) => {
    const toFetch = `"needsFetch" IS NOT NULL ${unlessGone(kind)}`;
    return `SELECT '${kind}' AS kind, count(*)::int AS total, ${statusCounts},
        count(*) FILTER (WHERE ${toFetch})::int AS "toFetch",
        count(*) FILTER (WHERE ${toFetch} AND "fetchError" IS NOT NULL)::int AS "fetchFailed",
        min("receivedAt") FILTER (WHERE ${isOfStatus.pending}) AS "oldestPendingAt",
        max("receivedAt") AS "newestReceivedAt", max("processedAt") AS "newestProcessedAt"
      FROM "${cacheTables[kind].table}" WHERE shop = $1`;
  };
  const { rows } = await db.query<KindStatus & { kind: QueuedKind }>(
    queuedKinds.map(one).join(" UNION ALL "),
    [shop],
  );
  // Each of the four statements gives its row, of an empty table too.
  return Object.fromEntries(rows.map(({ kind, ...status }) => [kind, status])) as Record<
    QueuedKind,
    KindStatus
  >;
}

async function countFetchRequests(db: Db, shop: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "ShopifyFetchRequest" WHERE shop = $1`,
    [shop],
  );
  return rows[0]?.count ?? 0;
}

async function countErrors(db: Db, shop: string): Promise<CacheStatus["errors"]> {
  const one = (kind: QueuedKind) => `SELECT "errorCode" AS code FROM "${cacheTables[kind].table}"
    WHERE shop = $1 AND "errorCode" IS NOT NULL AND "processedAt" IS NULL`;
  const { rows } = await db.query<CacheStatus["errors"][number]>(
    `SELECT code, count(*)::int AS count FROM (${queuedKinds.map(one).join(" UNION ALL ")}) failed
     GROUP BY code ORDER BY count DESC, code LIMIT $2`,
    [shop, REASONS],
  );
  return rows;
}

async function countFetchErrors(db: Db, shop: string): Promise<CacheStatus["fetchErrors"]> {
  const one = (kind: QueuedKind) => `SELECT "fetchError" AS text FROM "${cacheTables[kind].table}"
    WHERE shop = $1 AND "fetchError" IS NOT NULL AND "needsFetch" IS NOT NULL ${unlessGone(kind)}`;
  const requests = `SELECT "fetchError" FROM "ShopifyFetchRequest" WHERE shop = $1 AND "fetchError" IS NOT NULL`;
  const { rows } = await db.query<CacheStatus["fetchErrors"][number]>(
    `SELECT text, count(*)::int AS count FROM (${[...queuedKinds.map(one), requests].join(" UNION ALL ")}) refused
     GROUP BY text ORDER BY count DESC, text LIMIT $2`,
    [shop, REASONS],
  );
  return rows;
}
