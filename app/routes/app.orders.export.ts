import type { LoaderFunctionArgs } from "@remix-run/node";

import type { OrderListRow } from "#app/erp/orders/order-list-row.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";

import { loadOrders, readOrdersQuery } from "./load-orders.server.ts";
import { loadPage } from "./load-page.server.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 1000;

const columns: CsvColumns<OrderListRow> = {
  Order: (row) => row.orderNumber,
  "Shopify ID": (row) => row.id,
  Created: (row) => row.shopifyCreatedAt,
  Changed: (row) => row.updatedAt,
  Customer: (row) => row.customerName,
  Email: (row) => row.customerEmail,
  Phone: (row) => row.customerPhone,
  Status: (row) => row.status,
  "Payment method": (row) => row.paymentMethod,
  "Financial status": (row) => row.financialStatus,
  Currency: (row) => row.currency,
  Total: (row) => row.totalAmount,
  "Current total": (row) => row.currentTotalAmount,
  "To collect": (row) => row.amountToCollect,
  "To collect in": (row) => row.presentmentCurrency,
  Holds: (row) => row.holds.join("; "),
  "Stop-ship": (row) => row.stopShip,
  "Money difference": (row) => row.hasDifference,
  Test: (row) => row.test,
  History: (row) => row.isHistory,
  "Deleted in Shopify": (row) => row.archivedAt,
};

/** The list of orders as CSV: the same search, filters and sort as the page's, every page of it. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, (visit) => {
    const query = readOrdersQuery(request);
    const rows = readSnapshot(visit.pool, (db) =>
      everyRow((at) => loadOrders(db, visit, query, { at, limit: ROWS_AT_ONCE })),
    );
    const reader = { log: visit.context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("orders", columns, rows, reader));
  });
}
