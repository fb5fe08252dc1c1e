import type { LoaderFunctionArgs } from "@remix-run/node";

import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import { outboxSubject, outboxWish, standingWords } from "#app/ui/outbox-words.ts";
import { writeBackWords } from "#app/ui/write-back-words.ts";
import { listOutbox } from "#app/writeback/list-outbox.server.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import { loadPage } from "./load-page.server.ts";
import { readOutboxQuery } from "./read-outbox-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 500;

const columns: CsvColumns<OutboxRow> = {
  Id: ({ id }) => id,
  Of: outboxSubject,
  Update: (row) => outboxWish(row),
  Kind: ({ kind }) => writeBackWords[kind],
  Status: ({ standing }) => standingWords(standing),
  "Error code": ({ errorCode }) => errorCode,
  "What was said": ({ error, said }) => error ?? said,
  "The ERP wants": ({ conflict }) => conflict?.erp ?? null,
  "Shopify has": ({ conflict }) => conflict?.shopify ?? null,
  "What to do": ({ next }) => next,
  Tries: ({ attempts }) => attempts,
  "Tried again at": ({ nextRetryAt }) => nextRetryAt,
  "Wished at": ({ createdAt }) => createdAt,
  "Wished by": ({ actor }) => actor,
  "Over at": ({ endedAt }) => endedAt,
  "Shopify id": ({ entityId }) => entityId,
};

/** The list of updates to Shopify as CSV, searched, filtered and sorted as it is shown. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, now, context }) => {
    const { question } = readOutboxQuery(request);
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => listOutbox(db, { shop, ...question, at, limit: ROWS_AT_ONCE, now })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("updates-to-shopify", columns, rows, reader));
  });
}
