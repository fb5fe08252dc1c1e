import { settlePromise } from "./draw-payments.ts";
import {
  cancelParcel,
  followParcel,
  holdFulfillmentOrders,
  releaseFulfillmentOrders,
  sendParcel,
} from "./draw-parcels.ts";
import {
  addRefund,
  cancelAll,
  owedBack,
  payBack,
  refundDuties,
  refundShipping,
  refundUnits,
} from "./draw-refunds.ts";
import { exchangeUnit, openReturn, returnOfRefund } from "./draw-returns.ts";
import { gidOf } from "./ids.ts";
import type { DraftLine, OrderDraft } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { computeCharges, computePayments } from "./order-totals.ts";
import type { RecordRandom } from "./random.ts";

const ALL = (remaining: number): number => remaining;

/**
 * Lets the order live: edits, parcels, cancellation, refunds, in the order of their times.
 * @param exchange the line that an exchange adds, if the plan has one.
 */
export function drawAftermath(
  random: RecordRandom,
  plan: OrderPlan,
  draft: OrderDraft,
  exchange: DraftLine | null,
): void {
  const { outcome } = plan;
  if (outcome === "hold") holdFulfillmentOrders(random, plan, draft);
  if (plan.releasedMs !== null) releaseFulfillmentOrders(draft);
  if (outcome === "accepted") {
    for (const one of draft.fulfillmentOrders) {
      one.status = "IN_PROGRESS";
      one.requestStatus = "ACCEPTED";
    }
  }
  if (plan.editedMs !== null) removeUnit(plan, draft, plan.editedMs);
  if (plan.shippedMs !== null) ship(random, plan, draft, plan.shippedMs);
  settlePromise(plan, draft);
  if (plan.cancelledMs !== null) {
    cancelAll(plan, draft, plan.cancelledMs, "RETURN");
    draft.cancelledMs = plan.cancelledMs;
    draft.cancelReason = random.weighted([
      ["CUSTOMER", 50],
      ["OTHER", 20],
      ["INVENTORY", 12],
      ["FRAUD", 6],
      ["DECLINED", 6],
      ["STAFF", 6],
    ]);
  }
  if (plan.refundedMs !== null) refundLater(random, plan, draft, plan.refundedMs);
  if (plan.returnedMs !== null) requestReturn(random, plan, draft, plan.returnedMs);
  if (plan.exchangedMs !== null && exchange !== null)
    exchangeUnit(random, plan, draft, exchange, plan.exchangedMs);
}

/**
 * One unit taken off before anything was sent, or the whole line where there are several; the added line of an edit
 * stays. Some merchants pay back without touching stock, and then the unit is still to be sent.
 */
function removeUnit(plan: OrderPlan, draft: OrderDraft, atMs: number): void {
  const place = draft.lines.findIndex((line) => !line.isTip && !line.addedLater);
  const refund = addRefund(plan, draft, atMs, null);
  const whole = plan.outcome === "partly_removed" && draft.lines.length > 1 && plan.n % 2 === 0;
  const inStock = plan.outcome === "partly_removed" && plan.n % 5 === 3 && receivedAnything(draft);
  refundUnits(
    plan,
    draft,
    refund,
    place,
    whole ? (draft.lines[place]?.quantity ?? 1) : 1,
    inStock ? "NO_RESTOCK" : "CANCEL",
  );
  const back = owedBack(draft);
  if (back[1] > 0 && receivedAnything(draft)) payBack(plan, draft, refund, back);
}

function receivedAnything(draft: OrderDraft): boolean {
  return computePayments(draft, computeCharges(draft).currentTotal).net[1] > 0;
}

