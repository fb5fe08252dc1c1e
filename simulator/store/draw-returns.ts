import { addTransaction } from "./draw-payments.ts";
import { followParcel, openFulfillmentOrder, sendParcel } from "./draw-parcels.ts";
import { addRefund, owedBack, payBack, refundUnits } from "./draw-refunds.ts";
import { gidOf } from "./ids.ts";
import type { DraftLine, DraftRefund, DraftReturn, OrderDraft } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { computeCharges, computePayments } from "./order-totals.ts";
import type { RecordRandom } from "./random.ts";

/** A return of units that were sent; lines of which nothing was sent are left out. */
export function openReturn(
  plan: { n: number },
  draft: OrderDraft,
  status: DraftReturn["status"],
  atMs: number,
  units: readonly { line: number; quantity: number }[],
): DraftReturn {
  const place = draft.returns.length;
  const sent = draft.fulfillments.flatMap((parcel) => (parcel.status === "CANCELLED" ? [] : parcel.lines));
  const back: DraftReturn = {
    gid: gidOf("Return", plan.n, place),
    name: `${draft.name}-R${String(place + 1)}`,
    status,
    createdMs: atMs,
    closedMs: null,
    lines: units
      .flatMap(({ line, quantity }) => {
        // A return line is of one fulfilment's line, and of no more units than that sent.
        let left = quantity;
        return sent.flatMap((parcelLine) => {
          const taken = parcelLine.line === line ? Math.min(left, parcelLine.quantity) : 0;
          left -= taken;
          return taken === 0 ? [] : [{ line, quantity: taken, fulfillmentLineGid: parcelLine.gid }];
        });
      })
      .map((one, i) => ({
        ...one,
        gid: gidOf("ReturnLineItem", plan.n, place * 32 + i),
        processed: 0,
        reason: "SIZE_TOO_SMALL",
        note: "Too tight at the shoulders",
      })),
    exchanges: [],
  };
  draft.returns.push(back);
  return back;
}

/** The return that a refund settles, all its units processed. */
export function returnOfRefund(
  plan: { n: number },
  draft: OrderDraft,
  refund: DraftRefund,
  status: "OPEN" | "CLOSED",
  atMs: number,
): DraftReturn {
  refund.returned = draft.returns.length;
  const back = openReturn(plan, draft, status, atMs, refund.lines);
  for (const one of back.lines) one.processed = one.quantity;
  if (status === "CLOSED") back.closedMs = refund.createdMs;
  return back;
}

/**
 * Processes an exchange: the returned unit is settled against a new line of the order, and only the difference moves,
 * back to the buyer or still to be paid.
 */
export function settleExchange(
  plan: { n: number },
  draft: OrderDraft,
  place: number,
  line: DraftLine,
  status: "OPEN" | "CLOSED",
  atMs: number,
): void {
  const refund = addRefund(plan, draft, atMs, null);
  refundUnits(plan, draft, refund, place, 1, "RETURN");
  const back = returnOfRefund(plan, draft, refund, status, atMs);
  back.exchanges.push({
    gid: gidOf("ExchangeLineItem", plan.n, draft.returns.length - 1),
    quantity: line.quantity,
    line: draft.lines.push(line) - 1,
    item: line,
  });
  payBack(plan, draft, refund, owedBack(draft));
}

/** The exchange of a plan, with its own fulfilment order and parcel. */
export function exchangeUnit(
  random: RecordRandom,
  plan: OrderPlan,
  draft: OrderDraft,
  line: DraftLine,
  atMs: number,
): void {
  const place = Math.max(
    0,
    draft.lines.findIndex((one) => !one.isTip && one.fulfilled > one.returned),
  );
  settleExchange(plan, draft, place, line, plan.n % 3 === 0 ? "OPEN" : "CLOSED", atMs);
  const owed = computePayments(draft, computeCharges(draft).currentTotal).outstanding;
  const before = draft.transactions.find((one) => one.kind === "SALE" && one.status === "SUCCESS");
  if (owed[1] > 0 && before && plan.n % 2 === 0) {
    addTransaction(
      draft,
      plan.n,
      {
        name: before.gateway ?? "manual",
        formatted: before.formattedGateway ?? "Manual",
        manual: before.manual,
      },
      { kind: "SALE", status: "SUCCESS", amount: owed, timeMs: atMs },
    );
  }
  const part = draft.fulfillmentOrders.length;
  const home = draft.fulfillmentOrders[0]?.location ?? 0;
  const added = draft.lines.length - 1;
  draft.fulfillmentOrders.push(openFulfillmentOrder(plan, draft, part, home, plan.delivery, [added]));
  if (plan.secondShippedMs === null) return;
  const parcel = sendParcel(random, plan, draft, part, plan.secondShippedMs, (remaining) => remaining);
  if (parcel) followParcel(plan, draft, parcel, "in_transit", null);
}
