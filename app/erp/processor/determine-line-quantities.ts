import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import { NO_LINE_FACTS, type LineFacts, type OrderFacts } from "#app/erp/facts/order-facts.ts";
import { neverFulfilled, type ShippedQuantities } from "./determine-shipped-quantities.ts";
import { unitsOf, type NotApplied } from "./not-applied.ts";

export type LineStatus =
  "pending" | "allocated" | "picked" | "packed" | "shipped" | "delivered" | "cancelled" | "rto" | "returned";

/** The quantities of a line. Shipped includes delivered and rto; delivered includes returned. */
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
  lineStatus: LineStatus;
};

export type LineQuantities = {
  /** By line id. */
  lines: Map<string, LineState>;
  /** Line id → units that are out though one side has cancelled them: a person has to get them back. */
  unwanted: Map<string, number>;
};

/**
 * Every line's quantities from Shopify's news and the ERP's own facts. What left the house stays shipped; what is packed
 * stays packed until a person unpacks it; the rest follows Shopify. News that is not followed is told to `notApplied`.
 */
export function determineLineQuantities(
  order: OrderSnapshot,
  facts: OrderFacts,
  shipped: ShippedQuantities,
  { isHistory }: { isHistory: boolean },
  notApplied: NotApplied[],
): LineQuantities {
  const delivered = unitsIn(order, shipped, "delivered");
  const rto = unitsIn(order, shipped, "rto_received");
  const stillOut = rto.size === 0 ? rto : unitsStillOut(shipped);
  const ownBack = unitsBackToErp(shipped);
  const refunded = refundedUnits(order);
  const lines = new Map<string, LineState>();
  const unwanted = new Map<string, number>();
  for (const line of order.lines) {
    const [inShopify, sent] = [shipped.inShopify, shipped.shipped].map((units) => units.get(line.id) ?? 0);
    lines.set(
      line.id,
      lineState(line, {
        order,
        own: facts.lines.get(line.id) ?? NO_LINE_FACTS,
        // A parcel that the ERP took back is never taken back in an order that is gone.
        inShopify: Math.min(inShopify ?? 0, order.deletedAt ? (sent ?? 0) : Infinity),
        shipped: sent ?? 0,
        delivered: delivered.get(line.id) ?? 0,
        rto: rto.get(line.id) ?? 0,
        ownBack: ownBack.get(line.id) ?? 0,
        stillOut: stillOut.get(line.id) ?? 0,
        refunded: refunded.get(line.id) ?? 0,
        // Nobody receives the returns of history here any more: Shopify's word on them is all there will be.
        returned: isHistory ? returnedInShopify(order, line.id) : 0,
        notApplied,
        unwanted,
      }),
    );
  }
  return { lines, unwanted };
}

type Told = {
  order: OrderSnapshot;
  own: Readonly<LineFacts>;
  inShopify: number;
  shipped: number;
  delivered: number;
  rto: number;
  /** Units in parcels of the ERP's that will not arrive: they came back, or are lost, and may have been sent again. */
  ownBack: number;
  /** Units in parcels that left and have not come back. */
  stillOut: number;
  refunded: number;
  returned: number;
  notApplied: NotApplied[];
  unwanted: Map<string, number>;
};

