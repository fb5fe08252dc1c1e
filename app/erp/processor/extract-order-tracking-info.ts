import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { isLive, type ShippedQuantities } from "./determine-shipped-quantities.ts";

/** How a line travels: the tracking of the last parcel that holds some of it. */
export type LineTracking = { awbNumber: string | null; courier: string | null; trackingUrl: string | null };

/** Tracking per line, from the fulfilments whose lines are known. */
export function extractOrderTrackingInfo(
  order: OrderSnapshot,
  shipped: ShippedQuantities,
): Map<string, LineTracking> {
  const byLine = new Map<string, LineTracking>();
  for (const fulfillment of order.fulfillments) {
    if (!isLive(fulfillment)) continue;
    const info = fulfillment.tracking[0];
    if (!info) continue;
    const tracking = { awbNumber: info.number, courier: info.company, trackingUrl: info.url };
    for (const { lineId } of shipped.linesOf.get(fulfillment.id) ?? []) byLine.set(lineId, tracking);
  }
  return byLine;
}
