import type { PaymentFacts } from "#app/settings/determine-payment-method.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/** What an order says about how it is paid, as the rules want it; a person's word beside it. */
export function paymentFactsOf(order: OrderSnapshot, correction: PaymentFacts["correction"]): PaymentFacts {
  const { totals, gatewaysSeen, financialStatus, tags, attributes } = order;
  return {
    ...{ gatewaysSeen, financialStatus, tags, attributes, correction },
    // Where no payload tells it at all, everything is taken to be still open.
    outstandingMinor: totals.outstanding?.shop ?? totals.outstandingInShop ?? totals.currentTotal.shop,
    nothingToPay: totals.total.shop === 0 && totals.total.presentment === 0,
  };
}
