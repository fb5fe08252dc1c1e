/**
 * Quantities and statuses of an order: Shopify's news and the ERP's own facts, side by side. The one place for
 * rules such as "cancelled after shipping" (docs/order-status.md has them as a table).
 */
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import { parcelState } from "#app/erp/parcels/parcel-state.ts";
import {
  determineShippedQuantities,
  neverFulfilled,
  type ShippedQuantities,
} from "./determine-shipped-quantities.ts";

/** What the ERP itself did with a line (law 8: never undone by Shopify's news). */
export type LineFacts = {
  allocated: number;
  picked: number;
  packed: number;
  handedOver: number;
  delivered: number;
  cancelled: number;
};

export type LineState = {
  allocatedQty: number;
  pickedQty: number;
  packedQty: number;
  shippedQty: number;
  deliveredQty: number;
  cancelledQty: number;
  rtoQty: number;
  returnedQty: number;
  refundedQty: number;
  lineStatus: "pending" | "allocated" | "picked" | "packed" | "shipped" | "delivered" | "cancelled";
};

export type OrderStatus =
  "open" | "on_hold" | "partially_shipped" | "shipped" | "partially_delivered" | "delivered" | "cancelled";

export type OrderStatusResult = {
  status: OrderStatus;
  /** By line id. */
  lines: ReadonlyMap<string, LineState>;
  shipped: ShippedQuantities;
};

const NO_FACTS: LineFacts = { allocated: 0, picked: 0, packed: 0, handedOver: 0, delivered: 0, cancelled: 0 };

/**
 * @param facts the ERP's own facts by line id; absent = the ERP did nothing
 * @param onHold whether anything holds the order (gateway unknown, line without SKU, …)
 */
export function determineOrderStatus(
  order: OrderSnapshot,
  facts: ReadonlyMap<string, LineFacts>,
  onHold: boolean,
): OrderStatusResult {
  const shipped = determineShippedQuantities(order.lines, order.fulfillments);
  const delivered = deliveredQuantities(order, shipped);
  const lines = new Map<string, LineState>();
  for (const line of order.lines)
    lines.set(
      line.id,
      lineState(
        order,
        line,
        facts.get(line.id) ?? NO_FACTS,
        shipped.shipped.get(line.id) ?? 0,
        delivered.get(line.id) ?? 0,
      ),
    );
  return { status: statusOf(order.lines, lines, onHold), lines, shipped };
}

/** Units in parcels that arrived. Without a carrier (POS, pickup, digital) goods are delivered when fulfilled. */
function deliveredQuantities(order: OrderSnapshot, shipped: ShippedQuantities): ReadonlyMap<string, number> {
  const withoutCarrier = order.sourceName === "pos";
  const live = order.fulfillments.filter((fulfillment) => shipped.linesOf.has(fulfillment.id));
  const arrived = live.filter((fulfillment) => withoutCarrier || parcelState(fulfillment) === "delivered");
  if (arrived.length > 0 && arrived.length === live.length) return shipped.shipped;
  const delivered = new Map<string, number>();
  for (const fulfillment of arrived)
    for (const { lineId, qty } of shipped.linesOf.get(fulfillment.id) ?? [])
      delivered.set(lineId, (delivered.get(lineId) ?? 0) + qty);
  return delivered;
}

function lineState(
  order: OrderSnapshot,
  line: OrderLinePart,
  facts: LineFacts,
  shippedByShopify: number,
  deliveredByShopify: number,
): LineState {
  const shippedQty = Math.min(line.qty, Math.max(shippedByShopify, facts.handedOver));
  const removed = line.qty - line.currentQty;
  // Units that left the order before they left the house. Cancelled orders: all that had not shipped.
  const before =
    order.cancelledAt !== null
      ? line.qty - shippedQty
      : Math.min(removed, line.qty - shippedQty - line.unfulfilledQty);
  const cancelledQty = Math.min(line.qty - shippedQty, Math.max(0, before, facts.cancelled));
  const live = line.qty - cancelledQty;
  const digital = !line.requiresShipping && (line.unfulfilledQty === 0 || neverFulfilled(line));
  const deliveredQty = digital ? live : Math.min(live, Math.max(deliveredByShopify, facts.delivered));
  const shipped = Math.max(shippedQty, deliveredQty);
  const open = live - shipped;
  const state = {
    allocatedQty: Math.min(open, facts.allocated),
    pickedQty: Math.min(open, facts.picked),
    packedQty: Math.min(open, facts.packed),
    shippedQty: shipped,
    deliveredQty,
    cancelledQty,
    rtoQty: 0,
    returnedQty: 0,
    refundedQty: order.refunds.length > 0 ? Math.max(0, removed) : 0,
  };
  return { ...state, lineStatus: leastAdvanced(live, state) };
}

/** `lineStatus` is the least advanced live quantity. */
function leastAdvanced(live: number, state: Omit<LineState, "lineStatus">): LineState["lineStatus"] {
  if (live <= 0) return "cancelled";
  if (state.deliveredQty >= live) return "delivered";
  if (state.shippedQty >= live) return "shipped";
  const open = live - state.shippedQty;
  if (state.packedQty >= open) return "packed";
  if (state.pickedQty >= open) return "picked";
  if (state.allocatedQty >= open) return "allocated";
  return "pending";
}

function statusOf(
  parts: readonly OrderLinePart[],
  lines: ReadonlyMap<string, LineState>,
  onHold: boolean,
): OrderStatus {
  // A tip neither opens nor finishes an order, unless there is nothing else.
  const goods = parts.filter((part) => !neverFulfilled(part));
  let live = 0;
  let shipped = 0;
  let delivered = 0;
  for (const part of goods.length > 0 ? goods : parts) {
    const state = lines.get(part.id);
    if (!state) continue;
    live += part.qty - state.cancelledQty;
    shipped += state.shippedQty;
    delivered += state.deliveredQty;
  }
  if (live <= 0) return "cancelled";
  if (delivered >= live) return "delivered";
  if (delivered > 0) return "partially_delivered";
  if (shipped >= live) return "shipped";
  if (shipped > 0) return "partially_shipped";
  return onHold ? "on_hold" : "open";
}
