import type { RecordKind } from "./webhook-delivery.ts";

/** The seven addresses under /api/webhooks/shopify/. */
export const webhookRoutes = [
  "orders",
  "products",
  "customers",
  "inventory",
  "bulk",
  "app",
  "compliance",
] as const;
export type WebhookRoute = (typeof webhookRoutes)[number];

export type WebhookTopic = {
  /** The address the topic is declared for. */
  route: WebhookRoute;
  /** The kind of record it is about; null when it is about the shop or the app itself. */
  kind: RecordKind | null;
  /**
   * "record": the body is the entire record in Shopify's REST shape and becomes a cache entry.
   * "part": the body is an id or a piece of a record (an edit, a refund, a parcel); it is kept as it came.
   * "notice": something happened to the app or the shop.
   */
  carries: "record" | "part" | "notice";
};

const topic = (
  route: WebhookRoute,
  kind: RecordKind | null,
  carries: WebhookTopic["carries"],
): WebhookTopic => ({
  route,
  kind,
  carries,
});
const all = (names: readonly string[], about: WebhookTopic) => names.map((name) => [name, about] as const);

/**
 * Every topic the app subscribes to in shopify.app.toml (a test holds the two together), and what its body
 * carries (Shopify's webhook reference for 2026-10).
 */
export const webhookTopics: ReadonlyMap<string, WebhookTopic> = new Map([
  ...all(
    [
      "orders/create",
      "orders/updated",
      "orders/paid",
      "orders/cancelled",
      "orders/fulfilled",
      "orders/partially_fulfilled",
    ],
    topic("orders", "order", "record"),
  ),
  ...all(
    [
      "orders/edited",
      "orders/delete",
      "refunds/create",
      "order_transactions/create",
      "fulfillments/create",
      "fulfillments/update",
      "fulfillment_events/create",
      "returns/request",
      "returns/approve",
      "returns/decline",
      "returns/update",
      "returns/process",
      "returns/cancel",
      "returns/close",
      "returns/reopen",
    ],
    topic("orders", "order", "part"),
  ),
  ...all(
    [
      "fulfillment_orders/order_routing_complete",
      "fulfillment_orders/placed_on_hold",
      "fulfillment_orders/hold_released",
      "fulfillment_orders/moved",
      "fulfillment_orders/split",
      "fulfillment_orders/merged",
      "fulfillment_orders/cancelled",
      "fulfillment_orders/rescheduled",
      "fulfillment_orders/scheduled_fulfillment_order_ready",
    ],
    topic("orders", "fulfillment_order", "part"),
  ),
  ...all(["products/create", "products/update"], topic("products", "product", "record")),
  ["products/delete", topic("products", "product", "part")],
  ...all(["customers/create", "customers/update"], topic("customers", "customer", "record")),
  ...all(["customers/delete", "customers/merge"], topic("customers", "customer", "part")),
  ...all(["inventory_levels/update", "inventory_levels/connect"], topic("inventory", "inventory", "record")),
  // A disconnected level names its item and location but no quantity: it ends the record, it is not one.
  ["inventory_levels/disconnect", topic("inventory", "inventory", "part")],
  ...all(
    ["inventory_items/create", "inventory_items/update", "inventory_items/delete"],
    topic("inventory", "inventory", "part"),
  ),
  ...all(
    [
      "locations/create",
      "locations/update",
      "locations/activate",
      "locations/deactivate",
      "locations/delete",
    ],
    topic("inventory", null, "notice"),
  ),
  ["bulk_operations/finish", topic("bulk", null, "notice")],
  ...all(["app/uninstalled", "app/scopes_update"], topic("app", null, "notice")),
  ...all(["customers/data_request", "customers/redact", "shop/redact"], topic("compliance", null, "notice")),
]);
