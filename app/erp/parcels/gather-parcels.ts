import type { ErpParcel } from "#app/erp/facts/order-facts.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { hasMoved } from "#app/shopify/codecs/merge-fulfillments.ts";
import type { FulfillmentPart } from "#app/shopify/codecs/order-parts.ts";
import { normaliseAwb } from "./normalise-awb.ts";
import { stateOfErpParcel, stateOfFulfillment, type ParcelState } from "./parcel-state.ts";

export type ParcelLine = { lineId: string; qty: number };

/** One box as both sides know it: Shopify's fulfilment, the ERP's parcel, or the two as one. */
export type GatheredParcel = {
  id: string;
  /** Every id it goes by: the ERP's, and those of its fulfilments. Facts may name any of them. */
  aliases: readonly string[];
  origin: "shopify" | "erp";
  /** Those that stand first. */
  fulfillments: FulfillmentPart[];
  /** Of these, the ones that Shopify cancelled after they had left: what they held is in the box all the same. */
  takenBackOnTheWay: FulfillmentPart[];
  erp: ErpParcel | null;
  state: ParcelState;
  /** What Shopify and the carriers say of it, the ERP's own word left out. */
  told: ParcelState;
  /** It went out of the house: its units are shipped, whatever Shopify says since. */
  left: boolean;
  /** Shopify has taken its fulfilment back. */
  cancelledInShopify: boolean;
  /** No carrier takes it (counter, pick-up, digital): it is delivered when it is fulfilled. */
  withoutCarrier: boolean;
  handedOverAt: string | null;
  deliveredAt: string | null;
  newsAt: string | null;
};

export type GatherOptions = {
  now: Date;
  /** A parcel nobody has heard of for so long has an unknown delivery. */
  silentAfterDays: number;
  /** Fulfilments of parcels that the ERP took back: they have not left, until a carrier is heard to have them. */
  takenBack?: ReadonlySet<string>;
};

const DAY_MS = 86_400_000;
const UNDER_WAY: ReadonlySet<ParcelState> = new Set(["handed_over", "in_transit", "out_for_delivery"]);

/**
 * The parcels of an order. A fulfilment of Shopify's and a parcel of the ERP's with the same fulfilment id or the same AWB
 * are one. A fulfilment that Shopify cancelled stays a parcel that left, unless it was certainly never handed over: no
 * carrier ever had it, and the ERP did not hand it over.
 */
export function gatherParcels(
  order: OrderSnapshot,
  erpParcels: readonly ErpParcel[],
  options: GatherOptions,
): GatheredParcel[] {
  if (order.fulfillments.length === 0 && erpParcels.length === 0) return [];
  const sent = erpParcels.filter(({ lines }) => lines.length > 0);
  // What the ERP noted on a fulfilment belongs to the parcel that fulfilment is, whichever came first.
  const notes = erpParcels.filter(({ lines }) => lines.length === 0);
  const taken = new Set<string>();
  const parcels = sent.map((erp) => {
    // One that was cancelled because its parcel was taken back is not the one that leaves later, with the same label.
    const fulfillments = order.fulfillments.filter(
      (one) => isSame(one, erp) && (isLive(one) || !options.takenBack?.has(one.id)),
    );
    for (const { id } of fulfillments) taken.add(id);
    return joinParcel(order, fulfillments, withNotes(erp, notes, fulfillments), options);
  });
  const rest = order.fulfillments.filter(({ id }) => !taken.has(id));
  // Those that stand first: taken back and fulfilled anew under the same AWB, it is the same box.
  for (const fulfillment of standingFirst(rest)) {
    if (taken.has(fulfillment.id)) continue;
    const again = rest.filter((one) => !taken.has(one.id) && !isLive(one) && sharesAwb(one, fulfillment));
    const group = [...new Set([fulfillment, ...again])];
    for (const { id } of group) taken.add(id);
    parcels.push(joinParcel(order, group, withNotes(null, notes, group), options));
  }
  return parcels.length < 2 ? parcels : parcels.sort(inOrderOfHandOver);
}

