import { entryStatuses } from "#app/cache/entry-status.ts";
import type { PayloadSource, QueuedKind } from "#app/cache/cache-tables.ts";
import type { CacheEntryRow } from "#app/cache/list-cache-entries.server.ts";
import { listCachePage } from "#app/cache/list-cache-page.server.ts";
import { daysToInstants } from "#app/lib/days-to-instants.ts";
import type { Db } from "#app/lib/db.server.ts";
import { errorCatalogue, explainError, type ErrorCode } from "#app/lib/errors.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import type { CacheRowView } from "#app/ui/cache-view.ts";

import { readListQuery } from "./read-list-query.ts";

const sources = ["webhook", "dump", "lookback", "fetch"] as const satisfies readonly PayloadSource[];
const codes = Object.keys(errorCatalogue) as ErrorCode[];

/** What a list of entries is asked by its address. */
export function readCacheQuery(request: Pick<Request, "url">) {
  return readListQuery(request, {
    choices: { status: [...entryStatuses, "toFetch"], code: codes, source: sources },
    days: ["received"],
    sorts: ["received desc", "received asc"],
  });
}

/** The entries that a list's address asks for. */
export async function loadCacheRows(
  db: Db,
  query: ReturnType<typeof readCacheQuery>,
  {
    shop,
    kind,
    timeZone,
    at,
    limit,
  }: {
    shop: string;
    kind: QueuedKind;
    timeZone: string;
    at: ListAt;
    limit: number;
  },
) {
  const { status, code, source } = query.choices;
  const received = daysToInstants(query.days["received"] ?? {}, timeZone);
  const page = await listCachePage(db, {
    ...{ shop, kind, at, limit, search: query.search, statuses: status, codes: code, sources: source },
    direction: query.sort.endsWith("asc") ? "asc" : "desc",
    receivedFrom: received.from,
    receivedUntil: received.until,
  });
  return { ...page, rows: page.rows.map(viewCacheRow) };
}

/** An entry as the pages show it. */
export function viewCacheRow(row: CacheEntryRow): CacheRowView {
  const { id, label, status, source, shape, attempts, needsFetch, fetchError, errorCode } = row;
  const explained = errorCode === null ? null : explainError(errorCode);
  return {
    ...{ id, label, status, source, shape, attempts, needsFetch, fetchError },
    shopifyUpdatedAt: row.shopifyUpdatedAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
    error:
      errorCode === null || explained === null
        ? null
        : { code: errorCode, text: row.processingError ?? explained.words, next: explained.next },
    nextRetryAt: row.nextRetryAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}
