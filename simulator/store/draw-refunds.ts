import { addTransaction } from "./draw-payments.ts";
import { gidOf } from "./ids.ts";
import { addMoney, NO_MONEY, portionMoney, subtractMoney, sumMoney } from "./money.ts";
import type { Money2 } from "./money.ts";
import type { DraftLine, DraftRefund, OrderDraft, RestockType } from "./order-draft.ts";
import {
  computeCharges,
  computePayments,
  lineCurrentQuantity,
  lineNet,
  shippingCurrent,
} from "./order-totals.ts";

export function addRefund(
  plan: { n: number },
  draft: OrderDraft,
  atMs: number,
  note: string | null,
): DraftRefund {
  const refund: DraftRefund = {
    gid: gidOf("Refund", plan.n, draft.refunds.length),
    createdMs: atMs,
    note,
    lines: [],
    shipping: [],
    adjustment: null,
    duties: [],
    transactions: [],
    returned: null,
  };
  draft.refunds.push(refund);
  return refund;
}

/**
 * Takes units off a line. CANCEL takes them out of fulfilment too, as the old LEGACY_RESTOCK did with units not yet
 * shipped; RETURN and NO_RESTOCK leave what is to be sent as it is. The refund line is worth the difference the units make, so that refunds of
 * one line after another add up to the line exactly.
 */
export function refundUnits(
  plan: { n: number },
  draft: OrderDraft,
  refund: DraftRefund,
  place: number,
  quantity: number,
  restockType: RestockType,
): void {
  const line = draft.lines[place];
  if (!line || quantity <= 0) return;
  const gone = line.removed + line.returned;
  const worth = (amount: Money2): Money2 =>
    subtractMoney(
      portionMoney(amount, gone + quantity, line.quantity),
      portionMoney(amount, gone, line.quantity),
    );
  refund.lines.push({
    gid: gidOf("RefundLineItem", plan.n, (draft.refunds.length - 1) * 32 + refund.lines.length),
    line: place,
    quantity,
    restockType,
    subtotal: worth(lineNet(line)),
    tax: sumMoney(line.taxes.map((tax) => worth(tax.amount))),
  });
  const unsent =
    restockType === "CANCEL" || (restockType === "LEGACY_RESTOCK" && quantity <= lineUnsent(line));
  if (!unsent) {
    line.returned += quantity;
    return;
  }
  line.removed += quantity;
  let rest = quantity;
  for (const one of draft.fulfillmentOrders) {
    for (const waiting of one.lines) {
      if (waiting.line !== place || rest === 0) continue;
      const taken = Math.min(waiting.remaining, rest);
      waiting.remaining -= taken;
      rest -= taken;
    }
    if (one.lines.every((each) => each.remaining === 0)) one.status = "CLOSED";
  }
}

/** Units that are still to be sent, paid back or not. */
export function lineUnsent(line: DraftLine): number {
  return Math.max(0, line.quantity - line.removed - line.fulfilled);
}

/** Units of a line that a refund of this kind can take. */
export function refundableUnits(line: DraftLine | undefined, restock: RestockType): number {
  if (!line) return 0;
  const left = lineCurrentQuantity(line);
  if (line.isTip) return restock === "NO_RESTOCK" ? left : 0;
  if (restock === "CANCEL") return Math.min(left, lineUnsent(line));
  if (restock === "RETURN") return Math.max(0, Math.min(left, line.fulfilled - line.returned));
  return left;
}

/** Books what a refund gives back beyond (negative) or below (positive) what it takes. */
export function adjustRefund(plan: { n: number }, draft: OrderDraft, refund: DraftRefund, by: Money2): void {
  if (by[0] === 0 && by[1] === 0) return;
  const amount = addMoney(refund.adjustment?.amount ?? NO_MONEY, by);
  const gid = gidOf("OrderAdjustment", plan.n, draft.refunds.length - 1);
  refund.adjustment = amount[0] === 0 && amount[1] === 0 ? null : { gid, amount };
}

/** Gives back what is left of shipping, with its tax. */
export function refundShipping(plan: { n: number }, draft: OrderDraft, refund: DraftRefund): void {
  draft.shippingLines.forEach((line, place) => {
    const amount = shippingCurrent(line);
    if (amount[1] <= 0) return;
    refund.shipping.push({
      gid: gidOf("RefundShippingLine", plan.n, place),
      line: place,
      amount,
      tax: sumMoney(line.taxes.map((tax) => tax.amount)),
    });
    line.refunded = addMoney(line.refunded, amount);
  });
}

