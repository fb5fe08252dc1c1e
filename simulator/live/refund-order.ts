import {
  addRefund,
  adjustRefund,
  owedBack,
  payBack,
  refundableUnits,
  refundDuties,
  refundShipping,
  refundUnits,
} from "#simulator/store/draw-refunds.ts";
import { NO_MONEY, subtractMoney } from "#simulator/store/money.ts";
import type { DraftRefund } from "#simulator/store/order-draft.ts";
import { computeCharges, computePayments } from "#simulator/store/order-totals.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import {
  beginOrderAct,
  commitOrderAct,
  moveStock,
  placeOfLine,
  readAmount,
  takeWaiting,
  told,
  toldOf,
  toldTransactions,
  type LineName,
  type OrderAct,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

export const RESTOCK_TYPES = ["CANCEL", "RETURN", "NO_RESTOCK"] as const;

export type RefundOrder = {
  order: string;
  lines?: readonly { line: LineName; quantity: number; restock: (typeof RESTOCK_TYPES)[number] }[];
  /** All that is left of shipping. */
  shipping?: boolean;
  /** In the buyer's currency; without it what the order owes its buyer then. */
  amount?: string;
  note?: string | null;
};

/**
 * Takes goods off an order, gives money back, or both. Money beyond (or below) what is taken is a discrepancy.
 * Assumed: the words; with the last unit of a line its duty is given back.
 */
export function refundOrder(shop: LiveShop, act: RefundOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, atMs } = under;
  if (draft.cancelledMs !== null) refuse("Cannot refund a canceled order.");
  const known = draft.transactions.length;
  const before = computeCharges(draft).currentTotal;
  const refund = addRefund(plan, draft, atMs, act.note ?? null);
  const places = new Set<number>();
  for (const { line: name, quantity, restock } of act.lines ?? []) {
    const place = placeOfLine(draft, name);
    if (places.has(place)) refuse("A refund names a line item once.");
    places.add(place);
    const line = draft.lines[place];
    if (quantity <= 0 || quantity > refundableUnits(line, "NO_RESTOCK"))
      refuse("Quantity cannot refund more items than were purchased");
    if (quantity > refundableUnits(line, restock))
      refuse(
        restock === "CANCEL"
          ? "Quantity cannot remove more than the fulfillable quantity"
          : "Quantity cannot return more than the fulfilled quantity",
      );
    refundUnits(plan, draft, refund, place, quantity, restock);
    if (line && line.removed + line.returned === line.quantity) refundDuties(draft, refund, place);
  }
  if (act.shipping === true) refundShipping(plan, draft, refund);
  const worth = subtractMoney(before, computeCharges(draft).currentTotal);
  const owed = owedBack(draft);
  const amount = act.amount === undefined ? owed : readAmount(draft, act.amount);
  const { net } = computePayments(draft, NO_MONEY);
  if (amount[1] > net[1]) refuse("Refund amount cannot be greater than the amount available to refund");
  if (refund.lines.length + refund.shipping.length === 0 && amount[1] === 0)
    refuse("Refund must have at least one line item, shipping or transaction");
  const paid = payBack(plan, draft, refund, amount);
  // What this refund itself would have given back, had the merchant not said an amount.
  const due = worth[1] < owed[1] ? worth : owed;
  if (paid[1] > owed[1]) adjustRefund(plan, draft, refund, subtractMoney(owed, paid));
  else if (paid[1] < due[1]) adjustRefund(plan, draft, refund, subtractMoney(due, paid));
  const order = commitOrderAct(shop, under);
  return {
    id: refund.gid,
    happenings: [
      ...toldOf("refunds/create", order, "refunds", refund.gid),
      ...toldTransactions(order, known),
      told("orders/updated", order),
      ...restockRefund(shop, under, refund),
    ],
  };
}

/** Puts the units of a refund back where they lay: from what waits to be sent, or from what came back. */
export function restockRefund(shop: LiveShop, under: OrderAct, refund: DraftRefund): Happening[] {
  const of = (type: string) =>
    refund.lines.filter((one) => one.restockType === type).map(({ line, quantity }) => ({ line, quantity }));
  return [
    ...moveStock(shop, under, takeWaiting(under, of("CANCEL")), (units) => ({
      available: units,
      committed: -units,
    })),
    ...moveStock(shop, under, of("RETURN"), (units) => ({ available: units, on_hand: units })),
  ];
}
