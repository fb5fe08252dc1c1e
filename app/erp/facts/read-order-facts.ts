import { z } from "zod";
import {
  NO_LINE_FACTS,
  type CaseFacts,
  type ErpParcel,
  type ErpReturn,
  type LineFacts,
  type OrderFacts,
  type PackedLabel,
  type Receipt,
} from "./order-facts.ts";

/** One row of `ErpFact`, oldest first in a list. `at` is ISO. */
export type FactRow = {
  kind: string;
  lineId: string | null;
  parcelId: string | null;
  qty: number | null;
  details: unknown;
  at: string;
};

/** Kinds that count units of a line; a negative quantity takes back (unpacked, not cancelled after all). */
const COUNTED: Readonly<Record<string, keyof LineFacts>> = {
  allocated: "allocated",
  picked: "picked",
  packed: "packed",
  handed_over: "handedOver",
  delivered: "delivered",
  cancelled: "cancelled",
  returned: "returned",
};

const Lines = z.array(z.object({ lineId: z.string(), qty: z.int() }));
const Shipment = z.object({
  awbNumber: z.string().nullish(),
  courier: z.string().nullish(),
  trackingUrl: z.string().nullish(),
  locationId: z.string().nullish(),
  amountToCollect: z.string().nullish(),
});
const Case = z.object({ caseId: z.string() });
const Opened = Case.extend({ lines: Lines, reason: z.string().nullish() });
const Closed = Case.extend({ outcome: z.enum(["restocked", "damaged", "lost"]) });
const Label = z.object({
  addressKey: z.string().nullable(),
  amountToCollect: z.string(),
  lineIds: z.array(z.string()),
});
const WrittenBack = z.object({
  receiptId: z.string(),
  knownAt: z.string().optional(),
  paymentId: z.string().optional(),
});
const Link = z.object({ fulfillmentId: z.string() });
const BookedReceipt = z.object({ receiptId: z.string(), amount: z.string() });

/**
 * The facts of one order as the rules see them. Kinds (`details` in brackets):
 * allocated, picked, packed, cancelled, delivered: units of a line · handed_over: units of a line in a parcel
 * [awbNumber, courier, trackingUrl, locationId] · tracking: a parcel's, corrected [the first three] · parcel_linked [fulfillmentId] ·
 * taken_back: a parcel that did not leave after all [fulfillmentIds] · delivered, rto_initiated, rto_received, lost: a parcel ·
 * return_opened [caseId, lines, reason] · returned: units of a line received back after delivery [caseId] (undelivered ones:
 * rto_received) · case_closed [caseId, outcome] · labelled [addressKey, amountToCollect, lineIds] ·
 * stop_ship_confirmed [keys] · hold_released [hold: its key] ·
 * payment_method [method] · receipt [receiptId, amount] · receipt_written_back [receiptId, knownAt, paymentId].
 * A kind of a later version is left aside. @throws ZodError on a fact whose details cannot be read: we wrote it.
 */
