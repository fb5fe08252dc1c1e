/** What a bulk operation reads: one root connection each. */
export type BulkPurpose = "products" | "customers" | "orders" | "fulfillment_orders" | "inventory";

/** A half-open window of time, `from` included and `until` not; null is open on that side. */
export type BulkWindow = {
  by: "created" | "updated";
  from: Date | null;
  until: Date | null;
};
