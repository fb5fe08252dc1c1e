import type { DecodedOrder } from "#app/shopify/codecs/order-parts.ts";

/** Words of GraphQL's `displayFulfillmentStatus` that REST has; for every other it says null (unfulfilled). */
const REST_FULFILLMENT_STATUS = ["FULFILLED", "PARTIALLY_FULFILLED", "RESTOCKED"];

/** Words of GraphQL's `displayStatus` of a fulfilment that REST's `shipment_status` does not have. */
const GRAPHQL_DELIVERY_WORDS = ["CARRIER_PICKED_UP", "DELAYED", "LABEL_VOIDED", "NOT_DELIVERED", "PICKED_UP"];

/**
 * The list of law 4: `order` without what a webhook cannot say, and without what only a webhook can. All the rest is
 * shared, and for one state of an order both shapes must agree on it to the last character.
 */
export function whatBothTell(order: DecodedOrder): DecodedOrder {
  // A webhook tells these in one currency only.
  const oneCurrency = order.currency === order.presentmentCurrency;
  const { totals } = order;
  return {
    ...order,
    // Only GraphQL tells:
    returnStatus: undefined,
    transactions: undefined,
    customer: order.customer && { ...order.customer, tags: undefined, numberOfOrders: undefined },
    fulfillmentStatus: REST_FULFILLMENT_STATUS.includes(order.fulfillmentStatus ?? "")
      ? order.fulfillmentStatus
      : "UNFULFILLED",
    totals: {
      ...totals,
      received: undefined,
      refunded: oneCurrency ? totals.refunded : undefined,
      outstanding: oneCurrency ? totals.outstanding : undefined,
    },
    refunds: order.refunds.map((refund) => ({ ...refund, total: oneCurrency ? refund.total : undefined })),
    fulfillments: order.fulfillments.map((fulfillment) => ({
      ...fulfillment,
      deliveredAt: null,
      deliveryStatus: GRAPHQL_DELIVERY_WORDS.includes(fulfillment.deliveryStatus ?? "")
        ? null
        : fulfillment.deliveryStatus,
      // Only a webhook (and a fetch) tells:
      lines: undefined,
    })),
  };
}
