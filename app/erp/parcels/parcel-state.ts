import type { ErpParcel } from "#app/erp/facts/order-facts.ts";
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
  LABEL_PURCHASED: "created",
  LABEL_PRINTED: "created",
  LABEL_VOIDED: "created",
  CONFIRMED: "created",
  READY_FOR_PICKUP: "created",
  DELIVERED: "delivered",
  PICKED_UP: "delivered",
  OUT_FOR_DELIVERY: "out_for_delivery",
  ATTEMPTED_DELIVERY: "out_for_delivery",
  IN_TRANSIT: "in_transit",
  CARRIER_PICKED_UP: "in_transit",
  DELAYED: "in_transit",
  NOT_DELIVERED: "rto_initiated",
  FAILURE: "rto_initiated",
};

/** What a carrier said last of a fulfilment that stands; a fulfilment in Shopify has left the house. */
export function stateOfFulfillment(fulfillment: FulfillmentPart): ParcelState {
  if (fulfillment.deliveredAt !== null) return "delivered";
  return (
    STATES[fulfillment.deliveryStatus ?? ""] ??
    (fulfillment.inTransitAt === null ? "handed_over" : "in_transit")
  );
}

/** The ERP's own word on a parcel; null while it has only handed it over. Its last word counts. */
export function stateOfErpParcel(parcel: ErpParcel): ParcelState | null {
  const said = (
    [
      ["delivered", parcel.deliveredAt],
      ["rto_initiated", parcel.rtoInitiatedAt],
      ["rto_received", parcel.rtoReceivedAt],
      ["lost", parcel.lostAt],
    ] as const
  ).filter(([, at]) => at !== null);
  if (said.length === 0) return null;
  return said.reduce((last, one) => ((one[1] ?? "") >= (last[1] ?? "") ? one : last))[0];
}
