import { hasTwoFulfillmentOrders } from "./fulfillment-order-places.ts";
import { RecordRandom, STREAM } from "./random.ts";
import { HOUR_MS, orderTimeMs, STORE_END_MS } from "./store-clock.ts";

export type Channel = "web" | "pos" | "draft" | "gokwik";

export type PaymentStyle =
  | "cod"
  | "prepaid"
  | "partial_cod"
  | "gift_card"
  | "store_credit"
  | "free"
  | "authorized"
  | "unpaid"
  | "pos_cash"
  | "pos_card"
  | "bank_transfer";

export type Outcome =
  | "open"
  | "hold"
  | "accepted"
  | "in_transit"
  | "delivered"
  | "partly_shipped"
  | "several_parcels"
  | "cancelled"
  | "cancelled_after_shipping"
  | "fulfillment_cancelled"
  | "refunded"
  | "partly_refunded"
  | "goodwill"
  | "partly_removed"
  | "edited"
  | "returning"
  | "exchanged";

/** How the goods reach the buyer. */
export type Delivery = "SHIPPING" | "PICK_UP" | "LOCAL" | "RETAIL";

/** An order's fate and its moments: enough for its times, cheap enough to ask of every order. */
export type OrderPlan = {
  n: number;
  createdMs: number;
  updatedMs: number;
  channel: Channel;
  payment: PaymentStyle;
  outcome: Outcome;
  /** Buyer's currency; "INR" for nearly all. */
  presentment: "INR" | "USD" | "EUR" | "JPY" | "KWD" | "GBP" | "AED";
  delivery: Delivery;
  test: boolean;
  /** Null = it did not happen before the store's last day. */
  editedMs: number | null;
  shippedMs: number | null;
  secondShippedMs: number | null;
  deliveredMs: number | null;
  cancelledMs: number | null;
  refundedMs: number | null;
  /** A return that nothing was paid back for yet. */
  returnedMs: number | null;
  exchangedMs: number | null;
  /** The end of a hold. */
  releasedMs: number | null;
  settledMs: number | null;
  closedMs: number | null;
};

const LATE: readonly [readonly [Outcome, number], ...(readonly [Outcome, number])[]] = [
  ["delivered", 540],
  ["in_transit", 60],
  ["several_parcels", 45],
  ["partly_shipped", 25],
  ["cancelled", 85],
  ["cancelled_after_shipping", 60],
  ["fulfillment_cancelled", 25],
  ["refunded", 35],
  ["partly_refunded", 45],
  ["goodwill", 15],
  ["partly_removed", 25],
  ["edited", 25],
  ["returning", 22],
  ["open", 20],
  ["hold", 10],
  ["accepted", 5],
];

function planPayment(random: RecordRandom, channel: Channel): PaymentStyle {
  if (channel === "pos")
    return random.weighted([
      ["pos_cash", 55],
      ["pos_card", 45],
    ]);
  if (channel === "draft")
    return random.weighted([
      ["bank_transfer", 50],
      ["cod", 30],
      ["unpaid", 20],
    ]);
  if (channel === "gokwik")
    return random.weighted([
      ["cod", 60],
      ["prepaid", 25],
      ["partial_cod", 15],
    ]);
  return random.weighted([
    ["cod", 450],
    ["prepaid", 450],
    ["partial_cod", 30],
    ["gift_card", 20],
    ["store_credit", 10],
    ["free", 8],
    ["authorized", 12],
    ["unpaid", 8],
  ]);
}

function planDelivery(
  random: RecordRandom,
  n: number,
  channel: Channel,
  presentment: OrderPlan["presentment"],
): Delivery {
  if (channel === "pos") return "RETAIL";
  if (channel !== "web" || presentment !== "INR" || hasTwoFulfillmentOrders(n)) return "SHIPPING";
  return random.weighted([
    ["SHIPPING", 970],
    ["PICK_UP", 18],
    ["LOCAL", 12],
  ]);
}

