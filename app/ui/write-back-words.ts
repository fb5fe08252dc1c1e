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

/** When it happens, and what Shopify does then. */
export const writeBackHelp: Record<WriteBackKind, string> = {
  fulfillmentCreate:
    "When a parcel is handed over in the ERP: its items are fulfilled in Shopify, with courier and AWB. A shop that captures payments on fulfilment has them captured then.",
  fulfillmentOrderMove:
    "When a parcel leaves from another location than Shopify has assigned: the fulfilment order is moved there first. Off, such a parcel waits for a person.",
  trackingUpdate: "When courier, AWB or tracking link of a sent parcel change in the ERP.",
  fulfillmentEvent:
    "When a parcel is on its way, out for delivery, delivered or lost. Shopify may write to the customer then, if its own delivery notifications are on.",
  fulfillmentCancel: "When a parcel that was handed over is taken back, because it did not leave.",
  orderCancel:
    "When a whole order is cancelled in the ERP. Money is given back, units restocked and the customer written to only where the cancellation says so.",
  orderEdit: "When a part of an order is cancelled in the ERP: its units are taken off the order.",
  orderMarkAsPaid: "When a courier's remittance for cash on delivery is booked in the ERP.",
  inventorySet: "When the ERP's stock of an item changes: what can be sold of it, less the safety stock.",
};

/** Kinds by what they are about, as the page lists them. */
export const writeBackGroups: readonly { title: string; kinds: readonly WriteBackKind[] }[] = [
  {
    title: "Parcels",
    kinds: [
      "fulfillmentCreate",
      "fulfillmentOrderMove",
      "trackingUpdate",
      "fulfillmentEvent",
      "fulfillmentCancel",
    ],
  },
  { title: "Orders and payments", kinds: ["orderCancel", "orderEdit", "orderMarkAsPaid"] },
  { title: "Stock", kinds: ["inventorySet"] },
];

/** A permission of Shopify's in a merchant's words: "edit orders". */
export function scopeWords(scope: string): string {
  return permissions[scope] ?? scope.replaceAll("_", " ");
}

const permissions: Partial<Record<string, string>> = {
  write_merchant_managed_fulfillment_orders: "edit fulfilment orders of your locations",
  write_assigned_fulfillment_orders: "edit fulfilment orders assigned to this app",
  write_third_party_fulfillment_orders: "edit fulfilment orders of fulfilment services",
  write_fulfillments: "edit fulfilments",
  write_orders: "edit orders",
  write_order_edits: "edit the items of orders",
  write_inventory: "edit inventory",
};
