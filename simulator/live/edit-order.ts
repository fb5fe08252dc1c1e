import { openLaterPart } from "#simulator/store/draw-parcels.ts";
import { addRefund, refundableUnits, refundUnits } from "#simulator/store/draw-refunds.ts";
import { gidOf } from "#simulator/store/ids.ts";
import type { DraftRefund, OrderDraft } from "#simulator/store/order-draft.ts";
import { layLiveTaxes, lineOfVariant } from "./line-of-variant.ts";
import {
  beginOrderAct,
  commitOrderAct,
  moveStock,
  placeOfLine,
  takeWaiting,
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
  lower?: readonly LowerLine[];
};

/** Units taken off a line; `restock` (true unless told): whether they can be sold again. */
export type LowerLine = { line: LineName; quantity: number; restock?: boolean };

/** @throws RefusedAct in Shopify's words; that an archived order is not editable is assumed (its `merchantEditable`). */
export function checkEditable(draft: OrderDraft): void {
  if (draft.cancelledMs !== null || draft.closedMs !== null) refuse("The order cannot be edited.");
}

/**
 * Edits an order: lines added (with a fulfilment order of their own, untaxed where the order is), units taken off that
 * were not sent yet. Units taken off are a refund without money, which refunds/create tells too ("independent from the
 * movement of money"); a refund says NO_RESTOCK of those that are not restocked. Assumed: the other words.
 */
export function editOrder(shop: LiveShop, act: EditOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, atMs } = under;
  checkEditable(draft);
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
  const { refund, removed } = lowerLines(plan, draft, lower, atMs);
  draft.edited = true;
  const order = commitOrderAct(shop, under);
  const deltas = (units: readonly { line: number; quantity: number }[]) =>
    units.map(({ line, quantity }) => ({ id: draft.lines[line]?.gid ?? "", delta: quantity }));
  const stock = [
    ...moveStock(shop, under, added, (units) => ({ available: -units, committed: units })),
    ...(refund ? restockRefund(shop, under, refund) : []),
  ];
  // Assumed, as for a cancelled order: what is not restocked is not told, what is available stays as it was.
  const kept = takeWaiting(
    under,
    removed.filter((one) => !one.restock),
  );
  moveStock(shop, under, kept, (gone) => ({ committed: -gone, on_hand: -gone }));
  return {
    id: order.id,
    happenings: [
      told("orders/edited", order, { edit: { additions: deltas(added), removals: deltas(removed) } }),
      ...(refund ? toldOf("refunds/create", order, "refunds", refund.gid) : []),
      told("orders/updated", order),
      ...stock,
    ],
  };
}

/** Takes units off lines by a refund without money. @throws RefusedAct for more than waits to be sent. */
export function lowerLines(
  plan: { n: number },
  draft: OrderDraft,
  lower: readonly LowerLine[],
  atMs: number,
): { refund: DraftRefund | null; removed: { line: number; quantity: number; restock: boolean }[] } {
  const refund = lower.length === 0 ? null : addRefund(plan, draft, atMs, null);
  const removed = lower.map(({ line: name, quantity, restock = true }) => {
    const place = placeOfLine(draft, name);
    if (quantity <= 0 || quantity > refundableUnits(draft.lines[place], "CANCEL"))
      refuse("Quantity cannot remove more than the fulfillable quantity");
    if (refund) refundUnits(plan, draft, refund, place, quantity, "CANCEL");
    const line = refund?.lines.at(-1);
    if (line && !restock) line.restockType = "NO_RESTOCK";
    return { line: place, quantity, restock };
  });
  return { refund, removed };
}
