import { openLaterPart } from "#simulator/store/draw-parcels.ts";
import { addRefund, refundableUnits, refundUnits } from "#simulator/store/draw-refunds.ts";
import { gidOf } from "#simulator/store/ids.ts";
import { layLiveTaxes, lineOfVariant } from "./line-of-variant.ts";
import {
  beginOrderAct,
  commitOrderAct,
  moveStock,
  placeOfLine,
  told,
  toldOf,
  type LineName,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { restockRefund } from "./refund-order.ts";
import { refuse } from "./refused-act.ts";

export type EditOrder = {
  order: string;
  add?: readonly { variant: string; quantity: number }[];
  lower?: readonly { line: LineName; quantity: number }[];
};

/**
 * Edits an order: lines added (with a fulfilment order of their own, untaxed where the order is), units taken off that
 * were not sent yet. Units taken off are a refund without money, which refunds/create tells too ("independent from the
 * movement of money"). Assumed: the words; a cancelled or archived order is not editable (its `merchantEditable`).
 */
export function editOrder(shop: LiveShop, act: EditOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, atMs } = under;
  if (draft.cancelledMs !== null || draft.closedMs !== null) refuse("The order cannot be edited.");
  const [add, lower] = [act.add ?? [], act.lower ?? []];
  if (add.length + lower.length === 0) refuse("There are no changes to the order.");
  const taxed = draft.taxesIncluded && draft.lines.some((line) => line.taxes.length > 0);
  const added = add.map((wanted) => {
    const place = draft.lines.length;
    const line = lineOfVariant(shop, gidOf("LineItem", plan.n, place), draft.currency, wanted);
    line.addedLater = true;
    if (taxed)
      layLiveTaxes(
        { n: plan.n, createdMs: atMs, currency: draft.currency },
        [line],
        [],
        draft.shipping?.address ?? null,
      );
    draft.lines.push(line);
    return { line: place, quantity: line.quantity };
  });
  if (added.length > 0) {
    const first = draft.fulfillmentOrders[0];
    const type = first?.method.type === "NONE" ? "SHIPPING" : (first?.method.type ?? "SHIPPING");
    const lines = added.map((one) => one.line);
    openLaterPart(plan, draft, first?.location ?? 0, type, lines);
  }
  const refund = lower.length === 0 ? null : addRefund(plan, draft, atMs, null);
  const removed = lower.map(({ line: name, quantity }) => {
    const place = placeOfLine(draft, name);
    if (quantity <= 0 || quantity > refundableUnits(draft.lines[place], "CANCEL"))
      refuse("Quantity cannot remove more than the fulfillable quantity");
    if (refund) refundUnits(plan, draft, refund, place, quantity, "CANCEL");
    return { line: place, quantity };
  });
  draft.edited = true;
  const order = commitOrderAct(shop, under);
  const deltas = (units: readonly { line: number; quantity: number }[]) =>
    units.map(({ line, quantity }) => ({ id: draft.lines[line]?.gid ?? "", delta: quantity }));
  return {
    id: order.id,
    happenings: [
      told("orders/edited", order, { edit: { additions: deltas(added), removals: deltas(removed) } }),
      ...(refund ? toldOf("refunds/create", order, "refunds", refund.gid) : []),
      told("orders/updated", order),
      ...moveStock(shop, under, added, (units) => ({ available: -units, committed: units })),
      ...(refund ? restockRefund(shop, under, refund) : []),
    ],
  };
}
