import { loadExplanation } from "#app/erp/processor/load-explanation.server.ts";
import type { NotApplied } from "#app/erp/processor/not-applied.ts";
import { idFromGid } from "#app/lib/gid.ts";
import type { OutboxStatus, IntentKind } from "#app/outbox/outbox-intent.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import type { MixedShop } from "./mixed-shop.ts";

export type Units = ReadonlyMap<string, number>;

/** An order as the simulated store has it. */
export type ShopifySide = {
  cancelled: boolean;
  financial: string;
  outstanding: number;
  held: boolean;
  /** `price`: of all its units after discounts, in hundredths. */
  lines: { id: string; qty: number; current: number; unfulfilled: number; price: number }[];
  fulfillments: {
    id: string;
    live: boolean;
    display: string;
    awbs: string[];
    lines: Units;
    events: string[];
  }[];
  /** Units of refunds that put nothing back: goodwill where the goods are out. */
  forgiven: Units;
};

type Payload = {
  parcelId?: string;
  lines?: { lineId: string; qty: number }[];
  status?: string;
  receiptId?: string;
  amount?: string;
  awbNumber?: string | null;
};
export type IntentOf = {
  id: string;
  kind: IntentKind;
  status: OutboxStatus;
  payload: Payload;
  error: string | null;
  /** It left, and its answer never came: whether Shopify did it is found out by the next try. */
  unsure: boolean;
  conflict: { erp: string; shopify: string; next: string } | null;
};

export type FactOf = {
  kind: string;
  lineId: string | null;
  parcelId: string | null;
  qty: number | null;
  details: {
    fulfillmentId?: string;
    fulfillmentIds?: string[];
    awbNumber?: string | null;
    receiptId?: string;
    amount?: string;
    keys?: string[];
  };
};

/** The same order as the ERP's rows have it, and what of it waits for Shopify. */
export type ErpSide = {
  status: string;
  cancelled: boolean;
  /** It knows that Shopify has deleted it. */
  archived: boolean;
  financial: string;
  outstanding: number;
  method: string | null;
  /** What is still to be collected for it. */
  collect: number;
  holds: { kind: string }[];
  stopShip: string | null;
  /** What Shopify says and the ERP did not follow, as its page shows it. */
  notApplied: NotApplied[];
  lines: {
    id: string;
    qty: number;
    packed: number;
    shipped: number;
    delivered: number;
    cancelled: number;
    rto: number;
    returned: number;
    allocated: number;
  }[];
  parcels: {
    id: string;
    origin: "erp" | "shopify";
    state: string;
    fulfillmentId: string | null;
    awb: string | null;
    lines: Units;
  }[];
  cases: { id: string; kind: string; state: string; parcelId: string | null; lines: Units }[];
  facts: FactOf[];
  intents: IntentOf[];
};

function unitsOf(lines: readonly { lineId: string; qty: number }[]): Units {
  const sums = new Map<string, number>();
  for (const { lineId, qty } of lines) sums.set(lineId, (sums.get(lineId) ?? 0) + qty);
  return sums;
}

function hundredths(of: SimNode, field: string): number {
  return Math.round(Number(readText(of, field, "presentmentMoney", "amount")) * 100);
}

export function readShopifySide(order: SimNode): ShopifySide {
  const linesOf = (from: SimNode, field: string) =>
    readNodes(from, field).map((one) => ({
      lineId: idFromGid(readText(one, "lineItem", "id")),
      qty: Number(one["quantity"]),
    }));
  const refunded = readNodes(order, "refunds")
    .flatMap((refund) => readNodes(refund, "refundLineItems"))
    .filter((line) => readText(line["restockType"]) === "NO_RESTOCK")
    .map((line) => ({ lineId: idFromGid(readText(line, "lineItem", "id")), qty: Number(line["quantity"]) }));
  return {
    cancelled: readField(order, "cancelledAt") !== null,
    financial: readText(order["displayFinancialStatus"]),
    outstanding: Number(readText(order, "totalOutstandingSet", "presentmentMoney", "amount")),
    held: readNodes(order, "fulfillmentOrders").some((one) => readText(one["status"]) === "ON_HOLD"),
    lines: readNodes(order, "lineItems").map((line) => ({
      id: idFromGid(line.id),
      qty: Number(line["quantity"]),
      current: Number(line["currentQuantity"]),
      unfulfilled: Number(line["unfulfilledQuantity"]),
      price: readNodes(line, "discountAllocations").reduce(
        (left, one) => left - hundredths(one, "allocatedAmountSet"),
        hundredths(line, "originalUnitPriceSet") * Number(line["quantity"]),
      ),
    })),
    fulfillments: readNodes(order, "fulfillments").map((one) => ({
      id: idFromGid(one.id),
      live: readText(one["status"]) === "SUCCESS",
      display: readText(one["displayStatus"]),
      awbs: readNodes(one, "trackingInfo").flatMap((info) => readText(info["number"]) || []),
      lines: unitsOf(linesOf(one, "fulfillmentLineItems")),
      events: readNodes(one, "events").map((event) => readText(event["status"])),
    })),
    forgiven: unitsOf(refunded),
  };
}

