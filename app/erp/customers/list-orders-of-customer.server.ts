import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { CustomerOrder } from "./customer-view.ts";

const newestFirst: ListSort = {
  columns: [
    { sql: `o."orderDate"`, type: "instant" },
    { sql: `o."shopifyOrderId"`, type: "text" },
  ],
  direction: "desc",
};

const columns = selectList(
  "o",
  [
    ...["shopifyOrderId as id", "orderNumber", "status", "paymentMethod", "orderDate", "currentTotalAmount"],
    ...["currency", "test"],
  ],
  { instants: ["orderDate"], amounts: ["currentTotalAmount"] },
);

/** One page of a customer's orders, the newest first; test orders are among them. */
export function listOrdersOfCustomer(
  db: Db,
  { shop, id, at, limit }: { shop: string; id: string; at: ListAt; limit: number },
): Promise<ListPage<CustomerOrder>> {
  const keyOf = (order: CustomerOrder) => [order.orderDate, order.id];
  return loadListPage({ sort: newestFirst, at, limit, keyOf }, async (page) => {
    const { and, values } = askedConditions([shop, page.limit, id], page.conditions);
    const { rows } = await db.query<CustomerOrder>(
      `select ${columns} from "Order" o where o.shop = $1 and o."customerId" = $3${and} order by ${page.orderBy} limit $2`,
      values,
    );
    return rows;
  });
}
