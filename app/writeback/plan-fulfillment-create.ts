import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import { adoptFulfillments, isTied, takeOff, type CreateWish } from "./adopt-fulfillments.ts";
import { explainLocation, explainMissing, sayFulfillment, sayParcel } from "./explain-unsent-parcel.ts";
import {
  isLiveNow,
  isSendable,
  type FulfillmentNow,
  type FulfillmentOrderNow,
  type OrderNow,
  type Units,
} from "./order-now.ts";
import type { ParcelContext } from "./parcel-context.ts";
import { addUnits, type PartUnits, type Plan, type Step } from "./plan.ts";

/**
 * `mayMove`: whether a fulfilment order may be moved to the location the parcel left from. `mayTrack`: whether a fulfilment that is
 * there already may be given the parcel's AWB.
 */
type Asked = CreateWish & { mayMove: boolean; mayTrack: boolean };

/**
 * A parcel that left becomes a fulfilment of exactly its lines: of each location one, however many fulfilment orders it takes. A
 * fulfilment that is this parcel already (tied to it, with its AWB, or of the same lines and made since) is not made again.
 */
export function planFulfillmentCreate(
  { payload: wished, wishedAt, progress, mayMove, mayTrack }: Asked,
  now: OrderNow,
  known: ParcelContext,
): Plan {
  if (!known.isStanding) return planTakenBack({ payload: wished, wishedAt, progress }, now, known);
  const payload = mayTrack ? wished : withAwbNow(wished, known);
  const parcel = { ...known, awbs: [...known.awbs, ...formerAwb(wished, known)] };
  const { titles } = parcel;
  const said = sayParcel(payload, titles);
  const tied = now.fulfillments.filter((one) => isLiveNow(one) && isTied(one, payload, parcel));
  const left = takeOff(payload.lines, tied);
  if (left === null)
    return {
      conflict: {
        erp: said,
        shopify: `${tied.map(sayFulfillment(titles)).join("; ")} under the same AWB`,
        next: "See which of the two is right. Correct the fulfilment in Shopify, or choose not to send this if Shopify is right.",
      },
    };
  const adopted = adoptFulfillments(left, now.fulfillments, { wishedAt, progress, payload, parcel, tied });
  const own = [...tied, ...adopted];
  const fulfillmentIds = own.map(({ id }) => id);
  const remaining = takeOff(left, adopted) ?? [];
  const labels = mayTrack ? labelsFor(own, payload) : [];
  if (remaining.length === 0 && labels.length > 0) return { steps: labels, fulfillmentIds };
  if (remaining.length === 0)
    return {
      already: `Shopify has it as ${own.map(({ name }) => name).join(", ")}.`,
      fulfillmentIds,
    };
  if (now.cancelledAt !== null)
    return {
      conflict: {
        erp: said,
        shopify: "The order is cancelled.",
        next: "The goods are on their way: get them back, or take the order up anew in Shopify. Then choose not to send this.",
      },
    };
  const drawn = draw(remaining, now.fulfillmentOrders, payload.locationId);
  const others = parcel.others.fulfillmentIds;
  if (drawn.missing.length > 0)
    return {
      conflict: explainMissing(drawn.missing, now, { said, titles, others, awbNumber: payload.awbNumber }),
    };

  const elsewhere = drawn.parts.filter(({ from }) => isElsewhere(from, payload.locationId));
  if (elsewhere.length > 0) {
    const fixed = elsewhere.find(({ from }) => !mayMove || !from.canMove);
    if (fixed) return { conflict: explainLocation(fixed.from, { said, mayMove }) };
    return {
      steps: elsewhere.flatMap(inPieces).map((part) => moveTo(part, payload.locationId ?? "")),
      readAgain: true,
      fulfillmentIds,
    };
  }
  const byLocation = Map.groupBy(drawn.parts, ({ from }) => from.location.id ?? from.location.name);
  const { awbNumber, courier, trackingUrl, notifyCustomer } = payload;
  return {
    steps: [
      ...labels,
      ...[...byLocation.values()].flatMap(inCalls).map((parts): Step => ({
        do: "createFulfillment",
        parts: parts.map(({ from, lines }) => ({ fulfillmentOrderId: from.id, lines })),
        tracking: { awbNumber, courier, trackingUrl },
        notifyCustomer,
      })),
    ],
    note: { fulfillmentsBefore: now.fulfillments.map(({ id }) => id) },
    fulfillmentIds,
  };
}

/**
 * An AWB that was corrected while this waited, where no correction would follow: it is told as it is now, for the first one may be
 * another parcel's. Else the correction has its own turn, and its own word on whether the customer is written to.
 */
