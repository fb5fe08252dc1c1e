import { fromMinor, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { NO_FACTS } from "#app/erp/facts/order-facts.ts";
import type { OrderRows } from "#app/erp/orders/order-rows.ts";
import { buildCaseRows } from "./build-case-rows.ts";
import { buildOrderAmounts } from "./build-order-amounts.ts";
import { buildOrderHeader } from "./build-order-header.ts";
import { buildParcels } from "./build-parcels.ts";
import { computeOrder } from "./compute-order.ts";
import { createOrderLinesData } from "./create-order-lines-data.ts";
import { extractOrderTrackingInfo } from "./extract-order-tracking-info.ts";
import { findMissingParts } from "./find-missing-parts.ts";
import { findSku } from "./find-sku.ts";
import type { NotApplied } from "./not-applied.ts";
import type { OrderContext } from "./order-context.ts";

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
  const { shop } = context;
  const facts = context.facts.get(order.id) ?? NO_FACTS;
  const { isHistory, charges, payment, quantities, collect, stopShip, ...computed } = computeOrder(
    order,
    facts,
    context,
  );
  const { parcels, parcelLines } = buildParcels(shop, order, quantities.shipped, collect.byParcel);
  const tracking = extractOrderTrackingInfo(quantities.shipped);

  return {
    // Nobody works on history: what only a fetch could tell of a million old orders is not worth a million queries.
    needsFetch: isHistory ? null : findMissingParts(order, quantities.shipped),
    notApplied: quantities.notApplied,
    rows: {
      order: {
        ...buildOrderHeader(shop, order, context),
        ...buildOrderAmounts(order, computed.differences),
        status: computed.status,
        holds: JSON.stringify(computed.holds),
        stopShip: stopShip.length === 0 ? null : stopShip.map(({ words }) => words).join("; "),
        isHistory,
        paymentMethod: payment.paymentMethod,
        unknownGateways: payment.unknownGateways,
        amountToCollect: fromMinor(collect.orderMinor, order.presentmentCurrency),
      },
      lines: createOrderLinesData(
        shop,
        order,
        (line) => findSku(line, context.skus),
        quantities.lines,
        tracking,
      ),
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
      cases: buildCaseRows(shop, order.id, computed.cases),
    },
  };
}

function amounts(order: OrderSnapshot, money: MoneyPair): { amount: string; presentmentAmount: string } {
  return {
    amount: fromMinor(money.shop, order.currency),
    presentmentAmount: fromMinor(money.presentment, order.presentmentCurrency),
  };
}
