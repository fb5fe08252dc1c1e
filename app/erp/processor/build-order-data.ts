import { fromMinor, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { determinePaymentMethod } from "#app/settings/determine-payment-method.ts";
import { NO_FACTS } from "#app/erp/facts/order-facts.ts";
import type { OrderRows } from "#app/erp/orders/order-rows.ts";
import { openReturnCases } from "#app/erp/returns/open-return-cases.ts";
import { buildCaseRows } from "./build-case-rows.ts";
import { buildOrderAmounts, findPaymentDifference } from "./build-order-amounts.ts";
import { buildOrderCharges } from "./build-order-charges.ts";
import { buildOrderHeader } from "./build-order-header.ts";
import { buildParcels } from "./build-parcels.ts";
import { createOrderLinesData } from "./create-order-lines-data.ts";
import { determineAmountToCollect } from "./determine-amount-to-collect.ts";
import { determineOrderStatus } from "./determine-order-status.ts";
import { determineStopShip } from "./determine-stop-ship.ts";
import { extractOrderTrackingInfo } from "./extract-order-tracking-info.ts";
import { findHolds } from "./find-holds.ts";
import { findMissingParts } from "./find-missing-parts.ts";
import { findSku } from "./find-sku.ts";
import type { NotApplied } from "./not-applied.ts";
import type { OrderContext } from "./order-context.ts";
import { paymentFactsOf } from "./payment-facts-of.ts";

export type BuiltOrder = {
  rows: OrderRows;
  /** Why Shopify has to be asked again for this order; null when its payloads tell everything. */
  needsFetch: string | null;
  /** Shopify's news that the rows do not follow, and why. */
  notApplied: NotApplied[];
};

/**
 * The whole order as the ERP keeps it: a pure function of (Shopify's snapshot, the ERP's own facts, the shop's
 * settings), law 5. Amounts are exact.
 * @throws AppError SKU_NOT_FOUND naming every missing SKU
 */
export function buildOrderData(order: OrderSnapshot, context: OrderContext): BuiltOrder {
  const { shop, settings, now } = context;
  const facts = context.facts.get(order.id) ?? NO_FACTS;
  const isHistory = context.cutOverAt !== null && Date.parse(order.createdAt) < context.cutOverAt.getTime();
  const { charges, difference, currentDifference } = buildOrderCharges(order);
  const differences = { difference, currentDifference, payments: findPaymentDifference(order) };
  const payment = determinePaymentMethod(paymentFactsOf(order, facts.correction), settings.paymentRules);
  // History and test orders are shown, never worked on: nothing can hold them.
  const holds =
    isHistory || order.test
      ? []
      : findHolds(order, {
          payment,
          differences: [difference, currentDifference, differences.payments],
          settings,
          released: facts.released,
        });
  const status = determineOrderStatus(order, facts, {
    onHold: holds.length > 0,
    isHistory,
    now,
    silentAfterDays: settings.deliveryUnknownAfterDays,
  });
  const collect = determineAmountToCollect(order, status, {
    payment,
    receipts: facts.receipts,
    round: settings.roundRupees,
  });
  const amountToCollect = fromMinor(collect.orderMinor, order.presentmentCurrency);
  const stopShip = determineStopShip(
    order,
    facts,
    status,
    fromMinor(collect.packedMinor, order.presentmentCurrency),
  );
  const { parcels, parcelLines } = buildParcels(shop, order, status.shipped, collect.byParcel);
  const cases = openReturnCases(order, facts, status, { isHistory });
  const tracking = extractOrderTrackingInfo(status.shipped);

  return {
    // Nobody works on history: what only a fetch could tell of a million old orders is not worth a million queries.
    needsFetch: isHistory ? null : findMissingParts(order, status.shipped),
    notApplied: status.notApplied,
    rows: {
      order: {
        ...buildOrderHeader(shop, order, context),
        ...buildOrderAmounts(order, differences),
        // Packed goods that must not leave as they are hold their order like any other reason.
        status: status.status === "open" && stopShip.length > 0 ? "on_hold" : status.status,
        holds: JSON.stringify(holds),
        stopShip: stopShip.length === 0 ? null : stopShip.map(({ words }) => words).join("; "),
        isHistory,
        paymentMethod: payment.paymentMethod,
        unknownGateways: payment.unknownGateways,
        amountToCollect,
      },
      lines: createOrderLinesData(shop, order, (line) => findSku(line, context.skus), status.lines, tracking),
      charges: charges.map((charge, position) => ({
        shop,
        shopifyOrderId: order.id,
        position,
        kind: charge.kind,
        shopifyLineId: charge.lineId,
        title: charge.title,
        rate: charge.rate,
        included: charge.included,
        ...amounts(order, charge.amount),
      })),
      payments: (order.transactions ?? []).map((transaction) => ({
        shop,
        shopifyOrderId: order.id,
        shopifyTransactionId: transaction.id,
        kind: transaction.kind,
        status: transaction.status,
        gateway: transaction.gateway,
        ...amounts(order, transaction.amount),
        processedAt: transaction.processedAt,
        parentTransactionId: transaction.parentId,
        test: transaction.test,
      })),
      parcels,
      parcelLines,
      cases: buildCaseRows(shop, order.id, cases),
    },
  };
}

function amounts(order: OrderSnapshot, money: MoneyPair): { amount: string; presentmentAmount: string } {
  return {
    amount: fromMinor(money.shop, order.currency),
    presentmentAmount: fromMinor(money.presentment, order.presentmentCurrency),
  };
}
