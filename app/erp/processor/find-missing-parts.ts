import type { ShippedQuantities } from "./determine-shipped-quantities.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/**
 * What no payload tells of an order, or only an older one that the newest overtook: why Shopify has to be asked for it.
 * @returns the reasons in a merchant's words, null when everything is known
 */
export function findMissingParts(order: OrderSnapshot, { exact, parcels }: ShippedQuantities): string | null {
  const reasons: string[] = [];
  if (order.absent.includes("lines")) reasons.push("What was ordered");
  if (!exact) reasons.push("Which lines are in which parcel");
  if (order.totals.outstanding === undefined) reasons.push("What is left to pay");
  if (order.paymentsAreStale || (order.transactions === undefined && !nothingWasPaid(order)))
    reasons.push("What was paid");
  if (
    order.refunds.some(
      ({ lines, shipping }) => lines === undefined || shipping?.some(({ tax }) => tax === undefined),
    )
  )
    reasons.push("What the refunds consist of");
  if (parcels.some((one) => one.state === "delivered" && one.deliveredAt === null && !one.withoutCarrier))
    reasons.push("When it was delivered");
  if (returnsAreUnknown(order)) reasons.push("What comes back, and what goes out for it");
  return reasons.length === 0 ? null : reasons.join("; ");
}

/** An order nobody has paid anything for has no payments to ask for. */
function nothingWasPaid({ financialStatus, refunds, totals }: OrderSnapshot): boolean {
  return (
    (financialStatus === "PENDING" || financialStatus === "VOIDED" || financialStatus === null) &&
    refunds.every(({ total }) => total?.shop === 0) &&
    (totals.outstandingInShop === undefined || totals.outstandingInShop === totals.currentTotal.shop)
  );
}

function returnsAreUnknown({ returns, returnStatus }: OrderSnapshot): boolean {
  if (returns === undefined)
    return returnStatus !== undefined && returnStatus !== null && returnStatus !== "NO_RETURN";
  return returns.some(
    ({ status, lines, exchangeLineIds }) =>
      lines === undefined ||
      (exchangeLineIds === undefined &&
        status !== "CANCELED" &&
        status !== "DECLINED" &&
        status !== "REQUESTED"),
  );
}
