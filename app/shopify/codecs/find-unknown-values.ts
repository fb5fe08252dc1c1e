import type { DecodedOrder } from "./order-parts.ts";

/**
 * The words of Shopify's enums that our rules know (Admin API 2026-10, in GraphQL's spelling). A word that is not here
 * is kept as it came and reported: a rule may not understand it.
 */
export const KNOWN_VALUES = {
  OrderDisplayFinancialStatus:
    "AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED",
  OrderDisplayFulfillmentStatus:
    "FULFILLED FULFILLMENT_NOT_REQUIRED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED",
  OrderReturnStatus: "INSPECTION_COMPLETE IN_PROGRESS NO_RETURN RETURNED RETURN_FAILED RETURN_REQUESTED",
  OrderCancelReason: "CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF",
  FulfillmentStatus: "CANCELLED ERROR FAILURE OPEN PENDING SUCCESS",
  FulfillmentDisplayStatus:
    "ATTEMPTED_DELIVERY CANCELED CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE FULFILLED IN_TRANSIT LABEL_PRINTED LABEL_PURCHASED LABEL_VOIDED MARKED_AS_FULFILLED NOT_DELIVERED OUT_FOR_DELIVERY PICKED_UP READY_FOR_PICKUP SUBMITTED",
  OrderTransactionKind: "AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID",
  OrderTransactionStatus: "AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN",
  RefundLineItemRestockType: "CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN",
  ReturnStatus: "CANCELED CLOSED DECLINED OPEN REQUESTED",
} as const;

type EnumName = keyof typeof KNOWN_VALUES;

const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(KNOWN_VALUES).map(([name, words]) => [name, new Set(words.split(" "))]),
);

const NONE: string[] = [];

/** The words of an order that this version does not know, each with its place, sorted; mostly none. */
export function findUnknownValues(order: Omit<DecodedOrder, "unknownValues">): string[] {
  let found: Set<string> | undefined;
  const look = (of: EnumName, place: string, word: string | null | undefined) => {
    if (word !== null && word !== undefined && word !== "" && KNOWN.get(of)?.has(word) !== true)
      (found ??= new Set()).add(`${place}: ${word}`);
  };
  look("OrderDisplayFinancialStatus", "financialStatus", order.financialStatus);
  look("OrderDisplayFulfillmentStatus", "fulfillmentStatus", order.fulfillmentStatus);
  look("OrderReturnStatus", "returnStatus", order.returnStatus);
  look("OrderCancelReason", "cancelReason", order.cancelReason);
  for (const { status, deliveryStatus } of order.fulfillments) {
    look("FulfillmentStatus", "fulfillments.status", status);
    look("FulfillmentDisplayStatus", "fulfillments.deliveryStatus", deliveryStatus);
  }
  for (const { kind, status } of order.transactions ?? []) {
    look("OrderTransactionKind", "transactions.kind", kind);
    look("OrderTransactionStatus", "transactions.status", status);
  }
  for (const { lines } of order.refunds)
    for (const { restockType } of lines ?? [])
      look("RefundLineItemRestockType", "refunds.lines.restockType", restockType);
  for (const { status } of order.returns ?? []) look("ReturnStatus", "returns.status", status);
  return found ? [...found].sort() : NONE;
}
