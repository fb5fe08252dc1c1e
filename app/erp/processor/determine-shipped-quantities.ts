import { isLive, type GatheredParcel, type ParcelLine } from "#app/erp/parcels/gather-parcels.ts";
import type { FulfillmentPart, OrderLinePart } from "#app/shopify/codecs/order-parts.ts";

export type ShippedParcel = GatheredParcel & {
  /** Null where Shopify's figures allow more than one answer. */
  lines: ParcelLine[] | null;
};

export type ShippedQuantities = {
  /** Line id → units that left, in fulfilments that stand and in parcels that went out all the same. */
  shipped: ReadonlyMap<string, number>;
  /** Line id → units in fulfilments that stand in Shopify: what its other quantities add up with. */
  inShopify: ReadonlyMap<string, number>;
  parcels: ShippedParcel[];
  /** False when Shopify's figures allow more than one answer: then the order asks for a fetch. */
  exact: boolean;
};

const NOTHING: ReadonlyMap<string, number> = new Map();

/**
 * What has shipped, per line and per parcel. Bulk payloads do not carry the lines of a fulfilment, but each line's
 * `quantity`, `currentQuantity` and `unfulfilledQuantity`, and each fulfilment's total: mostly only one answer fits; where
 * two fit, the sum is kept right and `exact` is false. What the ERP packed into a parcel it knows by itself.
 */
export function determineShippedQuantities(
  lines: readonly OrderLinePart[],
  parcels: readonly GatheredParcel[],
): ShippedQuantities {
  if (parcels.length === 0) return { shipped: NOTHING, inShopify: NOTHING, parcels: [], exact: true };
  const { inShopify, linesOf, exact: exactInShopify } = countStanding(lines, standingOf(parcels));
  let exact = exactInShopify;
  const shipped = new Map(inShopify);
  const shared = sharedFulfillments(parcels);
  const held = parcels.map((parcel): ShippedParcel => {
    if (!parcel.left) {
      // Of one that the ERP took back Shopify may still think that it left.
      for (const { id } of parcel.fulfillments.filter(isLive))
        for (const { lineId, qty } of linesOf.get(id) ?? [])
          shipped.set(lineId, Math.max(0, (shipped.get(lineId) ?? 0) - qty));
      return { ...parcel, lines: cancelledLines(parcel.fulfillments) };
    }
    const own = sumLines([parcel.erp?.lines ?? []]) ?? new Map<string, number>();
    // Of a fulfilment in several boxes of the ERP, the ERP alone knows which holds what.
    if (own.size > 0 && parcel.fulfillments.some(({ id }) => shared.has(id)))
      return { ...parcel, lines: listOf(own) };
    const live = sumLines(parcel.fulfillments.filter(isLive).map(({ id }) => linesOf.get(id) ?? null));
    const gone = mostOf(parcel.takenBackOnTheWay);
    if (own.size > 0 && (live === null || gone === null)) {
      // What stands is counted by Shopify's own figures; what was taken back is no longer in them.
      if (live !== null) addBeyond(shipped, own, live);
      return { ...parcel, lines: listOf(own) };
    }
    if (live === null) return { ...parcel, lines: null };
    if (gone === null && live.size > 0) {
      // Made anew under the same AWB: what stands is what is in the box, unless it once held more.
      const units = Math.max(...parcel.takenBackOnTheWay.map(({ totalQty }) => totalQty ?? 0));
      exact &&= units <= [...live.values()].reduce((sum, qty) => sum + qty, 0);
      return { ...parcel, lines: listOf(live) };
    }
    if (gone === null) {
      const guess = guessLines(lines, shipped, parcel.takenBackOnTheWay);
      exact &&= guess.exact;
      for (const { lineId, qty } of guess.lines) shipped.set(lineId, (shipped.get(lineId) ?? 0) + qty);
      return { ...parcel, lines: guess.exact ? guess.lines : null };
    }
    // Of a fulfilment that was taken back, the ERP knows better than Shopify what was in the box it handed over.
    const all = new Map(live);
    for (const [lineId, qty] of own.size > 0 ? own : gone)
      all.set(lineId, Math.max(all.get(lineId) ?? 0, qty));
    addBeyond(shipped, all, live);
    return { ...parcel, lines: listOf(all) };
  });
  for (const id of shared) {
    const boxes = parcels.filter(({ fulfillments }) => fulfillments.some((one) => one.id === id));
    const own = sumLines(boxes.map(({ erp }) => erp?.lines ?? []));
    const live = sumLines([linesOf.get(id) ?? []]);
    if (own && live) addBeyond(shipped, own, live);
  }
  // Where Shopify's figures fit several lines, those that the ERP handed over are certain (law 8).
  const handedOver = sumLines(parcels.map(({ erp }) => erp?.lines ?? []));
  if (handedOver) addBeyond(shipped, handedOver, new Map(shipped));
  for (const { id, qty } of lines) {
    const out = shipped.get(id);
    if (out !== undefined && out > qty) shipped.set(id, qty);
  }
  return { shipped, inShopify, parcels: held, exact };
}

