import { cancelAll, lineUnsent } from "#simulator/store/draw-refunds.ts";
import type { OrderDraft } from "#simulator/store/order-draft.ts";
import {
  beginOrderAct,
  commitOrderAct,
  moveStock,
  takeWaiting,
  told,
  toldOf,
  toldTransactions,
  type OrderAct,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { restockRefund } from "./refund-order.ts";
import { refuse } from "./refused-act.ts";

export const CANCEL_REASONS = ["CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "OTHER", "STAFF"] as const;

export type CancelOrder = {
  order: string;
  reason?: (typeof CANCEL_REASONS)[number];
  restock?: boolean;
  /** Whether the money goes back (true unless told); assumed: without, the order owes it to its buyer. */
  refund?: boolean;
};

/**
 * @throws RefusedAct when the order cannot be cancelled. The first two are Shopify's words; the rules behind the others
 * are in the text of orderCancel (no pending authorisations, no returns in progress), their words are assumed.
 * "Outstanding" is read as a parcel that is not sent yet, or a fulfilment service that has accepted and not answered.
 */
export function checkCancellable(draft: OrderDraft): void {
  if (draft.cancelledMs !== null) refuse("Cannot cancel an order that has already been canceled");
  if (hasOutstandingFulfillments(draft)) refuse("Cannot cancel an order that has outstanding fulfillments");
  if (draft.returns.some((one) => one.status === "OPEN" || one.status === "REQUESTED"))
    refuse("Cannot cancel an order that has active returns");
  if (draft.transactions.some((one) => one.kind === "AUTHORIZATION" && one.status === "PENDING"))
    refuse("Cannot cancel an order that has pending payment authorizations");
}

/**
 * Cancels an order for good: what is left is refunded to the original payments, or the promise voided. Parcels that
 * were sent stay as they are.
 */
export function cancelOrder(shop: LiveShop, act: CancelOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, atMs } = under;
  checkCancellable(draft);
  const restock = act.restock ?? true;
  const known = draft.transactions.length;
  const waited = draft.lines.map((line) => (line.isTip ? 0 : lineUnsent(line)));
  cancelAll(
    plan,
    draft,
    atMs,
    restock ? "RETURN" : "NO_RESTOCK",
    restock ? "CANCEL" : "NO_RESTOCK",
    act.refund,
  );
  draft.cancelledMs = atMs;
  draft.closedMs = atMs;
  draft.cancelReason = act.reason ?? "OTHER";
  const refund = draft.refunds.at(-1);
  const order = commitOrderAct(shop, under);
  const stock = refund ? restockRefund(shop, under, refund) : [];
  forgetCommitted(shop, under, waited);

  return {
    id: order.id,
    happenings: [
      told("orders/cancelled", order),
      told("orders/updated", order),
      ...toldOf("refunds/create", order, "refunds", refund?.gid ?? ""),
      ...toldTransactions(order, known),
      ...stock,
    ],
  };
}

/**
 * Units that waited to be sent and are not restocked are no longer promised to anyone. Assumed: that is not told, since
 * what is available stays as it was.
 */
function forgetCommitted(shop: LiveShop, under: OrderAct, waited: readonly number[]): void {
  const restocked = (line: number): number =>
    (under.draft.refunds.at(-1)?.lines ?? []).reduce(
      (sum, one) => (one.line === line && one.restockType === "CANCEL" ? sum + one.quantity : sum),
      0,
    );
  const units = waited.map((quantity, line) => ({ line, quantity: quantity - restocked(line) }));
  moveStock(shop, under, takeWaiting(under, units), (gone) => ({ committed: -gone, on_hand: -gone }));
}

function hasOutstandingFulfillments(draft: OrderDraft): boolean {
  return (
    draft.fulfillments.some((one) => one.status === "OPEN" || one.status === "PENDING") ||
    draft.fulfillmentOrders.some((one) => one.status === "IN_PROGRESS" && one.requestStatus === "ACCEPTED")
  );
}
