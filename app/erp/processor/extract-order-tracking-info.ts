import type { ShippedQuantities } from "./determine-shipped-quantities.ts";

/** How a line travels: the tracking of the last parcel that holds some of it. */
export type LineTracking = { awbNumber: string | null; courier: string | null; trackingUrl: string | null };

/** Tracking per line, from the parcels that left and whose lines are known. */
export function extractOrderTrackingInfo({ parcels }: ShippedQuantities): Map<string, LineTracking> {
  const byLine = new Map<string, LineTracking>();
  for (const { left, erp, fulfillments, lines } of parcels) {
    if (!left) continue;
    const info = fulfillments[0]?.tracking[0];
    const tracking = {
      awbNumber: erp?.awbNumber ?? info?.number ?? null,
      courier: erp?.courier ?? info?.company ?? null,
      trackingUrl: erp?.trackingUrl ?? info?.url ?? null,
    };
    if (tracking.awbNumber === null && tracking.courier === null && tracking.trackingUrl === null) continue;
    for (const { lineId } of lines ?? []) byLine.set(lineId, tracking);
  }
  return byLine;
}
