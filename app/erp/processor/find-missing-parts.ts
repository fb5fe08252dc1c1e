import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/**
 * What no payload tells of an order, or only an older one that the newest overtook: why Shopify has to be asked for it.
 * @param parcelsAreExact whether the lines of every parcel are known
 * @returns the reasons in a merchant's words, null when everything is known
 */
export function findMissingParts(order: OrderSnapshot, parcelsAreExact: boolean): string | null {
  const reasons: string[] = [];
  if (!parcelsAreExact) reasons.push("Which lines are in which parcel");
  if (order.totals.outstanding === undefined) reasons.push("What is left to pay");
  if (order.paymentsAreStale || (order.transactions === undefined && !nothingWasPaid(order)))
    reasons.push("What was paid");
  if (
    order.refunds.some(
      ({ lines, shipping }) => lines === undefined || shipping?.some(({ tax }) => tax === undefined),
    )
  )
    reasons.push("What the refunds consist of");
  const someReturn =
    order.returnStatus !== undefined && order.returnStatus !== null && order.returnStatus !== "NO_RETURN";
  if (order.returns?.some(({ lines }) => lines === undefined) ?? someReturn) reasons.push("What comes back");
  return reasons.length === 0 ? null : reasons.join("; ");
}

/** An order nobody has paid anything for has no payments to ask for. */
function nothingWasPaid({ financialStatus, refunds, totals }: OrderSnapshot): boolean {
  return (
    (financialStatus === "PENDING" || financialStatus === "VOIDED" || financialStatus === null) &&
    refunds.every(({ total }) => total?.shop === 0) &&
    (totals.outstanding === undefined || totals.outstanding.shop === totals.currentTotal.shop)
  );
}