/** Gives back the duties of a line, once. */
export function refundDuties(draft: OrderDraft, refund: DraftRefund, place: number): void {
  if (draft.refunds.some((one) => one.duties.some((duty) => duty.line === place))) return;
  for (const duty of draft.lines[place]?.duties ?? [])
    refund.duties.push({ line: place, amount: duty.amount });
}

/**
 * Moves money back for a refund, newest payment first, never more than was received.
 * @returns what was moved.
 */
export function payBack(plan: { n: number }, draft: OrderDraft, refund: DraftRefund, amount: Money2): Money2 {
  let rest = amount;
  const paid = draft.transactions.filter(
    (one) => (one.kind === "SALE" || one.kind === "CAPTURE") && one.status === "SUCCESS",
  );
  for (const payment of paid.reverse()) {
    const done = sumMoney(
      draft.transactions
        .filter((one) => one.kind === "REFUND" && one.parentGid === payment.gid)
        .map((one) => one.amount),
    );
    const free = subtractMoney(payment.amount, done);
    // A payment paid back in full is so in both currencies, and never beyond, whatever rounding says.
    const part: Money2 = free[1] <= rest[1] ? free : [Math.max(0, Math.min(free[0], rest[0])), rest[1]];
    if (part[1] <= 0) continue;
    const gateway = {
      name: payment.gateway ?? "manual",
      formatted: payment.formattedGateway ?? "Manual",
      manual: payment.manual,
    };
    const back = addTransaction(draft, plan.n, gateway, {
      kind: "REFUND",
      status: "SUCCESS",
      amount: part,
      timeMs: refund.createdMs,
      parentGid: payment.gid,
    });
    refund.transactions.push(back.gid);
    rest = subtractMoney(rest, part);
  }
  return subtractMoney(amount, rest);
}

/** What the order owes its buyer now, in both currencies; never negative. */
export function owedBack(draft: OrderDraft): Money2 {
  const { outstanding } = computePayments(draft, computeCharges(draft).currentTotal);
  return outstanding[1] < 0 ? [-outstanding[0], -outstanding[1]] : NO_MONEY;
}

/**
 * Cancels everything that is left of an order: units, shipping, duties; money back, or a void where none came.
 * @param restockType of units that were sent, `unsentType` of the others.
 * @param giveBack false: no money moves; what was only authorised is void all the same.
 */
export function cancelAll(
  plan: { n: number },
  draft: OrderDraft,
  atMs: number,
  restockType: RestockType,
  unsentType: "CANCEL" | "NO_RESTOCK" = "CANCEL",
  giveBack = true,
): void {
  const refund = addRefund(
    plan,
    draft,
    atMs,
    plan.n % 4 === 0 ? 'Customer changed their mind "again"' : null,
  );
  draft.lines.forEach((line, place) => {
    const left = lineCurrentQuantity(line);
    const unsent = line.isTip ? left : Math.min(left, lineUnsent(line));
    refundUnits(plan, draft, refund, place, unsent, unsentType);
    refundUnits(plan, draft, refund, place, left - unsent, restockType);
    // Units paid back before without taking them out of fulfilment are not sent any more either.
    const kept = line.isTip ? 0 : lineUnsent(line);
    line.removed += kept;
    line.returned -= kept;
    refundDuties(draft, refund, place);
  });
  for (const fee of draft.additionalFees) fee.refunded = true;
  // What was given back before beyond the goods now comes off what they are worth.
  const given = sumMoney(
    draft.refunds.flatMap((one) => (one.adjustment === null ? [] : [one.adjustment.amount])),
  );
  if (given[0] !== 0 || given[1] !== 0)
    refund.adjustment = {
      gid: gidOf("OrderAdjustment", plan.n, draft.refunds.length - 1),
      amount: subtractMoney(NO_MONEY, given),
    };
  refundShipping(plan, draft, refund);
  for (const one of draft.fulfillmentOrders) {
    one.status = "CLOSED";
    one.holds = [];
    for (const line of one.lines) line.remaining = 0;
  }
  const back = owedBack(draft);
  if (back[1] > 0) {
    if (giveBack) payBack(plan, draft, refund, back);
    return;
  }
  const open = draft.transactions.find((one) => one.status === "PENDING" || one.kind === "AUTHORIZATION");
  if (!open) return;
  const gateway = {
    name: open.gateway ?? "manual",
    formatted: open.formattedGateway ?? "Manual",
    manual: open.manual,
  };
  const voided = addTransaction(draft, plan.n, gateway, {
    kind: "VOID",
    status: "SUCCESS",
    amount: open.kind === "AUTHORIZATION" ? open.amount : NO_MONEY,
    timeMs: atMs,
    parentGid: open.gid,
  });
  refund.transactions.push(voided.gid);
}
