import type { CacheEntry, Slot } from "#app/cache/claim-pending.server.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderSlot } from "#app/shopify/codecs/order-slot.ts";
import { newestFirst } from "#app/shopify/codecs/newest-first.ts";

/**
 * All that is known of one order: the newest payload of each shape, its fulfilment orders, and what only grows.
 * @param fulfillmentOrders cached payloads
 * @throws AppError PAYLOAD_UNREADABLE naming the path, when the newest payload cannot be read
 */
export function readOrderEntry(entry: CacheEntry, fulfillmentOrders: readonly string[]): OrderSnapshot {
  const { read, unreadable } = readOrderSlots(entry);
  const order = mergeOrderSlots(read, fulfillmentOrders.map(decodeFulfillmentOrder));
  return withWhatWasSeen(order, entry, unreadable);
}

/**
 * The slots that can be read, newest first. The newest has to be: an older one that cannot would only fill what is unsaid,
 * and must not stop what is newer; it is reported.
 */
export function readOrderSlots(entry: CacheEntry): { read: OrderSlot[]; unreadable: string[] } {
  const { rawShape, rawData, shopifyUpdatedAt, triggeredAt } = entry;
  const all: Slot[] = [{ shape: rawShape, rawData, shopifyUpdatedAt, triggeredAt }, ...entry.slots];
  const read: OrderSlot[] = [];
  const unreadable: string[] = [];
  for (const { shape, rawData: text, ...times } of newestFirst(all)) {
    try {
      read.push({ shape, ...times, decoded: decodeOrder(shape, text) });
    } catch (error) {
      if (read.length === 0) throw error;
      unreadable.push(`${shape}: not readable`);
    }
  }
  return { read, unreadable };
}

/** What payloads that no slot holds any more had shown, and that Shopify holds it no more. */
function withWhatWasSeen(
  order: OrderSnapshot,
  { gatewaysSeen, movedFulfillments, deletedAt }: CacheEntry,
  unreadable: readonly string[],
): OrderSnapshot {
  if (gatewaysSeen.length + movedFulfillments.length + unreadable.length === 0 && deletedAt === null)
    return order;
  return {
    ...order,
    deletedAt: deletedAt?.toISOString() ?? null,
    gatewaysSeen: sortedSet(order.gatewaysSeen, gatewaysSeen),
    movedFulfillments: sortedSet(order.movedFulfillments, movedFulfillments),
    unknownValues: sortedSet(order.unknownValues, unreadable),
  };
}

function sortedSet(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}
