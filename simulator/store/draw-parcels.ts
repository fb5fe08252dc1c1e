import { CARRIERS, FOREIGN_CARRIER } from "./carriers.ts";
import { hasTwoFulfillmentOrders } from "./fulfillment-order-places.ts";
import { gidOf } from "./ids.ts";
import type { DraftFulfillment, DraftFulfillmentOrder, OrderDraft } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import type { RecordRandom } from "./random.ts";

const HOLDS = [
  ["INCORRECT_ADDRESS", "PIN code does not match the city"],
  ["HIGH_RISK_OF_FRAUD", null],
  ["INVENTORY_OUT_OF_STOCK", "Back on Monday"],
  ["OTHER", "Customer asked to wait till Diwali 🪔"],
] as const;

/** One fulfilment order per place the goods lie in, all units still to do. */
export function openFulfillmentOrders(plan: OrderPlan, draft: OrderDraft): DraftFulfillmentOrder[] {
  const goods = draft.lines.flatMap((line, i) => (line.isTip ? [] : [i]));
  // An exchange keeps the second one for what it sends.
  const two = hasTwoFulfillmentOrders(plan.n) && plan.exchangedMs === null;
  const home = plan.channel === "pos" || plan.delivery === "PICK_UP" ? 1 : plan.n % 9 === 4 ? 2 : 0;
  const build = (part: number, lines: number[]): DraftFulfillmentOrder =>
    openFulfillmentOrder(plan, draft, part, part === 0 ? home : home === 2 ? 0 : 2, plan.delivery, lines);
  if (!two) return [build(0, goods)];
  return [
    build(
      0,
      goods.filter((_, k) => k % 2 === 0),
    ),
    build(
      1,
      goods.filter((_, k) => k % 2 === 1),
    ),
  ];
}

export function openFulfillmentOrder(
  plan: { n: number },
  draft: OrderDraft,
  part: number,
  location: number,
  delivery: DraftFulfillmentOrder["method"]["type"],
  lines: readonly number[],
): DraftFulfillmentOrder {
  const ships = lines.some((line) => draft.lines[line]?.requiresShipping);
  return {
    gid: gidOf("FulfillmentOrder", plan.n, part),
    status: "OPEN",
    requestStatus: "UNSUBMITTED",
    location,
    method: { gid: gidOf("DeliveryMethod", plan.n, part), type: ships ? delivery : "NONE" },
    lines: lines.map((line) => {
      const total = draft.lines[line]?.quantity ?? 0;
      return {
        gid: gidOf("FulfillmentOrderLineItem", plan.n, part * 32 + line),
        line,
        total,
        remaining: total,
      };
    }),
    holds: [],
  };
}

/** What was added to an order later is sent by a fulfilment order of its own. */
export function openLaterPart(
  plan: { n: number },
  draft: OrderDraft,
  location: number,
  delivery: DraftFulfillmentOrder["method"]["type"],
  lines: readonly number[],
): DraftFulfillmentOrder {
  const part = draft.fulfillmentOrders.length;
  const opened = openFulfillmentOrder(plan, draft, part, location, delivery, lines);
  draft.fulfillmentOrders.push(opened);
  return opened;
}

/** Holds what is left to send. */
export function holdFulfillmentOrders(random: RecordRandom, plan: { n: number }, draft: OrderDraft): void {
  draft.fulfillmentOrders.forEach((one, part) => {
    if (one.lines.every((line) => line.remaining === 0)) return;
    const [reason, notes] = random.pick(HOLDS);
    one.status = "ON_HOLD";
    one.holds = [
      {
        gid: gidOf("FulfillmentHold", plan.n, part),
        reason,
        notes,
        displayReason: reason.toLowerCase().replace(/_/g, " "),
      },
    ];
  });
}

export function releaseFulfillmentOrders(draft: OrderDraft): void {
  for (const one of draft.fulfillmentOrders) {
    if (one.status !== "ON_HOLD") continue;
    one.status = "OPEN";
    one.holds = [];
  }
}

/** Sends units of one fulfilment order in one parcel. Nothing left to send: no parcel. */
export function sendParcel(
  random: RecordRandom,
  plan: { n: number; presentment: string },
  draft: OrderDraft,
  order: number,
  atMs: number,
  limit: (remaining: number, line: number) => number,
): DraftFulfillment | null {
  const from = draft.fulfillmentOrders[order];
  const place = draft.fulfillments.length;
  const lines: DraftFulfillment["lines"] = [];
  for (const { line, quantity } of takeUnits(draft, order, limit))
    lines.push({ gid: gidOf("FulfillmentLineItem", plan.n, place * 32 + line), line, quantity });
  if (!from || lines.length === 0) return null;
  const carrier = plan.presentment === "INR" ? random.pick(CARRIERS) : FOREIGN_CARRIER;
  const awb = `${random.between(1, 9).toString()}${random.digits(carrier.digits - 1)}`;
  const handed = from.method.type !== "SHIPPING";
  const pickUp = from.method.type === "PICK_UP";
  const parcel: DraftFulfillment = {
    gid: gidOf("Fulfillment", plan.n, place),
    fulfillmentOrder: order,
    name: `${draft.name}-F${String(place + 1)}`,
    status: "SUCCESS",
    displayStatus: pickUp ? "READY_FOR_PICKUP" : handed ? "FULFILLED" : "MARKED_AS_FULFILLED",
    createdMs: atMs,
    updatedMs: atMs,
    inTransitMs: null,
    deliveredMs: null,
    estimatedMs: null,
    location: from.location,
    tracking:
      handed || random.chance(0.03)
        ? null
        : {
            company: carrier.company || null,
            number: awb,
            url: carrier.url === null ? null : carrier.url + awb,
          },
    lines,
    events: [],
  };
  draft.fulfillments.push(parcel);
  if (pickUp) addEvent(plan, draft, parcel, "READY_FOR_PICKUP", atMs);
  return parcel;
}

