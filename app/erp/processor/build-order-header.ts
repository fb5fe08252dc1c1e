import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderRow } from "#app/erp/orders/order-rows.ts";
import { buildCustomerData } from "./build-customer-data.ts";
import type { OrderContext } from "./order-context.ts";

/** What an order says of itself beside its goods and money: names, addresses, statuses in Shopify's words, times. */
export function buildOrderHeader(shop: string, order: OrderSnapshot, context: OrderContext) {
  const contact = buildCustomerData(order);
  return {
    shop,
    shopifyOrderId: order.id,
    orderNumber: order.name,
    test: order.test,
    // A test order makes nobody a customer, and is nobody's: whoever else is in its batch.
    customerId: (order.customer && !order.test && context.customers.get(order.customer.id)) || null,
    shopifyCustomerId: order.customer?.id ?? null,
    customerName: contact.name,
    customerEmail: contact.email,
    customerPhone: contact.phone,
    shippingAddress: order.shippingAddress && JSON.stringify(order.shippingAddress),
    billingAddress: order.billingAddress && JSON.stringify(order.billingAddress),
    financialStatus: order.financialStatus,
    fulfillmentStatus: coarseFulfillmentStatus(order.fulfillmentStatus),
    returnStatus: order.returnStatus ?? (order.returns?.length === 0 ? "NO_RETURN" : null),
    gateways: order.gatewaysSeen,
    unknownValues: order.unknownValues,
    discountCodes: order.discountCodes,
    tags: order.tags,
    attributes: JSON.stringify(order.attributes),
    shippingLines: JSON.stringify(
      order.shippingLines.map(({ title, code, isRemoved }) => ({ title, code, isRemoved })),
    ),
    source: order.sourceName,
    note: order.note,
    locationId: order.locationId,
    poNumber: order.poNumber,
    orderDate: order.processedAt,
    shopifyCreatedAt: order.createdAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason,
    closedAt: order.closedAt,
    archivedAt: order.deletedAt ?? null,
  } satisfies Partial<OrderRow>;
}

/** Finer words of GraphQL's for what a webhook can only call unfulfilled. */
const UNFULFILLED = new Set([
  "FULFILLMENT_NOT_REQUIRED",
  "IN_PROGRESS",
  "ON_HOLD",
  "OPEN",
  "PENDING_FULFILLMENT",
  "REQUEST_DECLINED",
  "SCHEDULED",
]);

/** In the words every shape has, so that the row is the same by any road; holds and parcels tell the rest. */
function coarseFulfillmentStatus(status: string | null): string | null {
  return status !== null && UNFULFILLED.has(status) ? "UNFULFILLED" : status;
}
