import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadStockComparison } from "#app/erp/inventory/compare-stock.server.ts";
import type { StockCompareRow } from "#app/erp/inventory/stock-compare-row.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import { statusLook } from "#app/ui/status-words.ts";

import { loadPage } from "./load-page.server.ts";
import { readStockCompareQuery } from "./stock-compare-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

/** Every page of it compares anew: few and large ones. */
const ROWS_AT_ONCE = 5000;

const columns: CsvColumns<StockCompareRow> = {
  SKU: ({ skuCode }) => skuCode,
  Title: ({ title }) => title,
  Location: ({ locationName }) => locationName,
  "Location id": ({ locationId }) => locationId,
  "Inventory item id": ({ inventoryItemId }) => inventoryItemId,
  Sellable: ({ sellableQty }) => sellableQty,
  "Kept back": ({ safetyQty }) => safetyQty,
  "In orders not taken in": ({ unprocessedQty }) => unprocessedQty,
  "ERP to sell": ({ targetQty, skipped }) => (skipped === "nothing_said" ? null : targetQty),
  "Shopify now": ({ shopifyQty }) => shopifyQty,
  Difference: ({ difference, skipped }) => (skipped === null ? difference : null),
  "Left alone": ({ skipped }) => skipped && statusLook("stockCompare", skipped).words,
  "Ordered since": ({ orderedSince }) => orderedSince,
};

/** The comparison of stock as CSV, searched and filtered as it is shown. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, context }) => {
    const { filter } = readStockCompareQuery(request);
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => loadStockComparison(db, { shop, filter, at, limit: ROWS_AT_ONCE })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("stock-comparison", columns, rows, reader));
  });
}