/** Puts units of one more fulfilment order, of the same location, into a parcel. */
export function addToParcel(
  plan: { n: number },
  draft: OrderDraft,
  parcel: DraftFulfillment,
  order: number,
  limit: (remaining: number, line: number) => number,
): void {
  for (const { line, quantity } of takeUnits(draft, order, limit)) {
    // Beyond the ids of the first fulfilment order's lines: the same line may be in both.
    const gid = gidOf("FulfillmentLineItem", plan.n, 2_048 + parcel.lines.length);
    parcel.lines.push({ gid, line, quantity, from: order });
  }
}

/** Takes units off a fulfilment order, which is closed when nothing is left; one of which nothing was taken stays as it was. */
function takeUnits(
  draft: OrderDraft,
  order: number,
  limit: (remaining: number, line: number) => number,
): { line: number; quantity: number }[] {
  const from = draft.fulfillmentOrders[order];
  if (!from) return [];
  const taken: { line: number; quantity: number }[] = [];
  for (const one of from.lines) {
    const line = draft.lines[one.line];
    const quantity = Math.min(one.remaining, limit(one.remaining, one.line));
    if (!line || quantity <= 0) continue;
    one.remaining -= quantity;
    line.fulfilled += quantity;
    taken.push({ line: one.line, quantity });
  }
  if (taken.length > 0)
    from.status = from.lines.every((one) => one.remaining === 0) ? "CLOSED" : "IN_PROGRESS";
  return taken;
}

/** The fulfilment orders a parcel was sent from, by their place in the order. */
export function partsOf(parcel: DraftFulfillment): number[] {
  return [...new Set([parcel.fulfillmentOrder, ...parcel.lines.flatMap((one) => one.from ?? [])])];
}

/** Adds a courier's or rider's news to a parcel, by itself without any other trace. */
export function addEvent(
  plan: { n: number },
  draft: OrderDraft,
  parcel: DraftFulfillment,
  status: string,
  atMs: number,
): void {
  const place = draft.fulfillments.indexOf(parcel) * 8 + parcel.events.length;
  parcel.events.push({ gid: gidOf("FulfillmentEvent", plan.n, place), status, atMs });
  parcel.updatedMs = Math.max(parcel.updatedMs, atMs);
}

/** The courier's news about a parcel with a tracking number, the rider's about a local one; and goods fetched by hand. */
export function followParcel(
  plan: Pick<OrderPlan, "n" | "updatedMs">,
  draft: OrderDraft,
  parcel: DraftFulfillment,
  end: "in_transit" | "delivered" | "returned",
  endMs: number | null,
): void {
  const method = draft.fulfillmentOrders[parcel.fulfillmentOrder]?.method.type;
  if (method === "PICK_UP" && end === "delivered" && endMs !== null) {
    parcel.displayStatus = "PICKED_UP";
    parcel.updatedMs = Math.max(parcel.updatedMs, endMs);
  }
  if (method === "PICK_UP" || (parcel.tracking === null && method !== "LOCAL")) return;
  const underway = parcel.createdMs + 4 * 3_600_000;
  const last = endMs ?? plan.updatedMs;
  if (underway > last) return;
  parcel.inTransitMs = underway;
  parcel.displayStatus = "IN_TRANSIT";
  addEvent(plan, draft, parcel, "IN_TRANSIT", underway);
  if (endMs === null || end === "in_transit") return;
  if (end === "delivered") {
    addEvent(plan, draft, parcel, "OUT_FOR_DELIVERY", Math.max(underway, endMs - 5 * 3_600_000));
    addEvent(plan, draft, parcel, "DELIVERED", endMs);
    parcel.displayStatus = "DELIVERED";
    parcel.deliveredMs = endMs;
    return;
  }
  addEvent(plan, draft, parcel, "ATTEMPTED_DELIVERY", Math.max(underway, endMs - 30 * 3_600_000));
  addEvent(plan, draft, parcel, "FAILURE", endMs);
  parcel.displayStatus =
    plan.n % 3 === 0 ? "ATTEMPTED_DELIVERY" : plan.n % 6 === 1 ? "FAILURE" : "NOT_DELIVERED";
}

/** Takes a parcel back: its units are to be sent again. Assumed: what is on hold stays so. */
export function cancelParcel(draft: OrderDraft, parcel: DraftFulfillment, atMs: number): void {
  for (const one of parcel.lines) {
    const line = draft.lines[one.line];
    const order = draft.fulfillmentOrders[one.from ?? parcel.fulfillmentOrder];
    const waiting = order?.lines.find((each) => each.line === one.line);
    if (line) line.fulfilled -= one.quantity;
    if (waiting) waiting.remaining += one.quantity;
  }
  for (const part of partsOf(parcel)) {
    const order = draft.fulfillmentOrders[part];
    if (order) order.status = order.holds.length > 0 ? "ON_HOLD" : "OPEN";
  }
  parcel.status = "CANCELLED";
  parcel.displayStatus = "CANCELED";
  parcel.updatedMs = atMs;
}