/** The fulfilments that stand, each once; what the ERP packed tells the lines a bulk payload leaves open. */
function standingOf(parcels: readonly GatheredParcel[]): FulfillmentPart[] {
  const standing = new Map<string, FulfillmentPart>();
  for (const { fulfillments, erp } of parcels) {
    const live = fulfillments.filter(isLive);
    const own = erp?.lines ?? [];
    const units = own.reduce((sum, { qty }) => sum + qty, 0);
    for (const one of live) {
      if (standing.has(one.id)) continue;
      const isAll = live.length === 1 && units > 0 && (one.totalQty ?? units) === units;
      standing.set(one.id, { ...one, lines: one.lines ?? (isAll ? own : undefined) });
    }
  }
  return [...standing.values()];
}

/** Fulfilments that several of the ERP's parcels carry (several tracking numbers). */
function sharedFulfillments(parcels: readonly GatheredParcel[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { fulfillments } of parcels)
    for (const { id } of fulfillments) (seen.has(id) ? shared : seen).add(id);
  return shared;
}

/** Adds to `shipped` what `all` has more than `counted`. */
function addBeyond(
  shipped: Map<string, number>,
  all: ReadonlyMap<string, number>,
  counted: ReadonlyMap<string, number>,
): void {
  for (const [lineId, qty] of all) {
    const extra = qty - (counted.get(lineId) ?? 0);
    if (extra > 0) shipped.set(lineId, (shipped.get(lineId) ?? 0) + extra);
  }
}

/** Units in the fulfilments that stand, and the lines of each where they are known or follow. */
function countStanding(lines: readonly OrderLinePart[], live: readonly FulfillmentPart[]) {
  const linesOf = new Map<string, ParcelLine[] | null>();
  const unknown: FulfillmentPart[] = [];
  for (const one of live) {
    linesOf.set(one.id, one.lines ?? null);
    if (one.lines === undefined) unknown.push(one);
  }
  const known = sumLines(live.map((one) => one.lines ?? [])) ?? new Map<string, number>();
  if (unknown.length === 0) return { inShopify: known, linesOf, exact: true };

  const { shipped: rest, exact } = deriveShipped(lines, known, unknown);
  const [only] = unknown;
  const candidates = [...rest].filter(([, qty]) => qty > 0);
  if (exact && unknown.length === 1 && only) linesOf.set(only.id, listOf(rest));
  // Several parcels of one line: their totals are its quantities.
  else if (exact && candidates.length === 1 && unknown.every(({ totalQty }) => totalQty !== undefined))
    for (const { id, totalQty } of unknown)
      linesOf.set(id, [{ lineId: candidates[0]?.[0] ?? "", qty: totalQty ?? 0 }]);
  const inShopify = new Map(known);
  addBeyond(inShopify, sumLines([listOf(known), listOf(rest)]) ?? known, known);
  return { inShopify, linesOf, exact: exact && ![...linesOf.values()].includes(null) };
}

/**
 * What fulfilments whose lines nobody told hold, beyond what is known. `removed` units (quantity − currentQuantity) left
 * either before shipping (they never shipped) or after (they shipped and came back or were forgiven): so each line has a
 * least and a most. The totals mostly leave one answer; where they leave several, the sum is kept right, the first lines
 * take it, and `exact` is false.
 */
