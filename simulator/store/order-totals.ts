import { addMoney, NO_MONEY, portionMoney, subtractMoney, sumMoney, timesMoney } from "./money.ts";
import type { Money2 } from "./money.ts";
import type { DraftLine, DraftShippingLine, OrderDraft } from "./order-draft.ts";

export function lineOriginal(line: DraftLine): Money2 {
  return timesMoney(line.unitPrice, line.quantity);
}

export function lineNet(line: DraftLine): Money2 {
  return subtractMoney(lineOriginal(line), sumMoney(line.allocations.map((one) => one.amount)));
}

function lineTax(line: DraftLine): Money2 {
  return sumMoney(line.taxes.map((tax) => tax.amount));
}

export function lineCurrentQuantity(line: DraftLine): number {
  return line.quantity - line.removed - line.returned;
}

/** What the units gone since (removed or returned) are worth of an amount of the whole line. */
export function goneShare(line: DraftLine, amount: Money2): Money2 {
  return portionMoney(amount, line.removed + line.returned, line.quantity);
}

export function shippingNet(line: DraftShippingLine): Money2 {
  return subtractMoney(line.price, sumMoney(line.allocations.map((one) => one.amount)));
}

function shippingTax(line: DraftShippingLine): Money2 {
  return sumMoney(line.taxes.map((tax) => tax.amount));
}

/** What is left of a shipping line after refunds. */
export function shippingCurrent(line: DraftShippingLine): Money2 {
  return line.isRemoved ? NO_MONEY : subtractMoney(shippingNet(line), line.refunded);
}

function shippingCurrentTax(line: DraftShippingLine): Money2 {
  const net = shippingNet(line);
  const left = shippingCurrent(line);
  const tax = shippingTax(line);
  return [
    net[0] === 0 ? 0 : Math.round((tax[0] * left[0]) / net[0]),
    net[1] === 0 ? 0 : Math.round((tax[1] * left[1]) / net[1]),
  ];
}

export type ChargeTotals = {
  subtotal: Money2;
  discounts: Money2;
  shipping: Money2;
  tax: Money2;
  duties: Money2;
  tip: Money2;
  fees: Money2;
  total: Money2;
  originalTotal: Money2;
  currentSubtotal: Money2;
  currentDiscounts: Money2;
  currentShipping: Money2;
  currentTax: Money2;
  currentDuties: Money2;
  currentFees: Money2;
  currentTotal: Money2;
};

/**
 * The order's totals as the Admin API defines them: `total` before returns, `current…` after edits,
 * removals, refunds and cancellation. Tax counts on top only where prices do not include it.
 */
export function computeCharges(draft: OrderDraft): ChargeTotals {
  let subtotal = NO_MONEY;
  let discounts = NO_MONEY;
  let tax = NO_MONEY;
  let duties = NO_MONEY;
  let tip = NO_MONEY;
  let addedLater = NO_MONEY;
  let currentSubtotal = NO_MONEY;
  let currentDiscounts = NO_MONEY;
  let currentTax = NO_MONEY;
  let currentTip = NO_MONEY;
  for (const line of draft.lines) {
    const net = lineNet(line);
    const left = subtractMoney(net, goneShare(line, net));
    if (line.isTip) {
      tip = addMoney(tip, net);
      currentTip = addMoney(currentTip, left);
      continue;
    }
    const discount = subtractMoney(lineOriginal(line), net);
    subtotal = addMoney(subtotal, net);
    currentSubtotal = addMoney(currentSubtotal, left);
    if (discount[0] !== 0 || discount[1] !== 0) {
      discounts = addMoney(discounts, discount);
      currentDiscounts = addMoney(currentDiscounts, subtractMoney(discount, goneShare(line, discount)));
    }
    for (const one of line.taxes) {
      tax = addMoney(tax, one.amount);
      currentTax = addMoney(currentTax, subtractMoney(one.amount, goneShare(line, one.amount)));
    }
    for (const duty of line.duties) duties = addMoney(duties, duty.amount);
    if (line.addedLater)
      addedLater = addMoney(addedLater, draft.taxesIncluded ? net : addMoney(net, lineTax(line)));
  }
  let shipping = NO_MONEY;
  let shippingAfter = NO_MONEY;
  let currentShipping = NO_MONEY;
  for (const line of draft.shippingLines) {
    shipping = addMoney(shipping, line.price);
    shippingAfter = addMoney(shippingAfter, shippingNet(line));
    currentShipping = addMoney(currentShipping, shippingCurrent(line));
    const discount = subtractMoney(line.price, shippingNet(line));
    discounts = addMoney(discounts, discount);
    currentDiscounts = addMoney(currentDiscounts, line.isRemoved ? NO_MONEY : discount);
    tax = addMoney(tax, shippingTax(line));
    currentTax = addMoney(currentTax, shippingCurrentTax(line));
  }
  let adjustments = NO_MONEY;
  let refundedDuties = NO_MONEY;
  for (const refund of draft.refunds) {
    if (refund.adjustment) adjustments = addMoney(adjustments, refund.adjustment.amount);
    for (const duty of refund.duties) refundedDuties = addMoney(refundedDuties, duty.amount);
  }
  const onTop = (money: Money2): Money2 => (draft.taxesIncluded ? NO_MONEY : money);
  const fees = sumMoney(draft.additionalFees.map((fee) => fee.amount));
  const currentFees = sumMoney(draft.additionalFees.map((fee) => (fee.refunded ? NO_MONEY : fee.amount)));
  const total = sumMoney([subtotal, shippingAfter, onTop(tax), duties, tip, fees]);
  const currentDuties = subtractMoney(duties, refundedDuties);
  return {
    subtotal,
    discounts,
    shipping,
    tax,
    duties,
    tip,
    fees,
    total,
    originalTotal: subtractMoney(total, addedLater),
    currentSubtotal,
    currentDiscounts,
    currentShipping,
    currentTax,
    currentDuties,
    currentFees,
    currentTotal: sumMoney([
      currentSubtotal,
      currentShipping,
      onTop(currentTax),
      currentDuties,
      currentTip,
      currentFees,
      adjustments,
    ]),
  };
}

export type PaymentTotals = {
  received: Money2;
  refunded: Money2;
  net: Money2;
  capturable: Money2;
  outstanding: Money2;
};

/** What moved, from the transactions alone: refunds without a refund transaction move nothing. */
export function computePayments(draft: OrderDraft, currentTotal: Money2): PaymentTotals {
  let received = NO_MONEY;
  let refunded = NO_MONEY;
  let authorized = NO_MONEY;
  let captured = NO_MONEY;
  let voided = false;
  for (const one of draft.transactions) {
    if (one.status !== "SUCCESS") continue;
    if (one.kind === "SALE" || one.kind === "CAPTURE") received = addMoney(received, one.amount);
    if (one.kind === "CAPTURE") captured = addMoney(captured, one.amount);
    if (one.kind === "REFUND") refunded = addMoney(refunded, one.amount);
    if (one.kind === "AUTHORIZATION") authorized = addMoney(authorized, one.amount);
    if (one.kind === "VOID") voided = true;
  }
  const net = subtractMoney(received, refunded);
  return {
    received,
    refunded,
    net,
    capturable: voided || draft.cancelledMs !== null ? NO_MONEY : subtractMoney(authorized, captured),
    outstanding: subtractMoney(currentTotal, net),
  };
}
