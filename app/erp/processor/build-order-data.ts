import { fromMinor, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import { determinePaymentMethod, type PaymentVerdict } from "#app/settings/determine-payment-method.ts";
import { normaliseSkuCode } from "#app/erp/catalog/normalise-sku-code.ts";
import type { OrderRow, OrderRows } from "#app/erp/orders/order-rows.ts";
import { buildCustomerData } from "./build-customer-data.ts";
import { buildOrderCharges } from "./build-order-charges.ts";
import { buildParcels } from "./build-parcels.ts";
import { createOrderLinesData } from "./create-order-lines-data.ts";
import { determineOrderStatus, type LineFacts } from "./determine-order-status.ts";
import { extractOrderTrackingInfo } from "./extract-order-tracking-info.ts";
import type { OrderContext } from "./order-context.ts";

export type BuiltOrder = {
  rows: OrderRows;
  /** Why Shopify has to be asked again for this order; null when its payloads tell everything. */
  needsFetch: string | null;
};

const NOTHING_DONE: ReadonlyMap<string, LineFacts> = new Map();

/**
 * The whole order as the ERP keeps it: a pure function of (Shopify's snapshot, the ERP's own facts, the shop's
 * settings), law 5. Amounts are exact.
 * @throws AppError SKU_NOT_FOUND naming every missing SKU
 */
export function buildOrderData(order: OrderSnapshot, context: OrderContext): BuiltOrder {
  const { shop, settings } = context;
  const { charges, difference } = buildOrderCharges(order);
  const outstanding = order.totals.outstanding ?? null;
  const payment = determinePaymentMethod(
    {
      gatewaysSeen: order.gatewaysSeen,
      financialStatus: order.financialStatus,
      outstandingMinor: outstanding?.shop ?? order.totals.currentTotal.shop,
      tags: order.tags,
      attributes: order.attributes,
      correction: context.corrections.get(order.id) ?? null,
    },
    settings.paymentRules,
  );
  const isHistory = context.cutOverAt !== null && Date.parse(order.createdAt) < context.cutOverAt.getTime();
  const holdReasons = findHolds(order, payment, difference, settings.holdOnMoneyDifference);
  const status = determineOrderStatus(
    order,
    context.facts.get(order.id) ?? NOTHING_DONE,
    holdReasons.length > 0 && !isHistory,
  );
  const tracking = extractOrderTrackingInfo(order, status.shipped);
  const collectMinor =
    status.status === "cancelled" ? 0 : amountToCollect(order, payment, settings.roundRupees);
  const { parcels, parcelLines } = buildParcels(shop, order, status.shipped, collectMinor);
  const lines = createOrderLinesData(shop, order, (line) => findSku(line, context), status.lines, tracking);
  const needsFetch =
    (status.shipped.exact ? null : "Which lines are in which parcel") ??
    (order.totals.outstanding ? null : "What is left to pay");

  return {
    needsFetch,
    rows: {
      order: {
        ...buildHeader(shop, order, context),
        ...buildAmounts(order, difference),
        status: status.status,
        holdReasons,
        stopShip: null,
        isHistory,
        paymentMethod: payment.paymentMethod,
        unknownGateways: payment.unknownGateways,
        amountToCollect: fromMinor(collectMinor, order.presentmentCurrency),
      },
      lines,
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
    },
  };
}

/** By variant id, then a person's mapping, then a SKU text that exactly one SKU has. */
function findSku(line: OrderLinePart, { skus }: OrderContext): string | undefined {
  const variantId = line.variantId ?? "";
  const code = line.sku === null ? null : normaliseSkuCode(line.sku);
  const found =
    skus.byMapping.get(variantId) ??
    skus.byVariantId.get(variantId) ??
    (code === null ? undefined : skus.bySkuCode.get(code));
  return found?.skuId;
}

/** Everything that keeps an open order from being picked, in a merchant's words. */
function findHolds(
  order: OrderSnapshot,
  payment: PaymentVerdict,
  difference: MoneyPair,
  holdOnDifference: boolean,
): string[] {
  const holds = [...order.holds];
  if (payment.hold)
    holds.push(
      payment.unknownGateways.length > 0
        ? `Unknown payment gateway: ${payment.unknownGateways.join(", ")}`
        : "Nobody knows yet how this order is paid",
    );
  const withoutSku = order.lines.filter(
    (line) => line.variantId === null && line.requiresShipping && line.unfulfilledQty > 0,
  );
  if (withoutSku.length > 0) holds.push(`No SKU for: ${withoutSku.map((line) => line.title).join(", ")}`);
  if (holdOnDifference && (difference.shop !== 0 || difference.presentment !== 0))
    holds.push("The amounts do not add up to Shopify's total");
  return holds;
}

/** What the label says, in presentment minor units: for COD what is outstanding, as far as Shopify tells it. */
function amountToCollect(
  order: OrderSnapshot,
  payment: PaymentVerdict,
  round: OrderContext["settings"]["roundRupees"],
): number {
  if (payment.paymentMethod !== "COD") return 0;
  const minor = Math.max(0, order.totals.outstanding?.presentment ?? 0);
  if (round === "no" || order.presentmentCurrency !== "INR") return minor;
  const whole = { nearest: Math.round, up: Math.ceil, down: Math.floor }[round];
  return whole(minor / 100) * 100;
}

function amounts(order: OrderSnapshot, money: MoneyPair): { amount: string; presentmentAmount: string } {
  return {
    amount: fromMinor(money.shop, order.currency),
    presentmentAmount: fromMinor(money.presentment, order.presentmentCurrency),
  };
}

function buildHeader(shop: string, order: OrderSnapshot, context: OrderContext) {
  const contact = buildCustomerData(order);
  return {
    shop,
    shopifyOrderId: order.id,
    orderNumber: order.name,
    test: order.test,
    customerId: (order.customer && context.customers.get(order.customer.id)) ?? null,
    shopifyCustomerId: order.customer?.id ?? null,
    customerName: contact.name,
    customerEmail: contact.email,
    customerPhone: contact.phone,
    shippingAddress: order.shippingAddress && JSON.stringify(order.shippingAddress),
    billingAddress: order.billingAddress && JSON.stringify(order.billingAddress),
    financialStatus: order.financialStatus,
    fulfillmentStatus: order.fulfillmentStatus,
    returnStatus: order.returnStatus ?? null,
    gateways: order.gatewaysSeen,
    discountCodes: order.discountCodes,
    tags: order.tags,
    attributes: JSON.stringify(order.attributes),
    shippingLines: JSON.stringify(
      order.shippingLines.map(({ title, code, isRemoved }) => ({ title, code, isRemoved })),
    ),
    source: order.sourceName,
    note: order.note,
    locationId: order.locationId,
    poNumber: order.poNumber,
    orderDate: order.processedAt,
    shopifyCreatedAt: order.createdAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason,
    closedAt: order.closedAt,
  } satisfies Partial<OrderRow>;
}

function buildAmounts(order: OrderSnapshot, difference: MoneyPair) {
  const { totals, currency, presentmentCurrency } = order;
  const shop = (money: MoneyPair | undefined) => fromMinor(money?.shop ?? 0, currency);
  const presentment = (money: MoneyPair | undefined) =>
    fromMinor(money?.presentment ?? 0, presentmentCurrency);
  return {
    currency,
    presentmentCurrency,
    totalAmount: shop(totals.total),
    currentTotalAmount: shop(totals.currentTotal),
    subtotalAmount: shop(totals.subtotal),
    discountAmount: shop(totals.discounts),
    taxAmount: shop(totals.tax),
    shippingAmount: shop(totals.shipping),
    tipAmount: shop(totals.tip),
    dutiesAmount: shop(totals.duties),
    receivedAmount: shop(totals.received),
    refundedAmount: shop(totals.refunded),
    outstandingAmount: shop(totals.outstanding),
    presentmentTotalAmount: presentment(totals.total),
    presentmentCurrentTotalAmount: presentment(totals.currentTotal),
    presentmentOutstandingAmount: presentment(totals.outstanding),
    moneyDifference: shop(difference),
    presentmentMoneyDifference: presentment(difference),
    taxesIncluded: order.taxesIncluded,
  } satisfies Partial<OrderRow>;
}
