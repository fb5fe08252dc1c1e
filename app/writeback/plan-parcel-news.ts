/** What happens to a parcel that is a fulfilment already: its tracking, its way, and that it did not leave after all. */
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import { isLiveNow, type FulfillmentNow, type OrderNow } from "./order-now.ts";
import type { ParcelContext } from "./parcel-context.ts";
import type { Plan, SentTracking } from "./plan.ts";

/** What was to be told of a parcel that was taken back since; that it was is told by itself. */
const TAKEN_BACK: Plan = { dropped: "The parcel was taken back in the ERP: there is nothing to tell of it." };

/** Tracking in Shopify becomes the ERP's; what the ERP does not know (null) is left as it is. */
export function planTrackingUpdate(
  { notifyCustomer, awbNumber, courier, trackingUrl }: IntentPayload<"trackingUpdate">,
  now: OrderNow,
  parcel: ParcelContext,
): Plan {
  if (parcel.isTakenBack) return TAKEN_BACK;
  const tracking: SentTracking = { awbNumber, courier, trackingUrl };
  const found = findFulfillments(now, parcel, { awbNumber });
  if (found.live.length === 0)
    return { conflict: noFulfillment(found, `The parcel's tracking is ${sayTracking(tracking)}`) };
  const differing = found.live.filter((one) => !hasTracking(one, tracking));
  const ids = found.live.map(({ id }) => id);
  if (differing.length === 0) return { already: "Shopify has this tracking.", fulfillmentIds: ids };
  return {
    steps: differing.map(({ id }) => ({ do: "updateTracking", fulfillmentId: id, tracking, notifyCustomer })),
  };
}

/** What each step of a parcel's way makes of a fulfilment's own status; a later one is not told of an earlier one again. */
const REACHED: Readonly<Record<IntentPayload<"fulfillmentEvent">["status"], readonly string[]>> = {
  IN_TRANSIT: ["OUT_FOR_DELIVERY", "ATTEMPTED_DELIVERY", "DELIVERED"],
  OUT_FOR_DELIVERY: ["DELIVERED"],
  ATTEMPTED_DELIVERY: ["DELIVERED"],
  DELIVERED: ["DELIVERED"],
  FAILURE: ["NOT_DELIVERED"],
};

/** A step of a parcel's way, told once. */
export function planFulfillmentEvent(
  { status, happenedAt }: IntentPayload<"fulfillmentEvent">,
  now: OrderNow,
  parcel: ParcelContext,
): Plan {
  if (parcel.isTakenBack) return TAKEN_BACK;
  const found = findFulfillments(now, parcel);
  const said = `The parcel: ${status.toLowerCase().replaceAll("_", " ")}`;
  if (found.live.length === 0) return { conflict: noFulfillment(found, said) };
  const arrived = found.live.find(({ displayStatus }) => displayStatus === "DELIVERED");
  if (status === "FAILURE" && arrived && !found.live.some((one) => hasEvent(one, status, happenedAt)))
    return {
      conflict: {
        erp: "The parcel did not arrive: it is lost, or on its way back.",
        shopify: `${arrived.name} is delivered.`,
        next: "Ask the courier which is right. If the parcel did arrive, choose not to send this.",
      },
    };
  const untold = found.live.filter(
    (one) => !hasEvent(one, status, happenedAt) && !REACHED[status].includes(one.displayStatus ?? ""),
  );
  if (untold.length === 0)
    return { already: "Shopify knows this of the parcel.", fulfillmentIds: found.live.map(({ id }) => id) };
  return { steps: untold.map(({ id }) => ({ do: "createEvent", fulfillmentId: id, status, happenedAt })) };
}

/** A parcel that did not leave after all: its fulfilments are cancelled, and their units are to be fulfilled again. */
export function planFulfillmentCancel(now: OrderNow, parcel: ParcelContext): Plan {
  const { live } = findFulfillments(now, parcel);
  if (live.length === 0) return { already: "Shopify has no fulfilment of this parcel that stands." };
  const arrived = live.find(({ displayStatus }) => displayStatus === "DELIVERED");
  if (arrived)
    return {
      conflict: {
        erp: "The parcel did not leave.",
        shopify: `${arrived.name} is delivered.`,
        next: "Ask the courier which is right. If the parcel did arrive, choose not to send this.",
      },
    };
  return {
    steps: live.map(({ id }) => ({ do: "cancelFulfillment", fulfillmentId: id })),
    note: { cancelling: live.map(({ id }) => id) },
  };
}

type Found = { live: FulfillmentNow[]; cancelled: FulfillmentNow[] };

function findFulfillments(
  { fulfillments }: OrderNow,
  { fulfillmentIds, awbs, others }: ParcelContext,
  { awbNumber = null }: { awbNumber?: string | null } = {},
): Found {
  const own = [...awbs, normaliseAwb(awbNumber)];
  const isOwn = ({ id, tracking }: FulfillmentNow) =>
    fulfillmentIds.includes(id) ||
    (!others.fulfillmentIds.has(id) &&
      tracking.some(({ number }) => normaliseAwb(number) !== null && own.includes(normaliseAwb(number))));
  const found = fulfillments.filter(isOwn);
  return { live: found.filter(isLiveNow), cancelled: found.filter((one) => !isLiveNow(one)) };
}

function noFulfillment({ cancelled }: Found, erp: string) {
  const [gone] = cancelled;
  return gone
    ? {
        erp: `${erp}.`,
        shopify: `${gone.name} is cancelled.`,
        next: "If the parcel did leave, fulfil the order again in Shopify with the same AWB and send this again; else choose not to send this.",
      }
    : {
        erp: `${erp}.`,
        shopify: "There is no fulfilment of this parcel.",
        next: "If the parcel itself still waits to be told, switch on fulfilments in the settings, then send this again. If somebody chose not to tell of it, choose not to send this either.",
      };
}

function hasTracking(
  { tracking }: FulfillmentNow,
  { awbNumber, courier, trackingUrl }: SentTracking,
): boolean {
  if (awbNumber === null && courier === null && trackingUrl === null) return true;
  return tracking.some(
    ({ number, company, url }) =>
      (awbNumber === null || normaliseAwb(number) === normaliseAwb(awbNumber)) &&
      (courier === null || company?.toLowerCase() === courier.toLowerCase()) &&
      (trackingUrl === null || url === trackingUrl),
  );
}

function hasEvent({ events }: FulfillmentNow, status: string, happenedAt: string): boolean {
  return events.some((one) => isSameEvent(one, { status, happenedAt }));
}

type Event = { status: string; happenedAt: string };

/** Shopify keeps seconds. */
export function isSameEvent(one: Event, other: Event): boolean {
  const apart = Date.parse(one.happenedAt) - Date.parse(other.happenedAt);
  return one.status === other.status && Math.abs(apart) < 1_000;
}

function sayTracking({ awbNumber, courier, trackingUrl }: SentTracking): string {
  return [courier, awbNumber, trackingUrl].filter((one) => one !== null).join(" ");
}