function ship(random: RecordRandom, plan: OrderPlan, draft: OrderDraft, atMs: number): void {
  const orders = draft.fulfillmentOrders.map((_, order) => order);
  const news = plan.cancelledMs === null ? "delivered" : "returned";
  const end = plan.cancelledMs ?? plan.deliveredMs;
  if (plan.outcome === "partly_shipped") {
    const units = draft.lines.reduce((sum, line) => sum + (line.isTip ? 0 : line.quantity), 0);
    let allowed = Math.max(1, Math.floor(units / 2));
    const parcel = sendParcel(random, plan, draft, 0, atMs, (remaining) => {
      const take = Math.min(allowed, remaining);
      allowed -= take;
      return take;
    });
    if (parcel) followParcel(plan, draft, parcel, "in_transit", null);
    if (plan.n % 3 === 0) holdFulfillmentOrders(random, plan, draft);
    return;
  }
  if (plan.outcome === "fulfillment_cancelled") {
    const first = sendParcel(random, plan, draft, 0, atMs, ALL);
    if (first) cancelParcel(draft, first, Math.min(atMs + 3_600_000, plan.updatedMs));
    if (plan.secondShippedMs === null || plan.n % 3 === 0) return;
    for (const order of orders) {
      const again = sendParcel(random, plan, draft, order, plan.secondShippedMs, ALL);
      if (again)
        followParcel(
          plan,
          draft,
          again,
          "delivered",
          plan.deliveredMs === null ? null : Math.max(plan.deliveredMs, plan.secondShippedMs),
        );
    }
    return;
  }
  for (const order of orders) {
    if (plan.outcome === "several_parcels") {
      let first = true;
      const parcel = sendParcel(random, plan, draft, order, atMs, (remaining) => {
        const take = first ? Math.ceil(remaining / 2) : 0;
        first = false;
        return take;
      });
      if (parcel) followParcel(plan, draft, parcel, "delivered", plan.deliveredMs);
      if (plan.secondShippedMs === null) continue;
      const second = sendParcel(random, plan, draft, order, plan.secondShippedMs, ALL);
      if (second) followParcel(plan, draft, second, "in_transit", null);
      continue;
    }
    const parcel = sendParcel(random, plan, draft, order, atMs, ALL);
    if (parcel) followParcel(plan, draft, parcel, plan.outcome === "in_transit" ? "in_transit" : news, end);
  }
  if (plan.cancelledMs !== null && plan.n % 2 === 0) {
    // Half of the merchants take the fulfilment back before they cancel, the others leave it standing.
    for (const parcel of draft.fulfillments) cancelParcel(draft, parcel, plan.cancelledMs);
  }
}

/** Goods returned, or money given back without them. */
function refundLater(random: RecordRandom, plan: OrderPlan, draft: OrderDraft, atMs: number): void {
  const refund = addRefund(
    plan,
    draft,
    atMs,
    random.pick([null, null, "Size issue – refunded ₹ to source", 'Customer said: "color faded"']),
  );
  if (plan.outcome === "goodwill") {
    const net = computePayments(draft, computeCharges(draft).currentTotal).net;
    const whole = draft.currency.presentment === "INR" ? Math.min(5_000, net[1]) : 0;
    if (whole <= 0) {
      draft.refunds.pop();
      return;
    }
    refund.adjustment = {
      gid: gidOf("OrderAdjustment", plan.n, draft.refunds.length - 1),
      amount: [-whole, -whole],
    };
    payBack(plan, draft, refund, [whole, whole]);
    return;
  }
  const places = draft.lines.flatMap((line, place) =>
    line.isTip || line.fulfilled - line.returned <= 0 ? [] : [place],
  );
  const restock = random.weighted([
    ["RETURN", 80],
    ["NO_RESTOCK", 20],
  ] as const);
  if (plan.outcome === "refunded") {
    for (const place of places)
      refundUnits(plan, draft, refund, place, draft.lines[place]?.fulfilled ?? 0, restock);
    for (const [place, line] of draft.lines.entries()) {
      if (line.isTip) refundUnits(plan, draft, refund, place, 1, "NO_RESTOCK");
      refundDuties(draft, refund, place);
    }
    refundShipping(plan, draft, refund);
  } else {
    const place = places[0];
    if (place !== undefined) refundUnits(plan, draft, refund, place, 1, restock);
    if (random.chance(0.15)) refundShipping(plan, draft, refund);
  }
  payBack(plan, draft, refund, owedBack(draft));
  if (plan.n % 3 !== 0)
    returnOfRefund(
      plan,
      draft,
      refund,
      plan.n % 5 === 1 ? "OPEN" : "CLOSED",
      Math.max(plan.deliveredMs ?? plan.createdMs, refund.createdMs - 72 * 3_600_000),
    );
}

/** A return that nothing was paid back for: asked for, on its way, refused or called off. */
function requestReturn(random: RecordRandom, plan: OrderPlan, draft: OrderDraft, atMs: number): void {
  const place = draft.lines.findIndex((line) => !line.isTip && line.fulfilled > line.returned);
  if (place < 0) return;
  const status = random.weighted([
    ["REQUESTED", 40],
    ["OPEN", 30],
    ["DECLINED", 15],
    ["CANCELED", 15],
  ] as const);
  const back = openReturn(plan, draft, status, atMs, [{ line: place, quantity: 1 }]);
  const line = draft.lines[place];
  // Another size is wanted, which only a processed exchange adds to the order.
  if (line && plan.n % 2 === 0)
    back.exchanges.push({ gid: gidOf("ExchangeLineItem", plan.n), quantity: 1, line: null, item: line });
}
