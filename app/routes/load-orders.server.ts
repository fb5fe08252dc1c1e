import { findOrders } from "#app/erp/orders/find-orders.server.ts";
import { orderChoices, orderSorts, type OrderListRow } from "#app/erp/orders/order-list-row.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { ListAt, ListPage } from "#app/lib/list-page.ts";

import type { PageRequest } from "./load-page.server.ts";
import { readListQuery, type ListQuery } from "./read-list-query.ts";

/** What the page of orders and its export are asked by their address. */
export function readOrdersQuery(request: Request): ListQuery<typeof orderChoices> {
  return readListQuery(request, { choices: orderChoices, days: ["created"], sorts: orderSorts });
}

/** One page of what the address asks for. */
export function loadOrders(
  db: Db,
  { shop, connection }: Pick<PageRequest, "shop" | "connection">,
  { search, choices, days, sort }: ListQuery<typeof orderChoices>,
  { at, limit }: { at: ListAt; limit: number },
): Promise<ListPage<OrderListRow>> {
  const timeZone = connection.timeZone ?? "UTC";
  return findOrders(db, {
    ...{ shop, search, choices, sort, at, limit, timeZone },
    created: days.created ?? {},
  });
}
