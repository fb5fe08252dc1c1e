import { addPairs, negatePair, ZERO, type MoneyPair } from "#app/lib/money.ts";
import { normalisePaymentText } from "#app/settings/match-gateway.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import { buildRemovalCharges } from "./build-removal-charges.ts";
import type { AddCharge, Charge } from "./order-charge.ts";

export type OrderCharges = {
  charges: Charge[];
  /** Shopify's total minus the sum of our charges, in both currencies: zero for an order we fully understand. */
  difference: MoneyPair;
  /** The same for the current total. */
  currentDifference: MoneyPair;
};

/**
 * Typed charges that add up to Shopify's total and, with what was removed and refunded, to its current total (law 7), in
 * shop and in presentment money. What they leave unexplained is given back as a difference: it is shown on the order,
 * never spread and never hidden.
 */
export function buildOrderCharges(order: OrderSnapshot): OrderCharges {
  const charges: Charge[] = [];
  let sum: MoneyPair = ZERO;
  const add: AddCharge = (kind, amount, more = {}) => {
    if (amount.shop === 0 && amount.presentment === 0 && kind !== "item") return;
    const charge = { kind, lineId: null, title: null, rate: null, included: false, ...more, amount };
    charges.push(charge);
    if (!charge.included) sum = addPairs(sum, amount);
  };

  const tipLine = findTipLine(order);
  for (const line of order.lines) {
    const kind = line === tipLine ? "tip" : isCodFeeLine(line) ? "cod_fee" : "item";
    add(kind, lineGross(line), { lineId: line.id });
    for (const { amount, level, title } of line.allocations)
      add(level === "order" ? "order_discount" : "line_discount", negatePair(amount), {
        lineId: line.id,
        title,
      });
    for (const duty of line.duties) add("duty", duty, { lineId: line.id });
  }
  for (const line of order.shippingLines) {
    add(isCodFee(line.title) ? "cod_fee" : "shipping", line.originalPrice, { title: line.title });
    for (const { amount, title } of line.allocations) add("shipping_discount", negatePair(amount), { title });
  }
  for (const { title, rate, amount } of order.taxLines)
    add("tax", amount, { title, rate, included: order.taxesIncluded });
  for (const { title, amount } of order.fees)
    add(isCodFee(title) ? "cod_fee" : "additional_fee", amount, { title });
  if (tipLine === undefined) add("tip", order.totals.tip);
  // Shopify rounds what is paid in cash, not what the order costs (Admin API, CashRoundingAdjustment).
  add("cash_rounding", order.totals.cashRounding, { included: true });

  const { total, currentTotal } = order.totals;
  const difference = addPairs(total, negatePair(sum));
  const explained = buildRemovalCharges(order, tipLine, add);
  // The difference of the total is in the current total too: it is told once.
  const currentDifference = explained
    ? addPairs(addPairs(currentTotal, negatePair(sum)), negatePair(difference))
    : ZERO;
  return { charges, difference, currentDifference };
}

/** Before discounts: unit price × quantity ordered. */
function lineGross(line: OrderLinePart): MoneyPair {
  return {
    shop: line.originalUnitPrice.shop * line.qty,
    presentment: line.originalUnitPrice.presentment * line.qty,
  };
}

/** Some channels write a tip as a line of the order AND in `totalTipReceived`: it is charged once. */
function findTipLine({ lines, totals: { tip } }: OrderSnapshot): OrderLinePart | undefined {
  // A small tip of a foreign buyer may round to nothing in the shop's own currency.
  if (tip.shop === 0 && tip.presentment === 0) return undefined;
  return lines.find(
    (line) =>
      line.variantId === null &&
      !line.requiresShipping &&
      /^tip$/i.test(line.title) &&
      lineGross(line).shop === tip.shop,
  );
}

/** Apps write what cash on delivery costs extra as a line of its own that nobody ships. */
function isCodFeeLine(line: OrderLinePart): boolean {
  return line.variantId === null && !line.requiresShipping && isCodFee(line.title);
}

/** "COD fee", "Cash on Delivery charges", "COD handling": cash on delivery and a word for what it costs. */
function isCodFee(title: string): boolean {
  if (!/cod|cash/i.test(title)) return false;
  const words = ` ${normalisePaymentText(title)} `;
  return / (cod|cash on delivery) /.test(words) && / (fees?|charges?|handling|surcharge) /.test(words);
}

/** What a line costs after every discount, its own and its share of the order's: the truth a unit price is rounded from. */
export function lineTotal(line: OrderLinePart): MoneyPair {
  return line.allocations.reduce((net, { amount }) => addPairs(net, negatePair(amount)), lineGross(line));
}
