import type { DecodedFulfillmentOrder, FulfillmentPart } from "./order-parts.ts";

type Lines = NonNullable<FulfillmentPart["lines"]>;

/** A fulfilment as the payload of one shape tells it. */
export type ToldFulfillment = { shape: string; fulfillment: FulfillmentPart };

/**
 * One fulfilment: itself from the newest payload, what that does not carry from the next that does. A delivery that
 * somebody saw is not unseen: a webhook cannot say PICKED_UP, nor when a parcel was delivered.
 * @param told the same fulfilment in each payload that has it, newest first
 * @returns the fulfilment, and who told its lines (undefined when nobody did, or the newest itself)
 */
export function mergeFulfillment(
  told: readonly [ToldFulfillment, ...ToldFulfillment[]],
  fromFulfillmentOrders: Lines | undefined,
): { fulfillment: FulfillmentPart; linesFrom: string | undefined } {
  const newest = told[0].fulfillment;
  const withLines = told.find(({ fulfillment }) => fulfillment.lines !== undefined);
  const lines = withLines?.fulfillment.lines ?? fromFulfillmentOrders;
  const fulfillment: FulfillmentPart = {
    ...newest,
    deliveryStatus: firstKnown(told, (one) => one.deliveryStatus) ?? null,
    inTransitAt: firstKnown(told, (one) => one.inTransitAt) ?? null,
    deliveredAt: firstKnown(told, (one) => one.deliveredAt) ?? null,
    totalQty: firstKnown(told, (one) => one.totalQty) ?? (lines && unitsOf(lines)),
    lines,
  };
  if (withLines === told[0] || lines === undefined) return { fulfillment, linesFrom: undefined };
  return { fulfillment, linesFrom: withLines?.shape ?? "fulfillment_order" };
}

/** Words of a carrier that had the parcel in its hands. Labels, confirmations and pick-up notices are none. */
const CARRIER_HAD_IT = new Set([
  "ATTEMPTED_DELIVERY",
  "CARRIER_PICKED_UP",
  "DELAYED",
  "DELIVERED",
  "FAILURE",
  "IN_TRANSIT",
  "NOT_DELIVERED",
  "OUT_FOR_DELIVERY",
  "PICKED_UP",
]);

/** Whether this payload shows that the parcel left the house: a fact that no later word takes back. */
export function hasMoved({ inTransitAt, deliveredAt, deliveryStatus }: FulfillmentPart): boolean {
  return (
    inTransitAt !== null ||
    deliveredAt !== null ||
    (deliveryStatus !== null && CARRIER_HAD_IT.has(deliveryStatus))
  );
}

/**
 * The common case, one payload: its fulfilments with the lines that fulfilment orders tell.
 * @returns the same list when they tell nothing new
 */
export function fillLines(
  fulfillments: FulfillmentPart[],
  fulfillmentOrders: readonly DecodedFulfillmentOrder[],
): FulfillmentPart[] {
  if (fulfillmentOrders.length === 0 || fulfillments.every(({ lines }) => lines !== undefined))
    return fulfillments;
  const linesOf = collectFulfillmentLines(fulfillmentOrders);
  if (!fulfillments.some(({ id, lines }) => lines === undefined && linesOf.has(id))) return fulfillments;
  return fulfillments.map((fulfillment) => {
    const lines = fulfillment.lines ?? linesOf.get(fulfillment.id);
    return lines === undefined
      ? fulfillment
      : { ...fulfillment, lines, totalQty: fulfillment.totalQty ?? unitsOf(lines) };
  });
}

/**
 * The lines of each fulfilment as fulfilment orders tell them. One fulfilment may show under several fulfilment
 * orders, each time with its lines: they are united, never added up.
 */
export function collectFulfillmentLines(
  fulfillmentOrders: readonly DecodedFulfillmentOrder[],
): Map<string, Lines> {
  const linesOf = new Map<string, Lines>();
  for (const { fulfillments } of fulfillmentOrders)
    for (const { id, lines } of fulfillments) {
      if (lines === undefined) continue;
      const known = linesOf.get(id);
      linesOf.set(id, known ? unite(known, lines) : lines);
    }
  return linesOf;
}

function unite(one: Lines, other: Lines): Lines {
  const most = sumByLine(one);
  for (const [lineId, qty] of sumByLine(other)) most.set(lineId, Math.max(most.get(lineId) ?? 0, qty));
  // Sorted, because fulfilment orders come in any order.
  return [...most].map(([lineId, qty]) => ({ lineId, qty })).sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
}

function sumByLine(lines: Lines): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lineId, qty } of lines) sums.set(lineId, (sums.get(lineId) ?? 0) + qty);
  return sums;
}

function unitsOf(lines: Lines): number {
  return lines.reduce((sum, line) => sum + line.qty, 0);
}

function firstKnown<T>(
  told: readonly ToldFulfillment[],
  read: (fulfillment: FulfillmentPart) => T | null | undefined,
): T | undefined {
  for (const { fulfillment } of told) {
    const value = read(fulfillment) ?? undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
