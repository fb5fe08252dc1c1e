/** The amounts of an order's node: by whichever query they are asked for, and what stays of it when its person is forgotten. */
export const orderMoney = [
  "subtotalPriceSet",
  "totalPriceSet",
  "totalTaxSet",
  "totalDiscountsSet",
  "totalShippingPriceSet",
  "totalTipReceivedSet",
  "totalReceivedSet",
  "totalOutstandingSet",
  "totalRefundedSet",
  "totalRefundedShippingSet",
  "netPaymentSet",
  "originalTotalPriceSet",
  "originalTotalDutiesSet",
  "currentSubtotalPriceSet",
  "currentTotalPriceSet",
  "currentTotalTaxSet",
  "currentTotalDiscountsSet",
  "currentShippingPriceSet",
  "currentTotalDutiesSet",
  "currentTotalAdditionalFeesSet",
  "refundDiscrepancySet",
] as const;

/** Those of each of its lines. */
export const lineMoney = [
  "originalUnitPriceSet",
  "originalTotalSet",
  "discountedTotalSet",
  "totalDiscountSet",
] as const;

/** Those of each of its shipping lines. */
export const shippingLineMoney = [
  "originalPriceSet",
  "discountedPriceSet",
  "currentDiscountedPriceSet",
] as const;
