import { addTransaction, settleOwed } from "#simulator/store/draw-payments.ts";
import type { Money2 } from "#simulator/store/money.ts";
import { computeCharges, computePayments } from "#simulator/store/order-totals.ts";
import {
  archiveWhenDone,
  beginOrderAct,
  commitOrderAct,
  readAmount,
  told,
  toldTransactions,
  type OrderAct,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

const MANUAL = { name: "manual", formatted: "Manual", manual: true };

export type PayOrder = {
  order: string;
  amount?: string;
  /** A payment by hand under this name, whatever the buyer had promised; `at` (ISO): when it was made. */
  method?: string;
  at?: string;
};

/**
 * Money arrives: an authorisation is captured, a promise (at the door, by transfer) kept. Without `amount` all that is
 * owed. Shopify lets an order be marked as paid only while something is owed (orderMarkAsPaid).
 * Assumed: an authorisation that lapsed after its week captures nothing, the money comes by hand.
 */
export function payOrder(shop: LiveShop, act: PayOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, atMs } = under;
  if (draft.cancelledMs !== null) refuse("Order cannot be marked as paid.");
  const known = draft.transactions.length;
  const most = act.amount === undefined ? null : readAmount(draft, act.amount);
  const paid =
    act.method === undefined
      ? settleOwed(plan, draft, MANUAL, most)
      : payByHand(under, act.method, most, Date.parse(act.at ?? "") || atMs);
  if (paid === null) refuse("Order cannot be marked as paid.");
  archiveWhenDone(draft, atMs);
  const order = commitOrderAct(shop, under);
  return {
    id: order.id,
    happenings: [
      ...toldTransactions(order, known),
      ...(order["displayFinancialStatus"] === "PAID" ? [told("orders/paid", order)] : []),
      told("orders/updated", order),
    ],
  };
}

/** A sale of its own beside what was promised or authorised. @returns null when nothing is owed. */
function payByHand({ draft, plan }: OrderAct, method: string, most: Money2 | null, timeMs: number) {
  const { outstanding } = computePayments(draft, computeCharges(draft).currentTotal);
  const amount = most !== null && most[1] < outstanding[1] ? most : outstanding;
  if (amount[1] <= 0) return null;
  const gateway = { name: method, formatted: method, manual: true };
  return addTransaction(draft, plan.n, gateway, { kind: "SALE", status: "SUCCESS", amount, timeMs });
}
