import type { LoaderFunctionArgs } from "@remix-run/node";

import { countStockComparison } from "#app/erp/inventory/compare-stock.server.ts";

import { loadPage } from "./load-page.server.ts";

/** The comparison in figures; its page asks once it stands, because every level is counted. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) =>
    Response.json(await countStockComparison(pool, { shop })),
  );
}
