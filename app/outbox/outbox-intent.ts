/** What the ERP wishes to change in Shopify: written in the transaction of the change itself, sent by the worker, kind by kind as switched on. */
import { z } from "zod";

const Qty = z.int().min(1);
const ParcelId = z.string().min(1);
/** Units of an order's line; `lineId` is Shopify's. */
const Lines = z.array(z.strictObject({ lineId: z.string(), qty: Qty })).min(1);
const Tracking = {
  awbNumber: z.string().nullable(),
  courier: z.string().nullable(),
  trackingUrl: z.string().nullable(),
};

/** Steps of a parcel's way that Shopify can be told (its FulfillmentEventStatus). */
const parcelEvents = [
  "IN_TRANSIT",
  "OUT_FOR_DELIVERY",
  "ATTEMPTED_DELIVERY",
  "DELIVERED",
  "FAILURE",
] as const;
/** Shopify's reasons for a cancellation. */
export const cancelReasons = ["CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "OTHER", "STAFF"] as const;

/** By kind: what has to be told. Refund, restock and a message to the customer are each explicit, and off unless said. */
export const intentPayloads = {
  /**
   * A parcel left the house. `locationId`: Shopify's location it left from, null = where the fulfilment order is assigned. `before`:
   * fulfilments that were known when it left, which are other boxes.
   */
  fulfillmentCreate: z.strictObject({
    ...{ parcelId: ParcelId, lines: Lines, locationId: z.string().nullable(), notifyCustomer: z.boolean() },
    ...{ ...Tracking, before: z.array(z.string()).optional() },
  }),
  trackingUpdate: z.strictObject({ parcelId: ParcelId, notifyCustomer: z.boolean(), ...Tracking }),
  fulfillmentEvent: z.strictObject({
    parcelId: ParcelId,
    status: z.enum(parcelEvents),
    happenedAt: z.iso.datetime(),
  }),
  fulfillmentCancel: z.strictObject({ parcelId: ParcelId }),
  /** The whole order. */
  orderCancel: z.strictObject({
    reason: z.enum(cancelReasons),
    ...{
      restock: z.boolean(),
      refund: z.boolean(),
      notifyCustomer: z.boolean(),
      staffNote: z.string().max(255),
    },
  }),
  /** Units taken off an order that goes on. */
  orderEdit: z.strictObject({
    ...{ lines: Lines, restock: z.boolean(), notifyCustomer: z.boolean(), staffNote: z.string().max(255) },
  }),
  /** Money the ERP has booked as received; `amount` decimal in the customer's currency. */
  orderMarkAsPaid: z.strictObject({ receiptId: z.string(), amount: z.string(), currency: z.string() }),
  /** The level may differ; how many units is found out when it is sent. Ids are Shopify's. */
  inventorySet: z.strictObject({ inventoryItemId: z.string(), locationId: z.string() }),
} as const;

export type IntentKind = keyof typeof intentPayloads;
export const intentKinds = Object.keys(intentPayloads) as IntentKind[];
export type IntentPayload<Kind extends IntentKind> = z.infer<(typeof intentPayloads)[Kind]>;

/** One wish. Those of one `entityId` are sent one after the other, as they were wished. */
export type OutboxIntent = {
  [Kind in IntentKind]: {
    kind: Kind;
    /** "order": Shopify's order id; "stock": `{inventoryItemId}@{locationId}`. */
    entity: "order" | "stock";
    entityId: string;
    payload: IntentPayload<Kind>;
  };
}[IntentKind];

// In a file of its own, because pages read it and need no schemas.
export { outboxStatuses, type OutboxStatus } from "./outbox-status.ts";
