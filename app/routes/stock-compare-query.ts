import { stockShows, type StockShow } from "#app/erp/inventory/stock-compare-row.ts";
import type { ListAt } from "#app/lib/list-page.ts";

import { readListQuery } from "./read-list-query.ts";

/** What the comparison of stock and its export are asked; where nothing is chosen, what differs. */
export function readStockCompareQuery(request: Pick<Request, "url">): {
  filter: { show: StockShow; search: string };
  at: ListAt;
  ignored: string[];
} {
  const { search, choices, at, ignored } = readListQuery(request, { choices: { show: stockShows } });
  const [show = "differ", other] = choices.show ?? [];
  return { filter: { show: other === undefined ? show : "all", search }, at, ignored };
}