/** Order `n` of `total`. */
export function planOrder(seed: number, n: number, total: number): OrderPlan {
  const random = new RecordRandom(seed, STREAM.orderPlan, n);
  const createdMs = orderTimeMs(n, total);
  const foreign = random.chance(0.035);
  const channel: Channel = random.weighted([
    ["web", 80],
    ["pos", 6],
    ["draft", 4],
    ["gokwik", 10],
  ]);
  const presentment =
    foreign && channel === "web" ? random.pick(["USD", "EUR", "JPY", "KWD", "GBP", "AED"]) : "INR";
  const payment = presentment === "INR" ? planPayment(random, channel) : "prepaid";
  const test = random.chance(0.006);
  let outcome = random.weighted(LATE);
  if (payment === "authorized") outcome = random.chance(0.8) ? "open" : "cancelled";
  if (channel === "pos" && outcome !== "refunded" && outcome !== "partly_refunded") outcome = "delivered";
  const later = new RecordRandom(seed, STREAM.orderDelivery, n);
  // What is sent in exchange has the second fulfilment order, so only orders that have one come to it.
  if (hasTwoFulfillmentOrders(n) && channel === "web" && presentment === "INR" && payment !== "authorized")
    outcome = later.chance(0.5) ? "exchanged" : outcome;

  const hours = (low: number, high: number): number =>
    Math.floor((low + random.next() * (high - low)) * 3600) * 1000;
  const before = (ms: number): number | null => (ms <= STORE_END_MS ? ms : null);
  const plan: OrderPlan = {
    n,
    createdMs,
    updatedMs: createdMs,
    channel,
    payment,
    outcome,
    presentment,
    delivery: planDelivery(later, n, channel, presentment),
    test,
    editedMs: null,
    shippedMs: null,
    secondShippedMs: null,
    deliveredMs: null,
    cancelledMs: null,
    refundedMs: null,
    returnedMs: null,
    exchangedMs: null,
    releasedMs: null,
    settledMs: null,
    closedMs: null,
  };
  const shipAt = channel === "pos" ? createdMs : createdMs + hours(8, 80);
  const secondAt = shipAt + hours(10, 60);
  const deliverAt = shipAt + (channel === "pos" ? 0 : hours(40, 190));
  const lateAt = deliverAt + hours(24, 300);
  const settleAt = deliverAt + hours(48, 220);
  const earlyAt = createdMs + hours(0.2, 7);

  if (outcome === "edited" || outcome === "partly_removed") {
    plan.editedMs = before(earlyAt);
    if (plan.editedMs === null) plan.outcome = "open";
  }
  if (plan.outcome === "cancelled") {
    plan.cancelledMs = before(earlyAt);
    if (plan.cancelledMs === null) plan.outcome = "open";
  }
  if (plan.outcome === "hold" && later.chance(0.3)) plan.releasedMs = before(createdMs + 20 * HOUR_MS);
  // Some of what was paid back without restock is never sent.
  const keeps = plan.outcome === "partly_removed" && n % 10 === 3;
  const ships = !keeps && !["open", "hold", "accepted", "cancelled"].includes(plan.outcome);
  if (ships) {
    plan.shippedMs = before(shipAt);
    // Not shipped before the store's last day: whatever would follow has not happened either.
    if (plan.shippedMs === null) plan.outcome = plan.editedMs === null ? "open" : plan.outcome;
  }
  if (plan.shippedMs !== null) {
    if (outcome === "several_parcels" || outcome === "fulfillment_cancelled")
      plan.secondShippedMs = before(secondAt);
    if (outcome === "cancelled_after_shipping") plan.cancelledMs = before(deliverAt);
    else if (outcome !== "in_transit" && outcome !== "partly_shipped") plan.deliveredMs = before(deliverAt);
    if (plan.deliveredMs !== null) plan.settledMs = before(settleAt);
    if (outcome === "returning" && plan.deliveredMs !== null) plan.returnedMs = before(lateAt);
    if (outcome === "exchanged" && plan.deliveredMs !== null) {
      plan.exchangedMs = before(lateAt);
      plan.settledMs = plan.exchangedMs === null ? plan.settledMs : Math.min(settleAt, plan.exchangedMs);
      // Some wait for what comes back before they send anything.
      plan.secondShippedMs = plan.exchangedMs === null || n % 4 === 0 ? null : before(lateAt + 30 * HOUR_MS);
    }
    if (
      (outcome === "refunded" || outcome === "partly_refunded" || outcome === "goodwill") &&
      plan.deliveredMs !== null
    ) {
      plan.refundedMs = before(lateAt);
      plan.settledMs =
        plan.refundedMs === null
          ? plan.settledMs
          : Math.min(plan.settledMs ?? plan.refundedMs, plan.refundedMs);
    }
  }
  const last = Math.max(
    createdMs,
    ...[
      plan.editedMs,
      plan.shippedMs,
      plan.secondShippedMs,
      plan.deliveredMs,
      plan.cancelledMs,
      plan.refundedMs,
      plan.returnedMs,
      plan.exchangedMs,
      plan.releasedMs,
      plan.settledMs,
    ].map((ms) => ms ?? 0),
  );
  if (plan.cancelledMs !== null) plan.closedMs = plan.cancelledMs;
  else if (plan.deliveredMs !== null && plan.settledMs !== null && random.chance(0.8)) plan.closedMs = last;
  // Tags and notes are changed by hand long after: one order in ten.
  const touched = random.chance(0.1) ? before(last + hours(1, 900)) : null;
  // A card authorisation that nobody captured lapses after a week, which changes the order too.
  const lapsed =
    payment === "authorized" && plan.cancelledMs === null
      ? before(createdMs + 7 * 24 * HOUR_MS + HOUR_MS)
      : null;
  plan.updatedMs = Math.max(last, touched ?? 0, lapsed ?? 0);
  return plan;
}
