import { addPairs, negatePair, ZERO, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";

export type ChargeKind =
  | "item"
  | "line_discount"
  | "order_discount"
  | "shipping"
  | "shipping_discount"
  | "tax"
  | "duty"
  | "tip"
  | "additional_fee"
  | "cash_rounding"
  | "removal";

export type Charge = {
  kind: ChargeKind;
  lineId: string | null;
  title: string | null;
  rate: string | null;
  /** Shown, never added to the total: inclusive tax, and the rounding of a cash payment. */
  included: boolean;
  amount: MoneyPair;
};

export type OrderCharges = {
  charges: Charge[];
  /** Shopify's total minus the sum of our charges, in both currencies: zero for an order we fully understand. */
  difference: MoneyPair;
};

/**
 * Typed charges that add up to Shopify's total (law 7), in shop and in presentment money. What they leave unexplained is
 * given back as the difference: it is shown on the order, never spread and never hidden. `removal` is the step from the
 * total to the current total (removed, refunded, cancelled), as Shopify states it.
 */
export function buildOrderCharges(order: OrderSnapshot): OrderCharges {
  const charges: Charge[] = [];
  let sum: MoneyPair = ZERO;
  const add = (kind: ChargeKind, amount: MoneyPair, more: Partial<Charge> = {}) => {
    if (amount.shop === 0 && amount.presentment === 0 && kind !== "item") return;
    const charge = { kind, lineId: null, title: null, rate: null, included: false, ...more, amount };
    charges.push(charge);
    if (!charge.included) sum = addPairs(sum, amount);
  };

  for (const line of order.lines) {
    add("item", lineGross(line), { lineId: line.id });
    for (const { amount, level, title } of line.allocations)
      add(level === "order" ? "order_discount" : "line_discount", negatePair(amount), {
        lineId: line.id,
        title,
      });
    for (const duty of line.duties) add("duty", duty, { lineId: line.id });
  }
  for (const line of order.shippingLines) {
    add("shipping", line.originalPrice, { title: line.title });
    for (const { amount, title } of line.allocations) add("shipping_discount", negatePair(amount), { title });
  }
  for (const { title, rate, amount } of order.taxLines)
    add("tax", amount, { title, rate, included: order.taxesIncluded });
  for (const { title, amount } of order.fees) add("additional_fee", amount, { title });
  if (!order.lines.some((line) => isTipLine(line, order.totals.tip))) add("tip", order.totals.tip);
  // Shopify rounds what is paid in cash, not what the order costs (Admin API, CashRoundingAdjustment).
  add("cash_rounding", order.totals.cashRounding, { included: true });

  const { total, currentTotal } = order.totals;
  const difference = addPairs(total, negatePair(sum));
  add("removal", addPairs(currentTotal, negatePair(total)));
  return { charges, difference };
}

/** Before discounts: unit price × quantity ordered. */
function lineGross(line: OrderLinePart): MoneyPair {
  return {
    shop: line.originalUnitPrice.shop * line.qty,
    presentment: line.originalUnitPrice.presentment * line.qty,
  };
}

/** Some channels write a tip as a line of the order AND in `totalTipReceived`: it is charged once. */
function isTipLine(line: OrderLinePart, tip: MoneyPair): boolean {
  return (
    tip.shop !== 0 &&
    line.variantId === null &&
    !line.requiresShipping &&
    /^tip$/i.test(line.title) &&
    lineGross(line).shop === tip.shop
  );
}

/** What a line costs after every discount, its own and its share of the order's: the truth a unit price is rounded from. */
export function lineTotal(line: OrderLinePart): MoneyPair {
  return line.allocations.reduce((net, { amount }) => addPairs(net, negatePair(amount)), lineGross(line));
}
