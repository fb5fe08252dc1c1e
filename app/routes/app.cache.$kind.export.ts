import type { LoaderFunctionArgs } from "@remix-run/node";

import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import type { CacheRowView } from "#app/ui/cache-view.ts";

import { readCacheKind } from "./cache-kind.ts";
import { loadCacheRows, readCacheQuery } from "./cache-list.server.ts";
import { loadPage } from "./load-page.server.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 1_000;

/** Never the payloads: persons are in them. */
const columns: CsvColumns<CacheRowView> = {
  id: ({ id }) => id,
  label: ({ label }) => label,
  status: ({ status }) => status,
  source: ({ source }) => source,
  shape: ({ shape }) => shape,
  received_at: ({ receivedAt }) => receivedAt,
  shopify_updated_at: ({ shopifyUpdatedAt }) => shopifyUpdatedAt,
  processed_at: ({ processedAt }) => processedAt,
  error_code: ({ error }) => error?.code ?? null,
  error: ({ error }) => error?.text ?? null,
  next_step: ({ error }) => error?.next ?? null,
  attempts: ({ attempts }) => attempts,
  next_try_at: ({ nextRetryAt }) => nextRetryAt,
  to_fetch: ({ needsFetch }) => needsFetch,
  fetch_error: ({ fetchError }) => fetchError,
  deleted_at: ({ deletedAt }) => deletedAt,
};

/** The entries of a list as CSV: the same search, filters and order. */
export async function loader({ request, params, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ pool, shop, connection, context }) => {
    const kind = readCacheKind(params["kind"]);
    const query = readCacheQuery(request);
    const timeZone = connection.timeZone ?? "UTC";
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => loadCacheRows(db, query, { shop, kind, timeZone, at, limit: ROWS_AT_ONCE })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv(`cache-${kind}`, columns, rows, reader));
  });
}
