import { settleOwed } from "#simulator/store/draw-payments.ts";
import {
  archiveWhenDone,
  beginOrderAct,
  commitOrderAct,
  readAmount,
  told,
  toldTransactions,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

const MANUAL = { name: "manual", formatted: "Manual", manual: true };

/**
 * Money arrives: an authorisation is captured, a promise (at the door, by transfer) kept. Without `amount` all that is
 * owed. Shopify lets an order be marked as paid only while something is owed (orderMarkAsPaid).
 * Assumed: an authorisation that lapsed after its week captures nothing, the money comes by hand.
 */
export function payOrder(shop: LiveShop, act: { order: string; amount?: string }): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, atMs } = under;
  if (draft.cancelledMs !== null) refuse("Order cannot be marked as paid.");
  const known = draft.transactions.length;
  const most = act.amount === undefined ? null : readAmount(draft, act.amount);
  if (settleOwed(plan, draft, MANUAL, most) === null) refuse("Order cannot be marked as paid.");
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
