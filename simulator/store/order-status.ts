import type { OrderDraft } from "./order-draft.ts";
import type { ChargeTotals, PaymentTotals } from "./order-totals.ts";

/** The payment status the Admin shows; null when the order has no transactions at all. */
export function financialStatus(
  draft: OrderDraft,
  charges: ChargeTotals,
  payments: PaymentTotals,
): string | null {
  const received = payments.received[1];
  const refunded = payments.refunded[1];
  if (draft.cancelledMs !== null && received === 0) return "VOIDED";
  if (received > 0 && refunded >= received) return "REFUNDED";
  if (refunded > 0) return "PARTIALLY_REFUNDED";
  if (charges.total[1] === 0) return "PAID";
  if (received > 0) return payments.outstanding[1] > 0 ? "PARTIALLY_PAID" : "PAID";
  if (draft.transactions.length === 0) return null;
  const authorization = draft.transactions.find(
    (one) => one.kind === "AUTHORIZATION" && one.status === "SUCCESS",
  );
  if (!authorization) return "PENDING";
  // Card authorisations lapse after a week.
  return draft.updatedMs - authorization.timeMs > 7 * 86_400_000 ? "EXPIRED" : "AUTHORIZED";
}

/** The delivery status the Admin shows. */
export function fulfillmentStatus(draft: OrderDraft): string {
  let wanted = 0;
  let fulfilled = 0;
  let open = 0;
  for (const line of draft.lines) {
    if (line.isTip) continue;
    wanted += line.quantity - line.removed;
    fulfilled += line.fulfilled;
    open += Math.max(0, line.quantity - line.removed - line.fulfilled);
  }
  if (draft.lines.every((line) => line.isTip)) return "FULFILLMENT_NOT_REQUIRED";
  if (wanted === 0 && fulfilled === 0) {
    return draft.refunds.some((refund) => refund.lines.some((line) => line.restockType === "CANCEL")) &&
      draft.cancelledMs === null
      ? "RESTOCKED"
      : "UNFULFILLED";
  }
  if (open === 0) return "FULFILLED";
  if (draft.fulfillmentOrders.some((one) => one.status === "ON_HOLD")) return "ON_HOLD";
  if (fulfilled > 0) return "PARTIALLY_FULFILLED";
  return draft.fulfillmentOrders.some(
    (one) => one.requestStatus === "ACCEPTED" && one.status === "IN_PROGRESS",
  )
    ? "IN_PROGRESS"
    : "UNFULFILLED";
}

/** Of several returns the one that asks most of the merchant speaks; those declined or called off never were. */
export function returnStatus(draft: OrderDraft): string {
  const any = (status: string): boolean => draft.returns.some((one) => one.status === status);
  if (any("OPEN")) return "IN_PROGRESS";
  if (any("REQUESTED")) return "RETURN_REQUESTED";
  return any("CLOSED") ? "RETURNED" : "NO_RETURN";
}
