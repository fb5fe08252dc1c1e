import type { DecodedFulfillmentOrder } from "./decode-fulfillment-order.ts";
import type { FulfillmentPart } from "./order-parts.ts";

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
    deliveredAt: firstKnown(told, (one) => one.deliveredAt) ?? null,
    totalQty: firstKnown(told, (one) => one.totalQty) ?? lines?.reduce((sum, line) => sum + line.qty, 0),
    lines,
  };
  if (withLines === told[0] || lines === undefined) return { fulfillment, linesFrom: undefined };
  return { fulfillment, linesFrom: withLines?.shape ?? "fulfillment_order" };
}

/**
 * The lines of each fulfilment as fulfilment orders tell them. One fulfilment may show under several fulfilment
 * orders, each time with its lines: they are united, never added up.
 */
export function collectFulfillmentLines(
  fulfillmentOrders: readonly DecodedFulfillmentOrder[],
): Map<string, Lines> {
  const views = new Map<string, Lines[]>();
  for (const { fulfillments } of fulfillmentOrders)
    for (const { id, lines } of fulfillments) {
      if (lines === undefined) continue;
      const known = views.get(id);
      if (known) known.push(lines);
      else views.set(id, [lines]);
    }
  const united = new Map<string, Lines>();
  for (const [id, [first = [], ...others]] of views)
    united.set(id, others.length === 0 ? first : unite([first, ...others]));
  return united;
}

function unite(views: readonly Lines[]): Lines {
  const most = new Map<string, number>();
  for (const view of views) {
    const sums = new Map<string, number>();
    for (const { lineId, qty } of view) sums.set(lineId, (sums.get(lineId) ?? 0) + qty);
    for (const [lineId, qty] of sums) most.set(lineId, Math.max(most.get(lineId) ?? 0, qty));
  }
  // Sorted, because fulfilment orders come in any order.
  return [...most].map(([lineId, qty]) => ({ lineId, qty })).sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
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
