import type { Db } from "#app/lib/db.server.ts";
import { selectList, type ColumnTypes } from "#app/lib/select-list.ts";
import { erpOrderColumns } from "./erp-order.ts";
import type { ErpOrderWithParts } from "./erp-order-with-parts.ts";
import {
  orderChargeColumns,
  orderLineColumns,
  orderPaymentColumns,
  parcelColumns,
  returnCaseColumns,
} from "./order-rows.ts";

/** One order of the ERP's, all of it as of one moment; null where the shop has none of that id. */
export async function loadOrder(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<ErpOrderWithParts | null> {
  const { rows } = await db.query<ErpOrderWithParts>({
    name: "load-erp-order",
    text: SQL,
    values: [shop, id],
  });
  return rows[0] ?? null;
}

/** SQL: the order's rows of a table as a JSON list. */
function parts(
  table: string,
  columns: readonly string[],
  types: ColumnTypes,
  sort: string,
  more = "",
): string {
  const own = columns.filter((column) => column !== "shop" && column !== "shopifyOrderId");
  const renamed = own.map((column) => names.get(`${table}.${column}`) ?? column);
  return `(select coalesce(json_agg(row_to_json(part)), '[]') from (select ${selectList("p", renamed, types)}${more}
     from "${table}" p where p.shop = $1 and p."shopifyOrderId" = $2 order by ${sort}) part)`;
}

/** In an answer a part's own id is `id`, and a line's id elsewhere `lineId`. */
const names = new Map([
  ["OrderLine.shopifyLineId", "shopifyLineId as id"],
  ["OrderCharge.shopifyLineId", "shopifyLineId as lineId"],
  ["OrderPayment.shopifyTransactionId", "shopifyTransactionId as id"],
]);

const parcelLines = `, (select coalesce(json_agg(json_build_object('lineId', l."shopifyLineId", 'qty', l.qty) order by l."shopifyLineId"), '[]')
  from "ParcelLine" l where l.shop = $1 and l."shopifyOrderId" = $2 and l."parcelId" = p.id) as lines`;

// One statement is one snapshot: an order written anew meanwhile is read before or after, so that its amounts add up.
const SQL = `select ${erpOrderColumns},
  ${parts("OrderLine", orderLineColumns, { amounts: ["unitPrice", "lineTotal", "discountAmount", "taxAmount"] }, "p.position")} as lines,
  ${parts("OrderCharge", orderChargeColumns, { amounts: ["rate", "amount", "presentmentAmount"] }, "p.position")} as charges,
  ${parts("OrderPayment", orderPaymentColumns, { amounts: ["amount", "presentmentAmount"], instants: ["processedAt"] }, `p."processedAt", p."shopifyTransactionId"`)} as payments,
  ${parts("Parcel", parcelColumns, { amounts: ["amountToCollect"], instants: ["handedOverAt", "deliveredAt", "newsAt"] }, `p."createdAt", p.id`, parcelLines)} as parcels,
  ${parts("ReturnCase", returnCaseColumns, { instants: ["openedAt", "receivedAt", "closedAt"] }, `p."openedAt", p.id`)} as cases
  from "Order" o where o.shop = $1 and o."shopifyOrderId" = $2`;
