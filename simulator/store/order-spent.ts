import { drawOrder } from "./draw-order.ts";
import { computeCharges, computePayments } from "./order-totals.ts";
import type { StoreContext } from "./store-context.ts";

/** What a customer paid so far, in paise: received less refunded, over their orders. */
export function sumSpentMinor(context: StoreContext, orders: readonly number[]): number {
  return orders.reduce((sum, n) => {
    const draft = drawOrder(context, n);
    return sum + computePayments(draft, computeCharges(draft).currentTotal).net[0];
  }, 0);
}
