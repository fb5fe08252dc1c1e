import type { FulfillmentPart } from "#app/shopify/codecs/order-parts.ts";

export type ParcelState =
  | "created"
  | "handed_over"
  | "in_transit"
  | "out_for_delivery"
  | "delivered"
  | "delivery_unknown"
  | "rto_initiated"
  | "rto_received"
  | "lost"
  | "cancelled";

/** Shopify's `displayStatus` of a fulfilment (or `shipment_status` in REST) → the parcel's state. */
const STATES: Readonly<Record<string, ParcelState>> = {
  DELIVERED: "delivered",
  PICKED_UP: "delivered",
  OUT_FOR_DELIVERY: "out_for_delivery",
  ATTEMPTED_DELIVERY: "out_for_delivery",
  IN_TRANSIT: "in_transit",
  CARRIER_PICKED_UP: "in_transit",
  DELAYED: "in_transit",
  NOT_DELIVERED: "rto_initiated",
  FAILURE: "rto_initiated",
  CANCELED: "cancelled",
  CANCELLED: "cancelled",
};

/** A fulfilment in Shopify has left the house; anything finer is what the carrier said last. */
export function parcelState(fulfillment: FulfillmentPart): ParcelState {
  if (["CANCELLED", "ERROR", "FAILURE"].includes(fulfillment.status)) return "cancelled";
  if (fulfillment.deliveredAt !== null) return "delivered";
  return STATES[fulfillment.deliveryStatus ?? ""] ?? "handed_over";
}
