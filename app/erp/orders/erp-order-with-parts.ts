import type { ParcelState } from "#app/erp/parcels/parcel-state.ts";
import type { LineStatus } from "#app/erp/processor/determine-line-quantities.ts";
import type { ChargeKind } from "#app/erp/processor/order-charge.ts";
import type { ReturnCase } from "#app/erp/returns/return-case.ts";
import type { ErpOrder } from "./erp-order.ts";
import type { OrderChargeRow, OrderLineRow, OrderPaymentRow, ParcelRow } from "./order-rows.ts";

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
