import type { Db } from "#app/lib/db.server.ts";
import { selectList, type ColumnTypes } from "#app/lib/select-list.ts";
import type { ParcelState } from "#app/erp/parcels/parcel-state.ts";
import type { LineStatus } from "#app/erp/processor/determine-line-quantities.ts";
import type { ChargeKind } from "#app/erp/processor/order-charge.ts";
import type { ReturnCase } from "#app/erp/returns/return-case.ts";
import { erpOrderColumns, type ErpOrder } from "./erp-order.ts";
import {
  orderChargeColumns,
  orderLineColumns,
  orderPaymentColumns,
  parcelColumns,
  returnCaseColumns,
  type OrderChargeRow,
  type OrderLineRow,
  type OrderPaymentRow,
  type ParcelRow,
} from "./order-rows.ts";

type OfOrder = "shop" | "shopifyOrderId";

/** An order with everything it consists of, as other systems read it. `lineId` everywhere is the `id` of a line. */
export type ErpOrderWithParts = ErpOrder & {
  lines: (Omit<OrderLineRow, OfOrder | "shopifyLineId" | "lineStatus" | "attributes"> & {
    id: string;
    lineStatus: LineStatus;
    attributes: { name: string; value: string }[];
  })[];
  charges: (Omit<OrderChargeRow, OfOrder | "shopifyLineId" | "kind"> & {
    kind: ChargeKind;
    lineId: string | null;
  })[];
  payments: (Omit<OrderPaymentRow, OfOrder | "shopifyTransactionId"> & { id: string })[];
  parcels: (Omit<ParcelRow, OfOrder | "state"> & {
    state: ParcelState;
    lines: { lineId: string; qty: number }[];
  })[];
  cases: ReturnCase[];
};

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
