import { buildLineItem } from "./line-item-record.ts";
import { moneyBag, portionMoney } from "./money.ts";
import type { DraftReturn, OrderDraft } from "./order-draft.ts";
import { lineNet } from "./order-totals.ts";
import { formatTime, formatTimeOrNull } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

type Find = (gid: string) => SimNode | null;

/** A Return. What its refunds took back counts as processed; the rest waits for the merchant while it is open. */
export function buildReturn(draft: OrderDraft, back: DraftReturn, find: Find): SimNode {
  const waits = back.status === "OPEN";
  const approved = back.status !== "REQUESTED" && back.status !== "DECLINED";
  return {
    __typename: "Return",
    id: back.gid,
    name: back.name,
    status: back.status,
    createdAt: formatTime(back.createdMs),
    closedAt: formatTimeOrNull(back.closedMs),
    requestApprovedAt: approved ? formatTime(back.createdMs) : null,
    totalQuantity: back.lines.reduce((sum, one) => sum + one.quantity, 0),
    order: () => find(draft.gid),
    decline: back.status === "DECLINED" ? { reason: "RETURN_PERIOD_ENDED", note: "After 15 days" } : null,
    returnShippingFees: [],
    exchangeLineItems: back.exchanges.map((one) => buildExchange(draft, waits, one, find)),
    refunds: () =>
      draft.refunds.flatMap((refund) =>
        refund.returned === draft.returns.indexOf(back) ? (find(refund.gid) ?? []) : [],
      ),
    returnLineItems: back.lines.map((one): SimNode => {
      const line = draft.lines[one.line];
      return {
        __typename: "ReturnLineItem",
        id: one.gid,
        quantity: one.quantity,
        refundableQuantity: waits ? one.quantity - one.processed : 0,
        refundedQuantity: one.processed,
        processableQuantity: waits ? one.quantity - one.processed : 0,
        processedQuantity: one.processed,
        unprocessedQuantity: one.quantity - one.processed,
        returnReason: one.reason,
        returnReasonNote: one.note,
        customerNote: null,
        restockingFee: null,
        withCodeDiscountedTotalPriceSet: () =>
          moneyBag(line ? portionMoney(lineNet(line), one.quantity, line.quantity) : [0, 0], draft.currency),
        fulfillmentLineItem: () => find(one.fulfillmentLineGid),
      };
    }),
  };
}

function buildExchange(
  draft: OrderDraft,
  waits: boolean,
  one: DraftReturn["exchanges"][number],
  find: Find,
): SimNode {
  const line = one.line === null ? undefined : draft.lines[one.line];
  const waiting = line ? 0 : one.quantity;
  return {
    __typename: "ExchangeLineItem",
    id: one.gid,
    quantity: one.quantity,
    processableQuantity: waits ? waiting : 0,
    processedQuantity: one.quantity - waiting,
    unprocessedQuantity: waiting,
    title: one.item.title,
    variantTitle: one.item.variantTitle,
    variantSku: one.item.sku,
    productId: one.item.productGid,
    variantId: one.item.variantGid,
    lineItem: line ? () => buildLineItem(draft, line, find) : null,
    lineItems: line ? () => [buildLineItem(draft, line, find)] : [],
  };
}
