import { lineMoney, orderMoney, shippingLineMoney } from "#app/shopify/order-money.ts";
import { MONEY, money, plain, type Listed } from "./keep-listed.ts";

const ID: Listed = plain("id");
const TAX_LINES: Listed = { ...plain("title rate"), priceSet: MONEY };
const ALLOCATIONS: Listed = {
  allocatedAmountSet: MONEY,
  discountApplication: {
    ...plain("__typename index allocationMethod targetSelection targetType"),
    ...{ code: "text", title: "text" },
  },
};
const FULFILLMENT_LINES: Listed = { ...plain("id quantity"), lineItem: ID };

const LINE: Listed = {
  ...plain(`__typename id title variantTitle sku quantity currentQuantity unfulfilledQuantity refundableQuantity
    nonFulfillableQuantity requiresShipping taxable isGiftCard`),
  ...{ product: ID, variant: ID, lineItemGroup: ID },
  ...money(lineMoney),
  discountAllocations: ALLOCATIONS,
  taxLines: TAX_LINES,
  duties: { ...plain("id"), price: MONEY, taxLines: TAX_LINES },
};

const FULFILLMENT: Listed = {
  ...plain("id name status displayStatus createdAt updatedAt deliveredAt inTransitAt totalQuantity"),
  location: ID,
  trackingInfo: plain("company number"),
  fulfillmentLineItems: FULFILLMENT_LINES,
};

const REFUND: Listed = {
  ...plain("id createdAt updatedAt processedAt"),
  totalRefundedSet: MONEY,
  duties: { amountSet: MONEY },
  return: ID,
  refundLineItems: {
    ...plain("quantity restockType"),
    lineItem: ID,
    ...money(["subtotalSet", "totalTaxSet"]),
  },
  refundShippingLines: money(["subtotalAmountSet", "taxAmountSet"]),
  orderAdjustments: { reason: "text", ...money(["amountSet", "taxAmountSet"]) },
};

const RETURN: Listed = {
  ...plain("__typename id name status createdAt closedAt totalQuantity"),
  returnLineItems: {
    ...plain("__typename id quantity processedQuantity returnReason"),
    fulfillmentLineItem: { id: "plain", lineItem: ID },
  },
  exchangeLineItems: { lineItems: ID },
};

/** What stays of a fulfilment order: which goods are in which parcel, and how they travel. */
export const LISTED_FULFILLMENT_ORDER: Listed = {
  ...plain("__typename id updatedAt orderId orderName status requestStatus createdAt fulfillAt"),
  deliveryMethod: plain("id methodType"),
  assignedLocation: { location: ID },
  fulfillmentHolds: { ...plain("id reason"), displayReason: "text" },
  lineItems: { ...plain("__typename id totalQuantity remainingQuantity"), lineItem: ID },
  fulfillments: { __typename: "plain", ...FULFILLMENT },
};

/** What stays of an order's node (bulk or fetched) when its person is forgotten: ids, times, statuses, goods, money, parcels. */
export const LISTED_NODE_ORDER: Listed = {
  ...plain(`__typename id name createdAt updatedAt processedAt closedAt cancelledAt cancelReason test currencyCode
    presentmentCurrencyCode taxesIncluded dutiesIncluded estimatedTaxes taxExempt sourceName displayFinancialStatus
    displayFulfillmentStatus returnStatus paymentGatewayNames edited`),
  tags: "tags",
  discountCodes: "text",
  retailLocation: ID,
  ...money(orderMoney),
  totalCashRoundingAdjustment: money(["paymentSet", "refundSet"]),
  additionalFees: { id: "plain", name: "text", price: MONEY, taxLines: TAX_LINES },
  taxLines: TAX_LINES,
  fulfillments: FULFILLMENT,
  refunds: REFUND,
  transactions: {
    ...plain("id kind status test gateway createdAt processedAt"),
    amountSet: MONEY,
    parentTransaction: ID,
  },
  lineItems: LINE,
  returns: RETURN,
  shippingLines: {
    ...plain("__typename id isRemoved"),
    ...{ title: "text", code: "text" },
    ...money(shippingLineMoney),
    discountAllocations: ALLOCATIONS,
    taxLines: TAX_LINES,
  },
  fulfillmentOrders: LISTED_FULFILLMENT_ORDER,
};
