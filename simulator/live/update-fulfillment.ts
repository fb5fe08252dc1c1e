import { addEvent, cancelParcel } from "#simulator/store/draw-parcels.ts";
import { gidOf } from "#simulator/store/ids.ts";
import type { DraftFulfillment, OrderDraft } from "#simulator/store/order-draft.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { trackingOf, type Tracking } from "./fulfil-order.ts";
import { beginOrderAct, commitOrderAct, moveStock, told, toldOf } from "./order-act.ts";
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
    addEvent(plan, draft, parcel, act.event, atMs);
    parcel.displayStatus = act.event;
    if (act.event === "IN_TRANSIT") parcel.inTransitMs = atMs;
    if (act.event === "DELIVERED") parcel.deliveredMs = atMs;
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
        ? moveStock(shop, under, parcel.lines, (units) => ({ committed: units, on_hand: units }))
        : []),
    ],
  };
}

/**
 * As fulfillmentCancel describes it: a fulfilment order that still has something to send takes the units back; one
 * that was sent entirely stays closed, and a new one holds them.
 */
function takeBack(plan: { n: number }, draft: OrderDraft, parcel: DraftFulfillment, atMs: number): void {
  if (draft.cancelledMs !== null) refuse("Cannot cancel a fulfillment of a canceled order.");
  if (parcel.lines.some((one) => (draft.lines[one.line]?.returned ?? 0) > 0))
    refuse("Cannot cancel a fulfillment with returned items.");
  const from = draft.fulfillmentOrders[parcel.fulfillmentOrder];
  const wasSent = from?.status === "CLOSED";
  cancelParcel(draft, parcel, atMs);
  if (!from) return;
  if (!wasSent) {
    const sent = draft.fulfillments.some(
      (one) => one.fulfillmentOrder === parcel.fulfillmentOrder && one.status === "SUCCESS",
    );
    if (sent) from.status = "IN_PROGRESS";
    return;
  }
  from.status = "CLOSED";
  for (const one of parcel.lines) {
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
    lines: parcel.lines.map(({ line, quantity }) => ({
      gid: gidOf("FulfillmentOrderLineItem", plan.n, part * 32 + line),
      line,
      total: quantity,
      remaining: quantity,
    })),
    holds: [],
  });
}
