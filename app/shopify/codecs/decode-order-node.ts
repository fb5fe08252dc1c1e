import { ZERO } from "#app/lib/money.ts";
import { decodeAddress } from "./decode-address.ts";
import {
  decodeNodeAttributes,
  decodeNodeLine,
  decodeNodeShippingLine,
  decodeNodeTaxLines,
} from "./decode-node-order-lines.ts";
import { decodeFulfillmentOrderNode } from "./decode-fulfillment-order.ts";
import { decodeNodeFulfillment } from "./decode-node-fulfillment.ts";
import { decodeNodeRefund, decodeNodeReturns } from "./decode-node-refund.ts";
import { findUnknownValues } from "./find-unknown-values.ts";
import { inIdOrder, inTitleOrder } from "./in-canonical-order.ts";
import type { DecodedOrder, OrderCustomer, TransactionPart } from "./order-parts.ts";
import { readMoney, readOptionalMoney, readStatedMoney, type Currencies } from "./read-money.ts";
import { readGateways, readRequiredGid, readRequiredTime, readText } from "./read-order-fields.ts";
import {
  hasNextPage,
  readEach,
  readOptionalBoolean,
  readOptionalInteger,
  readOptionalObject,
  readOptionalString,
  readOptionalTime,
  readString,
  readStrings,
  readTags,
  Unreadable,
  type JsonObject,
} from "./read.ts";

/** An order as GraphQL tells it: a bulk node with its children as arrays, or a node fetched by itself. */
export function decodeOrderNode(node: JsonObject): DecodedOrder {
  const currency = readString(node, "currencyCode");
  const money: Currencies = {
    shop: currency,
    presentment: readOptionalString(node, "presentmentCurrencyCode") ?? currency,
  };
  const amount = (key: string) => readOptionalMoney(node, key, money) ?? ZERO;
  const createdAt = readRequiredTime(node, "createdAt");
  const returnStatus = readOptionalString(node, "returnStatus");
  const outstanding = readOptionalMoney(node, "totalOutstandingSet", money);
  const order = {
    id: readRequiredGid(node, "id"),
    name: readString(node, "name"),
    createdAt,
    updatedAt: readRequiredTime(node, "updatedAt"),
    processedAt: readOptionalTime(node, "processedAt") ?? createdAt,
    closedAt: readOptionalTime(node, "closedAt") ?? null,
    cancelledAt: readOptionalTime(node, "cancelledAt") ?? null,
    cancelReason: readText(node, "cancelReason"),
    test: readOptionalBoolean(node, "test") ?? false,
    currency,
    presentmentCurrency: money.presentment,
    taxesIncluded: readOptionalBoolean(node, "taxesIncluded") ?? false,
    email: readText(node, "email"),
    phone: readText(node, "phone"),
    note: readText(node, "note"),
    poNumber: readText(node, "poNumber"),
    tags: readTags(node, "tags") ?? [],
    attributes: decodeNodeAttributes(node, "customAttributes"),
    sourceName: readText(node, "sourceName"),
    locationId: readOptionalObject(node, "retailLocation", (child) => readRequiredGid(child, "id")) ?? null,
    financialStatus: readText(node, "displayFinancialStatus"),
    fulfillmentStatus: readText(node, "displayFulfillmentStatus"),
    returnStatus,
    gateways: readGateways(node, "paymentGatewayNames"),
    discountCodes: readStrings(node, "discountCodes") ?? [],
    customer: readOptionalObject(node, "customer", decodeCustomer),
    shippingAddress: readOptionalObject(node, "shippingAddress", decodeAddress) ?? null,
    billingAddress: readOptionalObject(node, "billingAddress", decodeAddress) ?? null,
    totals: {
      total: readMoney(node, "totalPriceSet", money),
      currentTotal: readMoney(node, "currentTotalPriceSet", money),
      subtotal: amount("subtotalPriceSet"),
      discounts: amount("totalDiscountsSet"),
      tax: amount("totalTaxSet"),
      shipping: amount("totalShippingPriceSet"),
      tip: amount("totalTipReceivedSet"),
      duties: amount("originalTotalDutiesSet"),
      currentSubtotal: readOptionalMoney(node, "currentSubtotalPriceSet", money),
      currentTax: readOptionalMoney(node, "currentTotalTaxSet", money),
      currentShipping: readOptionalMoney(node, "currentShippingPriceSet", money),
      currentDuties: readStatedMoney(node, "currentTotalDutiesSet", money),
      currentFees: readStatedMoney(node, "currentTotalAdditionalFeesSet", money),
      adjustments: readOptionalMoney(node, "refundDiscrepancySet", money),
      cashRounding:
        readOptionalObject(node, "totalCashRoundingAdjustment", (child) =>
          readOptionalMoney(child, "paymentSet", money),
        ) ?? ZERO,
      received: readOptionalMoney(node, "totalReceivedSet", money),
      refunded: readOptionalMoney(node, "totalRefundedSet", money),
      outstanding,
      outstandingInShop: outstanding?.shop,
    },
    taxLines: decodeNodeTaxLines(node, money),
    fees:
      readEach(node, "additionalFees", (fee) => ({
        title: readString(fee, "name"),
        amount: readMoney(fee, "price", money),
      })) ?? [],
    lines: inIdOrder(readWhole(node, "lineItems", (line) => decodeNodeLine(line, money))),
    shippingLines: inTitleOrder(
      readWhole(node, "shippingLines", (line) => decodeNodeShippingLine(line, money)),
    ),
    fulfillments: inIdOrder(readEach(node, "fulfillments", decodeNodeFulfillment) ?? []),
    refunds: inIdOrder(readEach(node, "refunds", (refund) => decodeNodeRefund(refund, money)) ?? []),
    // A connection without nodes is not in a bulk file: the status tells "none" from "not asked".
    returns: decodeNodeReturns(node) ?? (returnStatus === "NO_RETURN" ? [] : undefined),
    transactions: readEach(node, "transactions", (transaction) => decodeTransaction(transaction, money)),
    fulfillmentOrders: hasNextPage(node, "fulfillmentOrders")
      ? undefined
      : readEach(node, "fulfillmentOrders", decodeFulfillmentOrderNode),
    // A list without nodes is not in a bulk file: our documents ask for all of them.
    absent: [],
  };
  return { ...order, unknownValues: findUnknownValues(order) };
}