export function readOrderFacts(rows: readonly FactRow[]): OrderFacts {
  const lines = new Map<string, LineFacts>();
  const parcels = new Map<string, ErpParcel>();
  const returns = new Map<string, ErpReturn>();
  const cases = new Map<string, { -readonly [K in keyof CaseFacts]: CaseFacts[K] }>();
  const confirmed = new Set<string>();
  const released = new Set<string>();
  const receipts = new Map<string, Receipt>();
  const linked: { parcelId: string; fulfillmentId: string }[] = [];
  const takenBackParcels = new Set<string>();
  const takenBack = new Set<string>();
  let label: PackedLabel | null = null;
  let correction: OrderFacts["correction"] = null;

  const caseOf = (id: string) => {
    let known = cases.get(id);
    if (known === undefined)
      cases.set(id, (known = { receivedQty: new Map(), receivedAt: null, outcome: null, closedAt: null }));
    return known;
  };

  for (const row of rows) {
    const { kind, lineId, qty, details, at } = row;
    const counted = COUNTED[kind];
    if (counted !== undefined && lineId !== null && qty !== null) {
      const line = lines.get(lineId) ?? { ...NO_LINE_FACTS };
      line[counted] += qty;
      lines.set(lineId, line);
    }
    switch (kind) {
      case "handed_over":
        if (lineId !== null && qty !== null) addToParcel(parcels, row, lineId, qty);
        break;
      case "taken_back":
        if (row.parcelId !== null) takenBackParcels.add(row.parcelId);
        for (const id of z.object({ fulfillmentIds: z.array(z.string()) }).parse(details).fulfillmentIds)
          takenBack.add(id);
        break;
      case "parcel_linked":
        if (row.parcelId !== null) linked.push({ parcelId: row.parcelId, ...Link.parse(details) });
        noteOnParcel(parcels, row);
        break;
      case "tracking":
        if (row.parcelId !== null) retrack(parcels, row.parcelId, row);
        break;
      case "delivered":
      case "rto_initiated":
      case "rto_received":
      case "lost":
        noteOnParcel(parcels, row);
        break;
      case "return_opened": {
        const { caseId, lines: back, reason } = Opened.parse(details);
        returns.set(caseId, {
          id: caseId,
          parcelId: row.parcelId,
          reason: reason ?? null,
          openedAt: at,
          lines: back,
        });
        break;
      }
      case "returned": {
        if (lineId === null || qty === null) break;
        const one = caseOf(Case.parse(details).caseId);
        one.receivedQty = new Map(one.receivedQty).set(lineId, (one.receivedQty.get(lineId) ?? 0) + qty);
        one.receivedAt = at;
        break;
      }
      case "case_closed": {
        const { caseId, outcome } = Closed.parse(details);
        Object.assign(caseOf(caseId), { outcome, closedAt: at });
        break;
      }
      case "labelled":
        label = Label.parse(details);
        break;
      case "stop_ship_confirmed":
        for (const key of z.object({ keys: z.array(z.string()) }).parse(details).keys) confirmed.add(key);
        break;
      case "hold_released":
        released.add(z.object({ hold: z.string() }).parse(details).hold);
        break;
      case "payment_method":
        correction = z.object({ method: z.enum(["COD", "Prepaid"]).nullable() }).parse(details).method;
        break;
      case "receipt": {
        const { receiptId, amount } = BookedReceipt.parse(details);
        receipts.set(receiptId, { id: receiptId, amount, parcelId: row.parcelId, writtenBackAt: null });
        break;
      }
      case "receipt_written_back":
        noteWrittenBack(receipts, details, at);
        break;
    }
  }
  // Also the fulfilment that was made in Shopify, or told of, only after its parcel was taken back.
  for (const { parcelId, fulfillmentId } of linked)
    if (takenBackParcels.has(parcelId)) takenBack.add(fulfillmentId);
  return {
    lines,
    parcels: [...parcels.values()].flatMap(withoutTakenBack),
    takenBack,
    returns: [...returns.values()],
    cases,
    label,
    confirmed,
    released,
    correction,
    receipts: [...receipts.values()],
  };
}

/** `knownAt`: as of when Shopify's payloads know of it, by Shopify's own clock, which is not ours. */
function noteWrittenBack(receipts: ReadonlyMap<string, Receipt>, details: unknown, at: string): void {
  const { receiptId, knownAt, paymentId } = WrittenBack.parse(details);
  const receipt = receipts.get(receiptId);
  if (receipt)
    Object.assign(receipt, {
      writtenBackAt: knownAt ?? at,
      ...(paymentId === undefined ? {} : { paymentId }),
    });
}