function lineState(line: OrderLinePart, told: Told): LineState {
  const { own } = told;
  // What the ERP cancelled stays cancelled, unless the ERP handed it over itself; a unit sent again is one unit.
  const ownSent = Math.max(own.handedOver - told.ownBack, Math.min(own.handedOver, told.ownBack));
  const ownCancelled = clamp(own.cancelled, line.qty - ownSent);
  const shippedQty = Math.min(line.qty - ownCancelled, told.shipped);
  const packed = Math.max(0, own.packed - own.handedOver);
  const free = line.qty - shippedQty;
  const gone = cancelledInShopify(line, told.order, told.inShopify);
  // Shopify's news leaves packed units packed; the ERP's own cancellation takes them out of the box.
  const cancelledQty = Math.max(clamp(gone, free - Math.min(packed, free)), clamp(ownCancelled, free));
  if (gone > cancelledQty) tellConflict(line, told, { missed: gone - cancelledQty, packed, free });
  if (ownCancelled > gone) tellOwnCancellation(line, told, { ownCancelled, gone, shippedQty });

  const live = line.qty - cancelledQty;
  const digital = !line.requiresShipping && (line.unfulfilledQty === 0 || neverFulfilled(line));
  const deliveredQty = digital ? live : Math.min(live, Math.max(told.delivered, own.delivered));
  const out = Math.max(shippedQty, deliveredQty);
  // Units that went out again after they came back are on their way, not back.
  const rtoQty = clamp(told.rto, out - Math.max(deliveredQty, told.stillOut));
  // What came back undelivered may be sent again.
  const open = live - out + rtoQty;
  const returnedQty = clamp(Math.max(own.returned, told.returned), out - rtoQty);
  const state = {
    allocatedQty: clamp(Math.max(own.allocated, own.picked, own.packed) - own.handedOver, open),
    pickedQty: clamp(Math.max(own.picked, own.packed) - own.handedOver, open),
    packedQty: clamp(packed, open),
    shippedQty: out,
    deliveredQty: Math.max(deliveredQty, returnedQty),
    cancelledQty,
    rtoQty,
    returnedQty,
    refundedQty: clamp(told.refunded, line.qty),
  };
  return { ...state, lineStatus: leastAdvanced(live, state) };
}

/**
 * Units that Shopify says will never ship: of a cancelled or deleted order all that stand in no fulfilment, else those
 * removed before.
 */
export function cancelledInShopify(line: OrderLinePart, order: OrderSnapshot, inShopify: number): number {
  if (order.cancelledAt !== null || order.deletedAt) return Math.max(0, line.qty - inShopify);
  return clamp(line.qty - inShopify - line.unfulfilledQty, line.qty - line.currentQty);
}

function tellConflict(
  line: OrderLinePart,
  { order, shipped, notApplied, unwanted }: Told,
  { missed, packed, free }: { missed: number; packed: number; free: number },
): void {
  const cancelled = order.cancelledAt !== null || Boolean(order.deletedAt);
  const news = cancelled
    ? `Shopify ${order.cancelledAt === null ? "deleted" : "cancelled"} the order`
    : `Shopify took ${unitsOf(line.qty - line.currentQty, line.title)} off the order`;
  const stillPacked = Math.min(packed, free, missed);
  if (stillPacked > 0)
    notApplied.push({
      rule: cancelled ? "cancelled-while-packed" : "edited-while-packed",
      news,
      fact: `${unitsOf(stillPacked, line.title)} packed`,
      lineId: line.id,
    });
  if (missed > stillPacked) {
    // Money back without goods asked back is goodwill.
    const back = missed - stillPacked - forgivenUnits(order, line.id);
    if (!cancelled && back > 0) unwanted.set(line.id, back);
    notApplied.push({
      rule: cancelled ? "cancelled-after-handover" : "edited-after-handover",
      news,
      fact: `${unitsOf(shipped, line.title)} handed over`,
      lineId: line.id,
    });
  }
}

function forgivenUnits(order: OrderSnapshot, lineId: string): number {
  let units = 0;
  for (const { lines } of order.refunds)
    for (const line of lines ?? [])
      if (line.lineId === lineId && line.restockType === "NO_RESTOCK") units += line.qty;
  return units;
}

function tellOwnCancellation(
  line: OrderLinePart,
  { order, shipped, notApplied, unwanted }: Told,
  { ownCancelled, gone, shippedQty }: { ownCancelled: number; gone: number; shippedQty: number },
): void {
  const sent = shipped - shippedQty;
  if (sent > 0) unwanted.set(line.id, sent);
  else if (order.cancelledAt !== null || order.deletedAt) return;
  notApplied.push({
    rule: "cancelled-in-the-erp",
    news:
      sent > 0
        ? `Shopify fulfilled ${unitsOf(sent, line.title)}`
        : `Shopify still lists ${unitsOf(line.qty - gone, line.title)}`,
    fact: `${unitsOf(ownCancelled, line.title)} cancelled in the ERP`,
    lineId: line.id,
  });
}

