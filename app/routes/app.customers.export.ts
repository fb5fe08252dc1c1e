import type { LoaderFunctionArgs } from "@remix-run/node";

import type { CustomerListRow } from "#app/erp/customers/customer-list-row.ts";
import { findCustomers } from "#app/erp/customers/find-customers.server.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";

import { customerQuestions } from "./customers-query.ts";
import { loadPage } from "./load-page.server.ts";
import { readListQuery } from "./read-list-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 1000;

const columns: CsvColumns<CustomerListRow> = {
  "ERP id": ({ id }) => id,
  "Shopify id": ({ shopifyCustomerId }) => shopifyCustomerId,
  "First name": ({ firstName }) => firstName,
  "Last name": ({ lastName }) => lastName,
  Email: ({ email }) => email,
  Phone: ({ phone }) => phone,
  Orders: ({ ordersCount }) => ordersCount,
  Spent: ({ totalSpent }) => totalSpent,
  Currency: ({ currency }) => currency,
  "Accepts marketing": ({ acceptsMarketing }) => acceptsMarketing,
  Tags: ({ tags }) => tags.join(", "),
  Record: ({ record }) => record,
  "Last change": ({ updatedAt }) => updatedAt,
};

/** The list of customers as CSV, searched, filtered and sorted as it is shown. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, context }) => {
    const asked = readListQuery(request, customerQuestions);
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => findCustomers(db, { shop, limit: ROWS_AT_ONCE, ...asked, at })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("customers", columns, rows, reader));
  });
}