/** The ERP's parcel with what was noted under another of its ids. */
function withNotes(
  erp: ErpParcel | null,
  notes: readonly ErpParcel[],
  fulfillments: readonly FulfillmentPart[],
): ErpParcel | null {
  const own = notes.filter(
    ({ id }) => id === erp?.id || id === erp?.fulfillmentId || fulfillments.some((one) => one.id === id),
  );
  const [first, ...others] = erp === null ? own : [erp, ...own];
  if (first === undefined) return null;
  return others.reduce<ErpParcel>(
    (one, note) => ({
      ...one,
      awbNumber: one.awbNumber ?? note.awbNumber,
      courier: one.courier ?? note.courier,
      trackingUrl: one.trackingUrl ?? note.trackingUrl,
      deliveredAt: later(one.deliveredAt, note.deliveredAt),
      rtoInitiatedAt: later(one.rtoInitiatedAt, note.rtoInitiatedAt),
      rtoReceivedAt: later(one.rtoReceivedAt, note.rtoReceivedAt),
      lostAt: later(one.lostAt, note.lostAt),
      newsAt: one.newsAt > note.newsAt ? one.newsAt : note.newsAt,
    }),
    first,
  );
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** Labels are apportioned in this order, so that a later parcel never changes what an earlier one says. */
function inOrderOfHandOver(a: GatheredParcel, b: GatheredParcel): number {
  const [first, second] = [a.handedOverAt ?? "", b.handedOverAt ?? ""];
  if (first !== second) return first < second ? -1 : 1;
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}

/** Fulfilments that put something on the road. */
export function isLive(fulfillment: FulfillmentPart): boolean {
  return !["CANCELLED", "ERROR", "FAILURE"].includes(fulfillment.status);
}

function standingFirst(fulfillments: readonly FulfillmentPart[]): FulfillmentPart[] {
  return [...fulfillments.filter(isLive), ...fulfillments.filter((one) => !isLive(one))];
}

function sharesAwb(one: FulfillmentPart, other: FulfillmentPart): boolean {
  const awbs = one.tracking.flatMap(({ number }) => normaliseAwb(number) ?? []);
  return other.tracking.some(({ number }) => awbs.includes(normaliseAwb(number) ?? ""));
}

function isSame(fulfillment: FulfillmentPart, erp: ErpParcel): boolean {
  if (erp.fulfillmentId === fulfillment.id) return true;
  const awbs = [erp.awbNumber, ...(erp.formerAwbs ?? [])].flatMap((awb) => normaliseAwb(awb) ?? []);
  return fulfillment.tracking.some(({ number }) => awbs.includes(normaliseAwb(number) ?? ""));
}

function joinParcel(
  order: OrderSnapshot,
  fulfillments: FulfillmentPart[],
  erp: ErpParcel | null,
  { now, silentAfterDays, takenBack }: GatherOptions,
): GatheredParcel {
  const live = fulfillments.filter(isLive);
  const handedOverByErp = erp !== null && erp.lines.length > 0;
  const isMoved = (one: FulfillmentPart) =>
    hasMoved(one) || (one.status === "CANCELLED" && order.movedFulfillments.includes(one.id));
  const erpState = erp === null ? null : stateOfErpParcel(erp);
  const stands = live.some((one) => !takenBack?.has(one.id));
  const left = stands || handedOverByErp || erpState !== null || fulfillments.some(isMoved);
  const withoutCarrier = live.length > 0 && live.every((one) => needsNoCarrier(order, one));
  const newsAt = latest([
    ...fulfillments.flatMap((one) => [one.createdAt, one.updatedAt, one.inTransitAt, one.deliveredAt]),
    erp?.newsAt ?? null,
  ]);
  const told = toldState(live.length > 0 ? live : fulfillments, withoutCarrier);
  let state: ParcelState = left ? (erpState ?? told) : "cancelled";
  if (
    UNDER_WAY.has(state) &&
    newsAt !== null &&
    now.getTime() - Date.parse(newsAt) > silentAfterDays * DAY_MS
  )
    state = "delivery_unknown";
  // The one that stands comes first: it gives the parcel its id, and its row what else is told of it.
  const inOrder = standingFirst(fulfillments);
  const ids = inOrder.map((one) => one.id);
  const id = erp !== null && handedOverByErp ? erp.id : (ids[0] ?? erp?.id ?? "");
  return {
    id,
    // Also the fulfilment it is tied to before any payload shows that.
    aliases: [...new Set([id, ...ids, ...(erp?.fulfillmentId ? [erp.fulfillmentId] : [])])],
    origin: handedOverByErp ? "erp" : "shopify",
    fulfillments: inOrder,
    takenBackOnTheWay: fulfillments.filter(
      (one) => !isLive(one) && (handedOverByErp || erpState !== null || isMoved(one)),
    ),
    erp,
    state,
    told,
    left,
    cancelledInShopify: fulfillments.length > 0 && live.length === 0,
    withoutCarrier,
    handedOverAt: earliest([
      ...fulfillments.map(({ createdAt }) => createdAt),
      handedOverByErp ? erp.handedOverAt : null,
    ]),
    deliveredAt:
      state === "delivered"
        ? earliest([...fulfillments.map(({ deliveredAt }) => deliveredAt), erp?.deliveredAt ?? null])
        : null,
    newsAt,
  };
}

/** What Shopify and the carriers say; a parcel only the ERP knows was handed over. */
function toldState(fulfillments: readonly FulfillmentPart[], withoutCarrier: boolean): ParcelState {
  if (fulfillments.length === 0) return "handed_over";
  const waiting = fulfillments.some(({ deliveryStatus }) => deliveryStatus === "READY_FOR_PICKUP");
  return withoutCarrier && !waiting ? "delivered" : furthest(fulfillments.map(stateOfFulfillment));
}

/** Sold over the counter, picked up, or nothing one could carry; a tracking number says that somebody does. */
function needsNoCarrier(order: OrderSnapshot, fulfillment: FulfillmentPart): boolean {
  if (fulfillment.tracking.some(({ number }) => number !== null)) return false;
  if (order.sourceName === "pos" || order.withoutCarrier.includes(fulfillment.id)) return true;
  const held = fulfillment.lines;
  return (
    held !== undefined &&
    held.length > 0 &&
    held.every(({ lineId }) => order.lines.find(({ id }) => id === lineId)?.requiresShipping === false)
  );
}

const RANK: readonly ParcelState[] = [
  "created",
  "handed_over",
  "in_transit",
  "out_for_delivery",
  "rto_initiated",
  "delivered",
];

function furthest(states: readonly ParcelState[]): ParcelState {
  return states.reduce((a, b) => (RANK.indexOf(b) > RANK.indexOf(a) ? b : a));
}

function latest(times: readonly (string | null)[]): string | null {
  return times.reduce(later, null);
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}