function addToParcel(
  parcels: Map<string, ErpParcel>,
  { parcelId, details, at }: FactRow,
  lineId: string,
  qty: number,
): void {
  const id = parcelId ?? "unnamed";
  const shipment = Shipment.parse(details);
  let parcel = parcels.get(id);
  if (parcel === undefined) parcels.set(id, (parcel = { ...unsent(id, at), fulfillmentId: null }));
  parcel.awbNumber = shipment.awbNumber ?? parcel.awbNumber;
  parcel.courier = shipment.courier ?? parcel.courier;
  parcel.trackingUrl = shipment.trackingUrl ?? parcel.trackingUrl;
  if (shipment.locationId) parcel.locationId = shipment.locationId;
  if (shipment.amountToCollect) parcel.amountToCollect = shipment.amountToCollect;
  parcel.newsAt = at;
  const line = parcel.lines.find((one) => one.lineId === lineId);
  if (line) line.qty += qty;
  else parcel.lines.push({ lineId, qty });
}

/** What is said anew of a parcel's number, courier and link; what is not said stays. */
function retrack(parcels: Map<string, ErpParcel>, parcelId: string, { details, at }: FactRow): void {
  const { awbNumber, courier, trackingUrl } = Shipment.parse(details);
  let parcel = parcels.get(parcelId);
  // One of Shopify's, of which the ERP knows nothing else.
  if (parcel === undefined) parcels.set(parcelId, (parcel = unsent(parcelId, at)));
  const isOther = Boolean(awbNumber) && parcel.awbNumber !== awbNumber;
  if (isOther && parcel.awbNumber !== null)
    parcel.formerAwbs = [...(parcel.formerAwbs ?? []), parcel.awbNumber];
  parcel.awbNumber = awbNumber ?? parcel.awbNumber;
  parcel.courier = courier ?? parcel.courier;
  // A link leads to the parcel of its number.
  parcel.trackingUrl = trackingUrl ?? (isOther ? null : parcel.trackingUrl);
}

/** A hand-over that was taken back (units counted down to none) leaves no parcel behind. */
function withoutTakenBack(parcel: ErpParcel): ErpParcel[] {
  const lines = parcel.lines.filter(({ qty }) => qty > 0);
  const isGhost = parcel.lines.length > 0 && lines.length === 0;
  return isGhost ? [] : [lines.length === parcel.lines.length ? parcel : { ...parcel, lines }];
}

const MOMENTS = {
  delivered: "deliveredAt",
  rto_initiated: "rtoInitiatedAt",
  rto_received: "rtoReceivedAt",
  lost: "lostAt",
} as const;

function noteOnParcel(parcels: Map<string, ErpParcel>, { kind, parcelId, details, at }: FactRow): void {
  if (parcelId === null) return;
  const parcel = parcels.get(parcelId);
  if (parcel === undefined) {
    // A parcel that began in Shopify: the ERP adds what it learnt of its way, under the fulfilment's id.
    if (kind === "parcel_linked") return;
    parcels.set(parcelId, { ...unsent(parcelId, at), ...momentOf(kind, at) });
    return;
  }
  parcel.newsAt = at;
  if (kind === "parcel_linked") linkParcel(parcel, Link.parse(details).fulfillmentId);
  else Object.assign(parcel, momentOf(kind, at));
}

/** Goods that lay at two locations left in one box, which then is a fulfilment of each. */
function linkParcel(parcel: ErpParcel, fulfillmentId: string): void {
  if (parcel.fulfillmentId === null) parcel.fulfillmentId = fulfillmentId;
  else if (parcel.fulfillmentId !== fulfillmentId)
    parcel.moreFulfillmentIds = [...new Set([...(parcel.moreFulfillmentIds ?? []), fulfillmentId])];
}

function momentOf(kind: string, at: string): Partial<ErpParcel> {
  return { [MOMENTS[kind as keyof typeof MOMENTS]]: at };
}

function unsent(id: string, at: string): ErpParcel {
  return {
    id,
    fulfillmentId: id,
    awbNumber: null,
    courier: null,
    trackingUrl: null,
    handedOverAt: at,
    deliveredAt: null,
    rtoInitiatedAt: null,
    rtoReceivedAt: null,
    lostAt: null,
    newsAt: at,
    lines: [],
  };
}
