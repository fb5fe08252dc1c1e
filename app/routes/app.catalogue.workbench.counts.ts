import type { LoaderFunctionArgs } from "@remix-run/node";

import { countWorkbench } from "#app/erp/catalog/count-workbench.server.ts";

import { loadPage } from "./load-page.server.ts";

/** What the SKU workbench asks again and again: whether there is anything new to show. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => Response.json(await countWorkbench(pool, { shop })));
}
