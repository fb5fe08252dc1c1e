import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadCharts } from "./load-charts.server.ts";
import { loadPage } from "./load-page.server.ts";

/** What Home's charts show; Home asks once it stands, for counting takes longer than the rest. */
export async function loader({ request }: LoaderFunctionArgs) {
  return Response.json(await loadPage(request, ({ shop, pool, now }) => loadCharts(pool, { shop, now })));
}
