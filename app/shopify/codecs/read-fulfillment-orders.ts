import type { OrderSlot } from "./order-slot.ts";
import type { DecodedFulfillmentOrder } from "./order-parts.ts";

/** What fulfilment orders say of their order: why it is held, and which fulfilments no carrier takes; sorted. */
export type FromFulfillmentOrders = { holds: string[]; withoutCarrier: string[] };

/** The newest of each fulfilment order: cached by itself, or come with its order. */
export function gatherFulfillmentOrders(
  told: readonly OrderSlot[],
  cached: readonly DecodedFulfillmentOrder[],
): readonly DecodedFulfillmentOrder[] {
  if (told.every(({ decoded }) => decoded.fulfillmentOrders === undefined)) return cached;
  const newest = new Map<string, DecodedFulfillmentOrder>();
  for (const one of [...cached, ...told.flatMap(({ decoded }) => decoded.fulfillmentOrders ?? [])]) {
    const known = newest.get(one.id);
    // At one moment the cached one stands: it tells the lines of its fulfilments too.
    if (known === undefined || (one.updatedAt ?? "") > (known.updatedAt ?? "")) newest.set(one.id, one);
  }
  return [...newest.values()];
}

/**
 * Fulfilment orders that are done hold nothing back, nor does a hold that a newer payload of the order no longer shows. A
 * webhook of the order has no word for a hold, so it neither makes nor releases one.
 * @param told the order's payloads, newest first
 */
export function readFulfillmentOrders(
  fulfilling: readonly DecodedFulfillmentOrder[],
  told: readonly OrderSlot[],
): FromFulfillmentOrders {
  const word = told.find(({ shape }) => shape !== "rest")?.decoded;
  const isNewer = ({ updatedAt }: DecodedFulfillmentOrder) =>
    updatedAt !== null && word !== undefined && updatedAt > word.updatedAt;
  const isHeld = word?.fulfillmentStatus === "ON_HOLD";
  if (fulfilling.length === 0) return isHeld ? HELD_FOR_NO_REASON : NO_FULFILLMENT_ORDERS;
  const stands = ({ updatedAt }: DecodedFulfillmentOrder) =>
    word === undefined || isHeld || updatedAt === null || updatedAt >= word.updatedAt;
  const holds = sortedSet(
    fulfilling.flatMap((one) =>
      one.status === "CLOSED" || one.status === "CANCELLED" || !stands(one) ? [] : one.holds,
    ),
  );
  return {
    // Held by the order's own word, unless its fulfilment orders have been released since.
    holds: isHeld && holds.length === 0 && !fulfilling.some(isNewer) ? HELD_FOR_NO_REASON.holds : holds,
    withoutCarrier: sortedSet(
      fulfilling.flatMap(({ methodType, fulfillments }) =>
        methodType !== null && WITHOUT_CARRIER.has(methodType) ? fulfillments.map(({ id }) => id) : [],
      ),
    ),
  };
}

const HELD_FOR_NO_REASON: FromFulfillmentOrders = { holds: ["no reason told yet"], withoutCarrier: [] };
const NO_FULFILLMENT_ORDERS: FromFulfillmentOrders = { holds: [], withoutCarrier: [] };

/** Ways goods reach a buyer without a carrier (Admin API, DeliveryMethodType). */
const WITHOUT_CARRIER = new Set(["NONE", "PICK_UP", "RETAIL"]);

function sortedSet(texts: readonly string[]): string[] {
  return texts.length < 2 ? [...texts] : [...new Set(texts)].sort();
}
