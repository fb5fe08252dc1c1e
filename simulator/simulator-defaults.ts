/** The app as the simulated Partner Dashboard knows it, for development. Real secrets never stand here. */
export const DEVELOPMENT_APP = {
  apiKey: "5151a1e0000000000000000000000001",
  apiSecret: "shpss_51510000000000000000000000000001",
} as const;

/** What the merchant granted, unless an option says otherwise: all an ERP connection reads and writes. */
export const DEFAULT_SCOPES: readonly string[] = [
  "read_all_orders",
  "read_orders",
  "write_orders",
  "write_order_edits",
  "read_products",
  "read_customers",
  "read_customer_merge",
  "read_inventory",
  "write_inventory",
  "read_locations",
  "read_returns",
  "read_fulfillments",
  "write_fulfillments",
  "read_assigned_fulfillment_orders",
  "write_assigned_fulfillment_orders",
  "read_merchant_managed_fulfillment_orders",
  "write_merchant_managed_fulfillment_orders",
  "read_third_party_fulfillment_orders",
  "write_third_party_fulfillment_orders",
];
