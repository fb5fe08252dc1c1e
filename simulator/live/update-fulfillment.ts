import { addEvent, cancelParcel, partsOf } from "#simulator/store/draw-parcels.ts";
import { gidOf } from "#simulator/store/ids.ts";
import type { DraftFulfillment, EventDetails, OrderDraft } from "#simulator/store/order-draft.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { trackingOf, type Tracking } from "./fulfil-order.ts";
import { beginOrderAct, commitOrderAct, moveStock, told, toldOf, type Units } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

/** The courier's news (FulfillmentEventStatus) and how the Admin shows the parcel then. */
export const PARCEL_NEWS = [
  "LABEL_PURCHASED",
  "LABEL_PRINTED",
  "READY_FOR_PICKUP",
  "CONFIRMED",
  "CARRIER_PICKED_UP",
  "IN_TRANSIT",
  "DELAYED",
  "OUT_FOR_DELIVERY",
  "ATTEMPTED_DELIVERY",
  "DELIVERED",
  "FAILURE",
] as const;

export type UpdateFulfillment = {
  fulfillment: string;
  tracking?: Tracking | null;
  event?: (typeof PARCEL_NEWS)[number];
  /** When the news was made (ISO); now unless told. */
  eventAt?: string;
  eventDetails?: EventDetails;
  cancel?: boolean;
};

/**
 * Another tracking number, news of a parcel, or its cancellation. Assumed: a cancelled parcel takes no more of any of
 * them, and one of which goods came back cannot be cancelled; the words are assumed.
 */
export function updateFulfillment(shop: LiveShop, act: UpdateFulfillment): ActDone {
  const record = shop.store.node(act.fulfillment);
  if (record?.__typename !== "Fulfillment") return refuse("Fulfillment does not exist.");
  const under = beginOrderAct(shop, readText(record, "order", "id"));
  const { draft, plan, atMs } = under;
  const parcel = draft.fulfillments.find((one) => one.gid === act.fulfillment);
  if (!parcel) return refuse("Fulfillment does not exist.");
  if (parcel.status === "CANCELLED") refuse("Fulfillment is cancelled.");
  if (act.tracking !== undefined) parcel.tracking = trackingOf(act.tracking);
  if (act.event !== undefined) {
    const eventMs = Date.parse(act.eventAt ?? "") || atMs;
    addEvent(plan, draft, parcel, act.event, eventMs);
    Object.assign(parcel.events.at(-1) ?? {}, { createdMs: atMs, details: act.eventDetails });
    parcel.displayStatus = act.event;
    if (act.event === "IN_TRANSIT") parcel.inTransitMs = eventMs;
    if (act.event === "DELIVERED") parcel.deliveredMs = eventMs;
  }
  if (act.cancel === true) takeBack(plan, draft, parcel, atMs);
  parcel.updatedMs = atMs;
  const order = commitOrderAct(shop, under);
  const fulfillment = readNodes(order, "fulfillments").find((one) => one.id === parcel.gid) ?? record;
  const event = act.event === undefined ? undefined : readNodes(fulfillment, "events").at(-1);
  return {
    id: parcel.gid,
    happenings: [
      ...toldOf("fulfillments/update", order, "fulfillments", parcel.gid),
      ...(event ? [told("fulfillment_events/create", event, { order, fulfillment })] : []),
      told("orders/updated", order),
      ...(act.cancel === true
        ? moveStock(shop, under, sentFrom(parcel), (units) => ({ committed: units, on_hand: units }))
        : []),
    ],
  };
}

/**
 * As fulfillmentCancel describes it: a fulfilment order that still has something to send takes the units back; one
 * that was sent entirely stays closed, and a new one holds them. Assumed: one on hold stays so.
 */
function takeBack(plan: { n: number }, draft: OrderDraft, parcel: DraftFulfillment, atMs: number): void {
  if (draft.cancelledMs !== null) refuse("Cannot cancel a fulfillment of a canceled order.");
  if (parcel.lines.some((one) => (draft.lines[one.line]?.returned ?? 0) > 0))
    refuse("Cannot cancel a fulfillment with returned items.");
  const closed = partsOf(parcel).filter((part) => draft.fulfillmentOrders[part]?.status === "CLOSED");
  cancelParcel(draft, parcel, atMs);
  for (const part of partsOf(parcel)) {
    if (closed.includes(part)) sendAnew(plan, draft, parcel, part);
    else if (isSentFrom(draft, part)) workOn(draft, part);
  }
}

function isSentFrom(draft: OrderDraft, part: number): boolean {
  return draft.fulfillments.some((one) => one.status === "SUCCESS" && partsOf(one).includes(part));
}

function workOn(draft: OrderDraft, part: number): void {
  const from = draft.fulfillmentOrders[part];
  if (from) from.status = from.holds.length > 0 ? "ON_HOLD" : "IN_PROGRESS";
}

/** The units of a fulfilment order that had been sent entirely: it stays closed, a new one holds them. */
function sendAnew(plan: { n: number }, draft: OrderDraft, parcel: DraftFulfillment, place: number): void {
  const from = draft.fulfillmentOrders[place];
  if (!from) return;
  from.status = "CLOSED";
  const units = parcel.lines.filter((one) => (one.from ?? parcel.fulfillmentOrder) === place);
  for (const one of units) {
    const line = from.lines.find((each) => each.line === one.line);
    if (line) line.remaining -= one.quantity;
  }
  const part = draft.fulfillmentOrders.length;
  draft.fulfillmentOrders.push({
    ...from,
    gid: gidOf("FulfillmentOrder", plan.n, part),
    status: "OPEN",
    requestStatus: "UNSUBMITTED",
    method: { ...from.method, gid: gidOf("DeliveryMethod", plan.n, part) },
    lines: units.map(({ line, quantity }) => ({
      gid: gidOf("FulfillmentOrderLineItem", plan.n, part * 32 + line),
      line,
      total: quantity,
      remaining: quantity,
    })),
    holds: [],
  });
}

function sentFrom({ lines, location }: DraftFulfillment): Units[] {
  return lines.map(({ line, quantity }) => ({ line, quantity, location }));
}
