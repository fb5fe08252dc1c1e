import type { SimNode } from "#simulator/store/types.ts";

/**
 * One thing Shopify tells its apps. One act of a merchant's (a cancellation) makes several: they share an event id.
 *
 * `subject` is what the topic is about, as it is when the thing has happened:
 * - orders/*: the Order; refunds/create: the Refund; order_transactions/create: the OrderTransaction;
 *   fulfillments/*: the Fulfillment; fulfillment_events/create: the FulfillmentEvent;
 *   fulfillment_orders/*: the FulfillmentOrder (moved: the one at its new place); returns/*: the Return
 * - products/*: the Product; customers/*: the Customer (merge: the one that stays)
 * - inventory_levels/*: the InventoryLevel; inventory_items/*: the InventoryItem; locations/*: the Location
 * - app/*, customers/data_request, customers/redact, shop/redact: the Shop
 * - bulk_operations/finish: the BulkOperation
 */
export type Happening = {
  topic: string;
  subject: SimNode;
  /**
   * What the subject does not carry: `order` (the Order a part belongs to, unless the part's own `order` finds it),
   * `fulfillment` (of an event), `edit` ({ additions, removals }: [{ id, delta }]), `deletedId` (customers/merge),
   * `previous` and `current` (app/scopes_update), `customer`, `orders` (gids, compliance topics),
   * `removals` ([{ id, delta }], returns/update).
   *
   * Of a fulfilment order, all of it optional: `remaining` (the FulfillmentOrder of what was not held or split off),
   * `replacement` (made when it was cancelled or split), `original` (the one it was moved out of in part, or the one
   * merged into it), `from` (gid of the location it left), `lines` ([{ id, quantity }]; all that is left unless told).
   */
  also?: Readonly<Record<string, unknown>>;
};
