import type { LoaderFunctionArgs } from "@remix-run/node";

import { listRemittances } from "#app/erp/actions/list-remittances.server.ts";
import type { RemittanceRow } from "#app/erp/actions/remittance-row.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import { remittanceProblemWords } from "#app/ui/remittance-words.ts";
import { statusLook } from "#app/ui/status-words.ts";

import { loadPage } from "./load-page.server.ts";
import { readRemittancesQuery } from "./read-remittances-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 500;

const columns: CsvColumns<RemittanceRow> = {
  AWB: ({ awbNumber }) => awbNumber,
  Amount: ({ amount }) => amount,
  Deduction: ({ deduction }) => deduction,
  Reference: ({ reference }) => reference,
  Date: ({ date }) => date,
  Status: ({ status }) => statusLook("remittance", status).words,
  Difference: ({ problem }) => problem && remittanceProblemWords[problem],
  Details: ({ words }) => words,
  "Shopify order ids": ({ orderIds }) => orderIds.join(" "),
  "Came at": ({ createdAt }) => createdAt,
  "Settled by": ({ settledBy }) => settledBy,
  "Settled at": ({ settledAt }) => settledAt,
};

/** The list of remittances as CSV, searched and filtered as it is shown; it can be uploaded again as it is. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, context }) => {
    const { filter, sort } = readRemittancesQuery(request);
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => listRemittances(db, { shop, filter, sort, at, limit: ROWS_AT_ONCE })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("remittances", columns, rows, reader));
  });
}