/** Units in parcels of one state. When all that left is in it, lines that nobody told do not matter. */
function unitsIn(
  order: OrderSnapshot,
  { parcels, shipped }: ShippedQuantities,
  state: "delivered" | "rto_received",
): ReadonlyMap<string, number> {
  if (parcels.length === 0) return shipped;
  const left = parcels.filter((parcel) => parcel.left);
  const there = left.filter((parcel) => parcel.state === state);
  if (there.length > 0 && there.length === left.length) return shipped;
  const units = new Map<string, number>();
  for (const { lines } of there)
    for (const { lineId, qty } of lines ?? []) units.set(lineId, (units.get(lineId) ?? 0) + qty);
  return units;
}

function unitsStillOut({ parcels }: ShippedQuantities): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { left, state, lines } of parcels)
    if (left && state !== "rto_received" && state !== "lost")
      for (const { lineId, qty } of lines ?? []) units.set(lineId, (units.get(lineId) ?? 0) + qty);
  return units;
}

function unitsBackToErp({ parcels }: ShippedQuantities): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { state, erp } of parcels)
    if (erp !== null && (state === "rto_received" || state === "lost"))
      for (const { lineId, qty } of erp.lines) units.set(lineId, (units.get(lineId) ?? 0) + qty);
  return units;
}

/**
 * Units taken off by refunds that gave money back (cancelling an unpaid order makes a refund of nothing). Where a payload
 * does not say which, the units gone from the order are they.
 */
function refundedUnits(order: OrderSnapshot): ReadonlyMap<string, number> {
  const paid = order.refunds.filter(
    ({ total }) => total === undefined || total.shop !== 0 || total.presentment !== 0,
  );
  const units = new Map<string, number>();
  if (paid.length === 0) return units;
  if (paid.some(({ lines }) => lines === undefined))
    for (const { id, qty, currentQty } of order.lines) units.set(id, Math.max(0, qty - currentQty));
  else
    for (const { lines } of paid)
      for (const { lineId, qty } of lines ?? []) units.set(lineId, (units.get(lineId) ?? 0) + qty);
  return units;
}

/** Units that Shopify says came back: processed in its returns, or restocked by a refund that belongs to none. */
function returnedInShopify(order: OrderSnapshot, lineId: string): number {
  let units = 0;
  for (const { status, lines } of order.returns ?? [])
    if (status === "OPEN" || status === "CLOSED")
      for (const line of lines ?? [])
        if (line.lineId === lineId) units += status === "CLOSED" ? line.qty : line.processedQty;
  for (const { returnId, lines } of order.refunds)
    if (!returnId)
      for (const line of lines ?? [])
        if (line.lineId === lineId && ["RETURN", "LEGACY_RESTOCK"].includes(line.restockType))
          units += line.qty;
  return units;
}

/** Units that came back undelivered and are being made ready again: open, no longer back. */
export function sentAgain(
  live: number,
  { allocatedQty, shippedQty, rtoQty }: Omit<LineState, "lineStatus">,
): number {
  return clamp(allocatedQty - (live - shippedQty), rtoQty);
}

/** `lineStatus` is the least advanced live quantity. */
function leastAdvanced(live: number, state: Omit<LineState, "lineStatus">): LineStatus {
  if (live <= 0) return "cancelled";
  const open = live - state.shippedQty + sentAgain(live, state);
  if (open > 0) {
    if (state.packedQty >= open) return "packed";
    if (state.pickedQty >= open) return "picked";
    return state.allocatedQty >= open ? "allocated" : "pending";
  }
  if (live > state.deliveredQty + state.rtoQty) return "shipped";
  if (state.deliveredQty > state.returnedQty) return "delivered";
  return state.rtoQty > 0 ? "rto" : "returned";
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
