import type { SimNode } from "#simulator/store/types.ts";

/**
 * One thing Shopify tells its apps. One act of a merchant's (a cancellation) makes several: they share an event id.
 *
 * `subject` is what the topic is about, as it is when the thing has happened:
 * - orders/*: the Order; refunds/create: the Refund; order_transactions/create: the OrderTransaction;
 *   fulfillments/*: the Fulfillment; fulfillment_events/create: the FulfillmentEvent;
 *   fulfillment_orders/*: the FulfillmentOrder; returns/*: the Return
 * - products/*: the Product; customers/*: the Customer (merge: the one that stays)
 * - inventory_levels/*: the InventoryLevel; inventory_items/*: the InventoryItem; locations/*: the Location
 * - app/*, customers/data_request, customers/redact, shop/redact: the Shop
 */
export type Happening = {
  topic: string;
  subject: SimNode;
  /**
   * What the subject does not carry: `order` (the Order a part belongs to), `fulfillment` (of an event),
   * `edit` ({ additions, removals }: [{ id, delta }]), `deletedId` (customers/merge), `previous` and `current`
   * (app/scopes_update), `customer`, `orders` (gids, compliance topics).
   */
  also?: Readonly<Record<string, unknown>>;
};
