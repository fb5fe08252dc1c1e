import { addPairs, negatePair, ZERO, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import type { AddCharge } from "./order-charge.ts";

/**
 * The step from the total to the current total: refund by refund where a payload tells the parts, and what Shopify's
 * current figures say beyond that (edits, cancellations, refunds told only in sum). Each figure is Shopify's own, so
 * nothing is portioned here and no unit is rounded.
 * @param tipLine the line that is the order's tip, if it has one
 * @returns false where the payload does not carry the figures: the step is then one charge, and nothing can be checked
 */
export function buildRemovalCharges(
  order: OrderSnapshot,
  tipLine: OrderLinePart | undefined,
  add: AddCharge,
): boolean {
  const { totals, taxesIncluded } = order;
  const { currentSubtotal, currentTax, currentShipping } = totals;
  const step = minus(totals.currentTotal, totals.total);
  if (currentSubtotal === undefined || currentTax === undefined || currentShipping === undefined) {
    add("removal", step);
    return false;
  }
  if (order.refunds.length === 0 && isZero(step) && isZero(minus(currentSubtotal, totals.subtotal)))
    return true;

  const told = addRefundParts(order, tipLine, add);
  const shippingNet = order.shippingLines.reduce(
    (sum, line) =>
      line.allocations.reduce((net, { amount }) => minus(net, amount), addPairs(sum, line.originalPrice)),
    ZERO,
  );
  const fees = order.fees.reduce((sum, { amount }) => addPairs(sum, amount), ZERO);
  add("removed_item", minus(minus(currentSubtotal, totals.subtotal), told.items));
  add("removed_tax", minus(minus(currentTax, totals.tax), told.tax), { included: taxesIncluded });
  add("removed_shipping", minus(minus(currentShipping, shippingNet), told.shipping));
  add("removed_duty", minus(minus(totals.currentDuties ?? totals.duties, totals.duties), told.duties));
  add("removed_fee", minus(totals.currentFees ?? fees, fees));
  if (tipLine !== undefined && tipLine.currentQty === 0)
    add("removed_tip", minus(negatePair(totals.tip), told.tip), { lineId: tipLine.id });
  add("refund_adjustment", minus(totals.adjustments ?? ZERO, told.adjustments));
  return true;
}

type Told = Record<"items" | "tax" | "shipping" | "duties" | "tip" | "adjustments", MoneyPair>;

/** A charge for each part of each refund; gives back what they come to, so that no part is counted again. */
function addRefundParts(order: OrderSnapshot, tipLine: OrderLinePart | undefined, add: AddCharge): Told {
  const told: Told = { items: ZERO, tax: ZERO, shipping: ZERO, duties: ZERO, tip: ZERO, adjustments: ZERO };
  const off = (part: keyof Told, amount: MoneyPair) => {
    told[part] = addPairs(told[part], amount);
    return amount;
  };
  const included = order.taxesIncluded;
  for (const { lines, shipping, adjustments, duties } of order.refunds) {
    for (const { lineId, restockType, subtotal, tax } of lines ?? []) {
      const cancelled = restockType === "CANCEL";
      if (lineId === tipLine?.id) {
        add("refund_tip", off("tip", negatePair(subtotal)), { lineId });
        continue;
      }
      add(cancelled ? "removed_item" : "refund_item", off("items", negatePair(subtotal)), { lineId });
      add(cancelled ? "removed_tax" : "refund_tax", off("tax", negatePair(tax)), { lineId, included });
    }
    for (const { subtotal, tax } of shipping ?? []) {
      add("refund_shipping", off("shipping", negatePair(subtotal)));
      // Where no payload tells it, it is in what Shopify's current tax says beyond the goods.
      if (tax !== undefined) add("refund_tax", off("tax", negatePair(tax)), { title: "Shipping", included });
    }
    for (const { amount, reason } of adjustments ?? [])
      add("refund_adjustment", off("adjustments", amount), { title: reason });
    if (lines !== undefined)
      for (const amount of duties ?? []) add("refund_duty", off("duties", negatePair(amount)));
  }
  return told;
}

function minus(a: MoneyPair, b: MoneyPair): MoneyPair {
  return addPairs(a, negatePair(b));
}

function isZero({ shop, presentment }: MoneyPair): boolean {
  return shop === 0 && presentment === 0;
}
