import { addPairs, fromMinor, negatePair, ZERO, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderRow } from "#app/erp/orders/order-rows.ts";
import type { OrderCharges } from "./build-order-charges.ts";

export type Differences = Pick<OrderCharges, "difference" | "currentDifference"> & { payments: MoneyPair };

/** The order's amounts as exact decimals, in the shop's and in the customer's currency, and what nothing explains. */
export function buildOrderAmounts(
  order: OrderSnapshot,
  { difference, currentDifference, payments }: Differences,
) {
  const { totals, currency, presentmentCurrency } = order;
  const shop = (money: MoneyPair | undefined) => fromMinor(money?.shop ?? 0, currency);
  const presentment = (money: MoneyPair | undefined) =>
    fromMinor(money?.presentment ?? 0, presentmentCurrency);
  return {
    currency,
    presentmentCurrency,
    totalAmount: shop(totals.total),
    currentTotalAmount: shop(totals.currentTotal),
    subtotalAmount: shop(totals.subtotal),
    discountAmount: shop(totals.discounts),
    taxAmount: shop(totals.tax),
    shippingAmount: shop(totals.shipping),
    tipAmount: shop(totals.tip),
    dutiesAmount: shop(totals.duties),
    receivedAmount: shop(totals.received ?? deriveReceived(order)),
    refundedAmount: shop(totals.refunded),
    outstandingAmount: fromMinor(totals.outstanding?.shop ?? totals.outstandingInShop ?? 0, currency),
    presentmentTotalAmount: presentment(totals.total),
    presentmentCurrentTotalAmount: presentment(totals.currentTotal),
    presentmentOutstandingAmount: presentment(totals.outstanding),
    moneyDifference: shop(difference),
    presentmentMoneyDifference: presentment(difference),
    currentMoneyDifference: shop(currentDifference),
    presentmentCurrentMoneyDifference: presentment(currentDifference),
    paymentDifference: shop(payments),
    presentmentPaymentDifference: presentment(payments),
    taxesIncluded: order.taxesIncluded,
  } satisfies Partial<OrderRow>;
}

/** A webhook does not say what was received; it follows from what is left and what went back. */
function deriveReceived({ totals }: OrderSnapshot): MoneyPair | undefined {
  if (totals.outstanding === undefined || totals.refunded === undefined) return undefined;
  return addPairs(addPairs(totals.currentTotal, negatePair(totals.outstanding)), totals.refunded);
}

/**
 * What the payments leave unexplained of what Shopify says was received less what it says went back: sales and captures
 * that succeeded, of whatever tender (gift card and store credit are tender), less successful refunds. Zero where no
 * payload tells the payments, or the newest says that they have changed since.
 */
export function findPaymentDifference({ totals, transactions, paymentsAreStale }: OrderSnapshot): MoneyPair {
  if (transactions === undefined || paymentsAreStale) return ZERO;
  if (totals.received === undefined || totals.refunded === undefined) return ZERO;
  let rest = addPairs(totals.received, negatePair(totals.refunded));
  for (const { kind, status, amount } of transactions) {
    if (status !== "SUCCESS") continue;
    if (kind === "SALE" || kind === "CAPTURE") rest = addPairs(rest, negatePair(amount));
    else if (kind === "REFUND") rest = addPairs(rest, amount);
  }
  return rest;
}