function withAwbNow(payload: CreateWish["payload"], { tracking }: ParcelContext): CreateWish["payload"] {
  const isCorrected =
    payload.awbNumber !== null &&
    normaliseAwb(tracking?.awbNumber ?? null) !== normaliseAwb(payload.awbNumber);
  return isCorrected && tracking?.awbNumber ? { ...payload, ...tracking } : payload;
}

/** The AWB it was wished with, by which an earlier try may have made it. */
function formerAwb({ awbNumber }: CreateWish["payload"], { others }: ParcelContext): string[] {
  const awb = normaliseAwb(awbNumber);
  return awb === null || others.awbs.has(awb) ? [] : [awb];
}

/**
 * A parcel that did not leave after all is not made. What an earlier try made of it, heard of or not, is known from now on: what
 * takes the parcel back in Shopify comes after this, and would not find it.
 */
function planTakenBack(asked: CreateWish, { fulfillments }: OrderNow, parcel: ParcelContext): Plan {
  const { payload, progress } = asked;
  const isMade = (one: FulfillmentNow) =>
    parcel.fulfillmentIds.includes(one.id) ||
    (progress.unsure === true && !parcel.others.fulfillmentIds.has(one.id) && isTied(one, payload, parcel));
  const tied = fulfillments.filter((one) => isLiveNow(one) && isMade(one));
  const left = progress.unsure === true ? (takeOff(payload.lines, tied) ?? []) : [];
  const made = [...tied, ...adoptFulfillments(left, fulfillments, { ...asked, parcel, tied })];
  if (made.length === 0) return { dropped: "The parcel was taken back in the ERP: it did not leave." };
  return {
    already: `It had been made in Shopify as ${made.map(({ name }) => name).join(", ")} before it was taken back in the ERP.`,
    fulfillmentIds: made.map(({ id }) => id),
  };
}

/** Somebody fulfilled the same goods in Shopify and named no AWB there: the parcel's is added, where that may leave. */
function labelsFor(
  own: readonly FulfillmentNow[],
  { awbNumber, courier, trackingUrl, notifyCustomer }: CreateWish["payload"],
): Step[] {
  if (awbNumber === null) return [];
  return own
    .filter(({ tracking }) => tracking.every(({ number }) => number === null))
    .map(({ id }) => ({
      ...{ do: "updateTracking", fulfillmentId: id, notifyCustomer },
      tracking: { awbNumber, courier, trackingUrl },
    }));
}

type Part = { from: FulfillmentOrderNow; lines: PartUnits[] };

/** Where the units come from: fulfilment orders of the wanted location first, each as far as it goes. */
function draw(
  wanted: readonly Units[],
  fulfillmentOrders: readonly FulfillmentOrderNow[],
  locationId: string | null,
): { parts: Part[]; missing: Units[] } {
  const sendable = fulfillmentOrders.filter(isSendable);
  const inOrder = [
    ...sendable.filter((one) => !isElsewhere(one, locationId)),
    ...sendable.filter((one) => isElsewhere(one, locationId)),
  ];
  const need = addUnits(wanted);
  const parts = inOrder.flatMap((from): Part[] => {
    const lines = from.lines.flatMap(({ id, lineId, remaining }) => {
      const qty = Math.min(remaining, need.get(lineId) ?? 0);
      if (qty <= 0) return [];
      need.set(lineId, (need.get(lineId) ?? 0) - qty);
      return [{ id, qty }];
    });
    return lines.length > 0 ? [{ from, lines }] : [];
  });
  const missing = [...need].flatMap(([lineId, qty]) => (qty > 0 ? [{ lineId, qty }] : []));
  return { parts, missing };
}

/** As many as Shopify takes in one list. */
const MOST_LINES = 250;

function inPieces({ from, lines }: Part): Part[] {
  const pieces = Array.from({ length: Math.ceil(lines.length / MOST_LINES) }, (_, i) => i * MOST_LINES);
  return pieces.map((first) => ({ from, lines: lines.slice(first, first + MOST_LINES) }));
}

/** What leaves one location, mostly in one call: of each fulfilment order no more lines than Shopify takes. */
function inCalls(parts: readonly Part[]): Part[][] {
  const pieces = parts.map(inPieces);
  const calls = Math.max(...pieces.map(({ length }) => length));
  return Array.from({ length: calls }, (_, i) => pieces.flatMap((of) => of[i] ?? []));
}

function isElsewhere({ location }: FulfillmentOrderNow, locationId: string | null): boolean {
  return locationId !== null && location.id !== null && location.id !== locationId;
}

function moveTo({ from, lines }: Part, locationId: string): Step {
  return { do: "moveFulfillmentOrder", fulfillmentOrderId: from.id, locationId, lines };
}
