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
  | "edited";

/** An order's fate and its moments: enough for its times, cheap enough to ask of every order. */
export type OrderPlan = {
  n: number;
  createdMs: number;
  updatedMs: number;
  channel: Channel;
  payment: PaymentStyle;
  outcome: Outcome;
  /** Buyer's currency; "INR" for nearly all. */
  presentment: "INR" | "USD" | "EUR" | "JPY" | "KWD";
  test: boolean;
  /** Null = it did not happen before the store's last day. */
  editedMs: number | null;
  shippedMs: number | null;
  secondShippedMs: number | null;
  deliveredMs: number | null;
  cancelledMs: number | null;
  refundedMs: number | null;
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
  const presentment = foreign && channel === "web" ? random.pick(["USD", "EUR", "JPY", "KWD"]) : "INR";
  const payment = presentment === "INR" ? planPayment(random, channel) : "prepaid";
  const test = random.chance(0.006);
  let outcome = random.weighted(LATE);
  if (payment === "authorized") outcome = random.chance(0.8) ? "open" : "cancelled";
  if (channel === "pos" && outcome !== "refunded" && outcome !== "partly_refunded") outcome = "delivered";

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
    test,
    editedMs: null,
    shippedMs: null,
    secondShippedMs: null,
    deliveredMs: null,
    cancelledMs: null,
    refundedMs: null,
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
  const ships = !["open", "hold", "accepted", "cancelled"].includes(plan.outcome);
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
