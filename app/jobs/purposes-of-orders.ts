import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";

const fulfillmentOrderScope = /^(read|write)_(assigned|merchant_managed|third_party)_fulfillment_orders$/;

/** What a bulk read of orders reads: with a permission for fulfilment orders those too, for they say which line is in which parcel. */
export function purposesOfOrders(scopes: readonly string[]): readonly ["orders", ...BulkPurpose[]] {
  return scopes.some((scope) => fulfillmentOrderScope.test(scope))
    ? ["orders", "fulfillment_orders"]
    : ["orders"];
}