type LineRow = { lineId: string; qty: number };
type Row = Omit<ErpSide, "parcels" | "cases" | "notApplied"> & {
  parcels: (Omit<ErpSide["parcels"][number], "lines"> & { lines: LineRow[] | null })[] | null;
  cases: (Omit<ErpSide["cases"][number], "lines"> & { lines: LineRow[] })[] | null;
};

export async function readErpSide(at: MixedShop, orderId: string): Promise<ErpSide> {
  const [row] = await at.rows<Row>(
    `select o.status, o."cancelledAt" is not null as cancelled, o."archivedAt" is not null as archived, o."financialStatus" as financial,
        o."presentmentOutstandingAmount"::float8 as outstanding, o."paymentMethod" as method,
        o."amountToCollect"::float8 as collect, o.holds, o."stopShip",
        (select json_agg(json_build_object('id', "shopifyLineId", 'qty', qty, 'packed', "packedQty", 'shipped', "shippedQty",
             'delivered', "deliveredQty", 'cancelled', "cancelledQty", 'rto', "rtoQty", 'returned', "returnedQty",
             'allocated', "allocatedQty") order by position)
           from "OrderLine" where shop = $1 and "shopifyOrderId" = $2) as lines,
        (select json_agg(json_build_object('id', p.id, 'origin', p.origin, 'state', p.state, 'awb', p."awbNumber",
             'fulfillmentId', p."shopifyFulfillmentId", 'lines', (select json_agg(json_build_object('lineId', "shopifyLineId", 'qty', qty)
                order by "shopifyLineId") from "ParcelLine" l where l.shop = $1 and l."shopifyOrderId" = $2 and l."parcelId" = p.id)) order by p.id)
           from "Parcel" p where p.shop = $1 and p."shopifyOrderId" = $2) as parcels,
        (select json_agg(json_build_object('id', id, 'kind', kind, 'state', state, 'parcelId', "parcelId", 'lines', lines) order by id)
           from "ReturnCase" where shop = $1 and "shopifyOrderId" = $2) as cases,
        coalesce((select json_agg(json_build_object('kind', kind, 'lineId', "shopifyLineId", 'parcelId', "parcelId", 'qty', qty,
             'details', details) order by id) from "ErpFact" where shop = $1 and "shopifyOrderId" = $2), '[]') as facts,
        coalesce((select json_agg(json_build_object('id', id, 'kind', kind, 'status', status, 'payload', payload, 'error', error,
             'conflict', conflict, 'unsure', status = 'waiting' and coalesce((answer->>'unsure')::boolean, false)) order by seq) from "Outbox" where shop = $1 and entity = 'order' and "entityId" = $2), '[]') as intents
      from "Order" o where o.shop = $1 and o."shopifyOrderId" = $2`,
    [orderId],
  );
  if (!row) throw new Error(`The ERP has no order ${orderId}`);
  const { notApplied } = await loadExplanation(at.pool, { shop: at.shop, orderId, now: at.now() });
  return {
    ...{ ...row, notApplied },
    parcels: (row.parcels ?? []).map((one) => ({ ...one, lines: unitsOf(one.lines ?? []) })),
    cases: (row.cases ?? []).map((one) => ({ ...one, lines: unitsOf(one.lines) })),
  };
}
