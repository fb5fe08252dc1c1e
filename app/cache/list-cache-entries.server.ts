import type { Db } from "#app/lib/db.server.ts";
import type { ErrorCode } from "#app/lib/errors.ts";
import { cacheTables, type PayloadShape, type PayloadSource, type QueuedKind } from "./cache-tables.ts";
import { entryStatus, isOfStatus, type EntryStatus } from "./entry-status.ts";
import { unlessGone } from "./fetch-wishes.server.ts";
import { entryLabels } from "./list-failed.server.ts";

/** A cache entry without its payload. */
export type CacheEntryRow = {
  id: string;
  /** What a person knows it by: order number, title, or the id. */
  label: string;
  status: EntryStatus;
  source: PayloadSource;
  shape: PayloadShape;
  shopifyUpdatedAt: Date | null;
  receivedAt: Date;
  processedAt: Date | null;
  errorCode: string | null;
  processingError: string | null;
  attempts: number;
  nextRetryAt: Date | null;
  needsFetch: string | null;
  fetchError: string | null;
  deletedAt: Date | null;
};

export type CacheEntryFilter = {
  status?: EntryStatus | "toFetch" | undefined;
  errorCode?: ErrorCode | undefined;
  /** Of orders only: the number, exactly as Shopify has it. */
  number?: string | undefined;
  /** Only this one. */
  id?: string | undefined;
};

/** SQL: the columns of a `CacheEntryRow`. */
export function cacheEntryColumns(kind: QueuedKind): string {
  return `id, ${entryLabels[kind]} AS label, ${entryStatus} AS status, source, "rawShape" AS shape, "shopifyUpdatedAt",
    "receivedAt", "processedAt", "errorCode", "processingError", attempts, "nextRetryAt", "needsFetch", "fetchError", "deletedAt"`;
}

/**
 * Entries of a kind, received last first. Read along the index by receipt, not sorted: a dump's entries came some hundreds at
 * one instant, and only those are put in the order of their ids. A number is looked for in all of a shop's orders.
 * @param after the last one of the page before
 */
export async function listCacheEntries(
  db: Db,
  {
    shop,
    kind,
    limit,
    after,
    ...filter
  }: {
    shop: string;
    kind: QueuedKind;
    limit: number;
    after?: { receivedAt: Date; id: string };
  } & CacheEntryFilter,
): Promise<CacheEntryRow[]> {
  const { rows } = await db.query<CacheEntryRow>(
    `SELECT ${cacheEntryColumns(kind)}
     FROM "${cacheTables[kind].table}" WHERE shop = $1 AND ($3::timestamptz IS NULL OR ("receivedAt", id) < ($3, $4))
       AND ($5::text IS NULL OR "errorCode" = $5) AND ($6::text IS NULL OR id = $6) AND ${isAsFiltered(kind, filter)}
     ORDER BY "receivedAt" DESC, id DESC LIMIT $2`,
    [
      ...[shop, limit, after?.receivedAt ?? null, after?.id ?? null],
      ...[filter.errorCode ?? null, filter.id ?? null],
      ...(filter.number === undefined ? [] : [filter.number]),
    ],
  );
  return rows;
}

function isAsFiltered(kind: QueuedKind, { status, number }: CacheEntryFilter): string {
  return [
    ...(number === undefined ? [] : [`"orderNumber" = $7`]),
    ...(status === "toFetch" ? [`"needsFetch" IS NOT NULL ${unlessGone(kind)}`] : []),
    ...(status === undefined || status === "toFetch" ? [] : [isOfStatus[status]]),
    "true",
  ].join(" AND ");
}
