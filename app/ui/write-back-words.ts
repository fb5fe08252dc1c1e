import type { WriteBackKind } from "./home-view.ts";

/** What each kind of write-back does, as a person reads it. */
export const writeBackWords: Record<WriteBackKind, string> = {
  fulfillmentOrderMove: "Move a fulfilment order to another location",
  fulfillmentCreate: "Mark items as fulfilled",
  trackingUpdate: "Add or change a tracking number",
  fulfillmentEvent: "Tell how a parcel gets on",
  fulfillmentCancel: "Cancel a fulfilment",
  orderCancel: "Cancel an order",
  orderEdit: "Edit an order",
  orderMarkAsPaid: "Mark an order as paid",
  inventorySet: "Set stock",
};