/** A connection an order is nothing without: one page of several would be a smaller order. */
function readWhole<T>(node: JsonObject, key: string, decode: (child: JsonObject) => T): T[] {
  if (hasNextPage(node, key)) throw new Unreadable(key, "all pages of the list");
  return readEach(node, key, decode) ?? [];
}

function decodeCustomer(node: JsonObject): OrderCustomer {
  return {
    id: readRequiredGid(node, "id"),
    firstName: readOptionalString(node, "firstName"),
    lastName: readOptionalString(node, "lastName"),
    email: readOptionalObject(node, "defaultEmailAddress", (child) => readText(child, "emailAddress")),
    phone: readOptionalObject(node, "defaultPhoneNumber", (child) => readText(child, "phoneNumber")),
    tags: readTags(node, "tags"),
    note: readOptionalString(node, "note"),
    state: readOptionalString(node, "state"),
    numberOfOrders: readOptionalInteger(node, "numberOfOrders"),
    taxExempt: readOptionalBoolean(node, "taxExempt"),
    createdAt: readOptionalTime(node, "createdAt"),
    updatedAt: readOptionalTime(node, "updatedAt"),
  };
}

function decodeTransaction(node: JsonObject, money: Currencies): TransactionPart {
  return {
    id: readRequiredGid(node, "id"),
    kind: readText(node, "kind") ?? "",
    status: readText(node, "status") ?? "",
    gateway: readText(node, "gateway"),
    amount: readMoney(node, "amountSet", money),
    processedAt: readOptionalTime(node, "processedAt") ?? null,
    parentId: readOptionalObject(node, "parentTransaction", (child) => readRequiredGid(child, "id")) ?? null,
    test: readOptionalBoolean(node, "test") ?? false,
  };
}
