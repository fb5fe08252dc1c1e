import { lowerLines, type LowerLine } from "#simulator/live/edit-order.ts";
import { refundableUnits } from "#simulator/store/draw-refunds.ts";
import { makeGid, legacyId } from "#simulator/store/ids.ts";
import { moneyBag, portionMoney, timesMoney } from "#simulator/store/money.ts";
import type { DraftLine, OrderDraft } from "#simulator/store/order-draft.ts";
import {
  computeCharges,
  computePayments,
  lineCurrentQuantity,
  lineNet,
} from "#simulator/store/order-totals.ts";
import type { LiveStore, SimNode } from "#simulator/store/types.ts";
import { calculatedGid, type OrderEdit } from "./order-edits.ts";

/** What an edit takes off the order as it is now. */
export function lowersOf(draft: OrderDraft, edit: OrderEdit): LowerLine[] {
  return draft.lines.flatMap((line) => {
    const wanted = edit.lines.get(line.gid);
    const quantity = lineCurrentQuantity(line) - (wanted?.quantity ?? lineCurrentQuantity(line));
    return wanted && quantity !== 0 ? [{ line: line.gid, quantity, restock: wanted.restock }] : [];
  });
}

/**
 * The order as it would be once the edit is committed.
 * @throws RefusedAct when what the edit takes off is not there any more.
 */
export function buildCalculatedOrder(store: LiveStore, edit: OrderEdit, now: OrderDraft): SimNode {
  const after = structuredClone(now);
  lowerLines({ n: 0 }, after, lowersOf(now, edit), after.updatedMs);
  const charges = computeCharges(after);
  const { outstanding } = computePayments(after, charges.currentTotal);
  const goods = after.lines.filter((line) => !line.isTip);
  return {
    __typename: "CalculatedOrder",
    id: calculatedGid(edit),
    committed: false,
    originalOrder: () => store.node(edit.order),
    lineItems: after.lines.map((_, place) => buildCalculatedLine(store, edit, now, after, place)),
    addedLineItems: [],
    addedDiscountApplications: [],
    notificationPreviewTitle: `Order ${now.name} has been updated`,
    subtotalLineItemsQuantity: goods.reduce((sum, line) => sum + lineCurrentQuantity(line), 0),
    subtotalPriceSet: moneyBag(charges.currentSubtotal, now.currency),
    totalPriceSet: moneyBag(charges.currentTotal, now.currency),
    totalOutstandingSet: moneyBag(outstanding, now.currency),
  };
}

/** Its number is the line's own. */
export function calculatedLineGid(line: DraftLine): string {
  return makeGid("CalculatedLineItem", legacyId(line.gid));
}

function buildCalculatedLine(
  store: LiveStore,
  edit: OrderEdit,
  now: OrderDraft,
  after: OrderDraft,
  place: number,
): SimNode {
  const line = after.lines[place] as DraftLine;
  const editable = refundableUnits(line, "CANCEL");
  const worth = (units: number) => moneyBag(portionMoney(lineNet(line), units, line.quantity), now.currency);
  return {
    __typename: "CalculatedLineItem",
    id: calculatedLineGid(line),
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    quantity: lineCurrentQuantity(line),
    editableQuantity: editable,
    editableQuantityBeforeChanges: refundableUnits(now.lines[place], "CANCEL"),
    editableSubtotalSet: worth(editable),
    uneditableSubtotalSet: worth(lineCurrentQuantity(line) - editable),
    originalUnitPriceSet: moneyBag(line.unitPrice, now.currency),
    discountedUnitPriceSet: moneyBag(
      line.quantity === 0 ? timesMoney(line.unitPrice, 1) : portionMoney(lineNet(line), 1, line.quantity),
      now.currency,
    ),
    customAttributes: line.attributes.map((one) => ({ ...one })),
    hasStagedLineItemDiscount: false,
    image: null,
    restockable: line.variantGid !== null,
    restocking: edit.lines.get(line.gid)?.restock === true,
    variant: line.variantGid === null ? null : () => store.node(line.variantGid ?? ""),
  };
}