function deriveShipped(
  lines: readonly OrderLinePart[],
  known: ReadonlyMap<string, number>,
  unknown: readonly FulfillmentPart[],
): { shipped: Map<string, number>; exact: boolean } {
  const bounds = lines.map((line) => {
    const held = known.get(line.id) ?? 0;
    const most = Math.max(0, line.qty - line.unfulfilledQty - held);
    // Nobody has to ship what needs no shipping, but somebody may have fulfilled it all the same.
    const least = neverFulfilled(line) ? 0 : Math.max(0, line.currentQty - line.unfulfilledQty - held);
    return { id: line.id, least, most, optional: neverFulfilled(line) };
  });
  const sumOf = (of: (line: (typeof bounds)[number]) => number) =>
    bounds.reduce((sum, line) => sum + of(line), 0);
  const least = sumOf((line) => line.least);
  const most = sumOf((line) => (line.optional ? 0 : line.most));
  const all = sumOf((line) => line.most);
  const told = unknown.reduce<number | undefined>(
    (sum, { totalQty }) => (sum === undefined || totalQty === undefined ? undefined : sum + totalQty),
    0,
  );
  const withOptional = told !== undefined && told > most;
  const total = Math.min(withOptional ? all : most, Math.max(least, told ?? least));
  const exact =
    told === undefined
      ? least === most && most === all
      : told === total && (told === least || told === most || told === all);
  let extra = total - least;
  const shipped = new Map<string, number>();
  for (const line of bounds) {
    const more = line.optional && !withOptional ? 0 : Math.min(extra, line.most - line.least);
    extra -= more;
    if (line.least + more > 0) shipped.set(line.id, line.least + more);
  }
  return { shipped, exact };
}

/**
 * A cancelled fulfilment that had left, told without its lines: Shopify's other quantities no longer count it. Its total is
 * laid on what has not shipped; only when it is all of that, the answer is certain.
 */
function guessLines(
  lines: readonly OrderLinePart[],
  shipped: ReadonlyMap<string, number>,
  fulfillments: readonly FulfillmentPart[],
): { lines: ParcelLine[]; exact: boolean } {
  let left = Math.max(0, ...fulfillments.map(({ totalQty }) => totalQty ?? 0));
  const room = lines
    .filter((line) => !neverFulfilled(line))
    .map(({ id, qty }) => ({ lineId: id, qty: qty - (shipped.get(id) ?? 0) }))
    .filter(({ qty }) => qty > 0);
  const exact = left === room.reduce((sum, { qty }) => sum + qty, 0);
  const guess = room.flatMap(({ lineId, qty }) => {
    const units = Math.min(qty, left);
    left -= units;
    return units > 0 ? [{ lineId, qty: units }] : [];
  });
  return { lines: guess, exact };
}

/** What a parcel that never left would have held, for the record. */
function cancelledLines(fulfillments: readonly FulfillmentPart[]): ParcelLine[] | null {
  const known = sumLines(fulfillments.map(({ lines }) => lines ?? null));
  return known && listOf(known);
}

function sumLines(lists: readonly (readonly ParcelLine[] | null)[]): Map<string, number> | null {
  const sums = new Map<string, number>();
  for (const list of lists) {
    if (list === null) return null;
    for (const { lineId, qty } of list) sums.set(lineId, (sums.get(lineId) ?? 0) + qty);
  }
  return sums;
}

/** Units by line of fulfilments that were one after the other the same box; null where one did not tell. */
function mostOf(fulfillments: readonly FulfillmentPart[]): Map<string, number> | null {
  const most = new Map<string, number>();
  for (const { lines } of fulfillments) {
    if (lines === undefined) return null;
    for (const [lineId, qty] of sumLines([lines]) ?? [])
      most.set(lineId, Math.max(most.get(lineId) ?? 0, qty));
  }
  return most;
}

function listOf(sums: ReadonlyMap<string, number>): ParcelLine[] {
  const list = [...sums].map(([lineId, qty]) => ({ lineId, qty }));
  // Sorted, because each shape tells the lines of a parcel in an order of its own.
  return list.length < 2 ? list : list.sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
}

/** A tip is a line, but nothing anyone could ever ship. */
export function neverFulfilled(line: OrderLinePart): boolean {
  return !line.requiresShipping && !line.isGiftCard && line.variantId === null && line.unfulfilledQty === 0;
}
