import type { LoaderFunctionArgs } from "@remix-run/node";

import { countStockComparison } from "#app/erp/inventory/count-stock-comparison.server.ts";
import { countStockQuestions } from "#app/outbox/count-stock-questions.server.ts";
import type { StockFigures } from "#app/ui/stock-compare-view.ts";

import { loadPage } from "./load-page.server.ts";

/** The comparison in figures; its page asks once it stands, because every level is counted. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => {
    const [counts, questions] = await Promise.all([
      countStockComparison(pool, { shop }),
      countStockQuestions(pool, { shop }),
    ]);
    return Response.json({ ...counts, questions } satisfies StockFigures);
  });
}
