import { buildLineItem, buildShippingLine } from "./line-item-record.ts";
import { moneyBag, sumMoney } from "./money.ts";
import type { DraftRefund, DraftTransaction, OrderDraft } from "./order-draft.ts";
import { LOCATIONS } from "./location-records.ts";
import { legacyId } from "./ids.ts";
import { formatTime } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

type Find = (gid: string) => SimNode | null;

export function buildTransaction(draft: OrderDraft, one: DraftTransaction, find: Find): SimNode {
  const captured = one.kind === "AUTHORIZATION" && one.status === "SUCCESS";
  const time = formatTime(one.timeMs);
  const parent =
    one.parentGid === null ? null : draft.transactions.find((each) => each.gid === one.parentGid);
  return {
    __typename: "OrderTransaction",
    id: one.gid,
    kind: one.kind,
    status: one.status,
    test: draft.test,
    gateway: one.gateway,
    formattedGateway: one.formattedGateway,
    paymentId: one.paymentId,
    authorizationCode: captured ? one.gid.slice(-8) : null,
    createdAt: time,
    processedAt: time,
    errorCode: one.errorCode,
    manualPaymentGateway: one.manual,
    multiCapturable: false,
    manuallyCapturable: false,
    settlementCurrency: null,
    settlementCurrencyRate: null,
    accountNumber: null,
    amountSet: moneyBag(one.amount, draft.currency),
    amountRoundingSet: one.rounding === null ? null : moneyBag(one.rounding, draft.currency),
    parentTransaction: parent ? () => buildTransaction(draft, parent, find) : null,
    order: () => find(draft.gid),
  };
}

export function buildRefund(draft: OrderDraft, refund: DraftRefund, find: Find): SimNode {
  const pair = draft.currency;
  const time = formatTime(refund.createdMs);
  const own = draft.transactions.filter((one) => refund.transactions.includes(one.gid));
  const moved = own
    .filter((one) => one.kind === "REFUND" && one.status === "SUCCESS")
    .map((one) => one.amount);
  const back = refund.returned === null ? null : draft.returns[refund.returned];
  return {
    __typename: "Refund",
    id: refund.gid,
    legacyResourceId: legacyId(refund.gid),
    createdAt: time,
    updatedAt: time,
    processedAt: time,
    note: refund.note,
    totalRefundedSet: moneyBag(sumMoney(moved), pair),
    duties: refund.duties.map((duty) => ({
      originalDuty: { id: draft.lines[duty.line]?.duties[0]?.gid ?? "", price: moneyBag(duty.amount, pair) },
      amountSet: moneyBag(duty.amount, pair),
    })),
    return: back ? () => find(back.gid) : null,
    order: () => find(draft.gid),
    refundLineItems: refund.lines.map((one): SimNode => {
      const line = draft.lines[one.line];
      const restocked = one.restockType !== "NO_RESTOCK";
      return {
        __typename: "RefundLineItem",
        id: one.gid,
        quantity: one.quantity,
        restockType: one.restockType,
        restocked,
        location: restocked
          ? () => find(LOCATIONS[draft.fulfillmentOrders[0]?.location ?? 0]?.id ?? "")
          : null,
        lineItem: line ? () => buildLineItem(draft, line, find) : null,
        priceSet: moneyBag(line?.unitPrice ?? [0, 0], pair),
        subtotalSet: moneyBag(one.subtotal, pair),
        totalTaxSet: moneyBag(one.tax, pair),
      };
    }),
    refundShippingLines: refund.shipping.map((one): SimNode => {
      const line = draft.shippingLines[one.line];
      return {
        __typename: "RefundShippingLine",
        id: one.gid,
        subtotalAmountSet: moneyBag(one.amount, pair),
        taxAmountSet: moneyBag(one.tax, pair),
        // Of a deleted order, which is told once more, nothing is found any longer.
        shippingLine: line ? () => find(line.gid) ?? buildShippingLine(draft, line) : null,
      };
    }),
    orderAdjustments:
      refund.adjustment === null
        ? []
        : [
            {
              __typename: "OrderAdjustment",
              id: refund.adjustment.gid,
              reason: "REFUND_DISCREPANCY",
              amountSet: moneyBag(refund.adjustment.amount, pair),
              taxAmountSet: moneyBag([0, 0], pair),
            },
          ],
    transactions: own.map((one) => buildTransaction(draft, one, find)),
  };
}
