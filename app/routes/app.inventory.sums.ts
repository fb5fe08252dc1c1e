import type { LoaderFunctionArgs } from "@remix-run/node";

import { sumStockByLocation } from "#app/erp/inventory/sum-stock-by-location.server.ts";

import { loadPage } from "./load-page.server.ts";

/** What there is at each location; the page of stock asks once it stands, because every level is summed. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => Response.json(await sumStockByLocation(pool, { shop })));
}
