import { ZERO } from "#app/lib/money.ts";
import { decodeAddress } from "./decode-address.ts";
import type {
  DecodedOrder,
  DiscountAllocation,
  FulfillmentPart,
  OrderAttribute,
  OrderCustomer,
  OrderLinePart,
  ShippingLinePart,
  TaxLine,
  TransactionPart,
} from "./order-parts.ts";
import { readMoney, readOptionalMoney, type Currencies } from "./read-money.ts";
import {
  isObject,
  readEach,
  readOptionalBoolean,
  readOptionalDecimal,
  readOptionalGid,
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
  const money: Currencies = { shop: currency, presentment: readOptionalString(node, "presentmentCurrencyCode") ?? currency };
  const amount = (key: string) => readOptionalMoney(node, key, money) ?? ZERO;
  const createdAt = requiredTime(node, "createdAt");
  return {
    id: requiredGid(node, "id"),
    name: readString(node, "name"),
    createdAt,
    updatedAt: requiredTime(node, "updatedAt"),
    processedAt: readOptionalTime(node, "processedAt") ?? createdAt,
    closedAt: readOptionalTime(node, "closedAt") ?? null,
    cancelledAt: readOptionalTime(node, "cancelledAt") ?? null,
    cancelReason: text(node, "cancelReason"),
    test: readOptionalBoolean(node, "test") ?? false,
    currency,
    presentmentCurrency: money.presentment,
    taxesIncluded: readOptionalBoolean(node, "taxesIncluded") ?? false,
    email: text(node, "email"),
    phone: text(node, "phone"),
    note: text(node, "note"),
    poNumber: text(node, "poNumber"),
    tags: readTags(node, "tags") ?? [],
    attributes: attributes(node, "customAttributes"),
    sourceName: text(node, "sourceName"),
    locationId: readOptionalObject(node, "retailLocation", (child) => requiredGid(child, "id")) ?? null,
    financialStatus: text(node, "displayFinancialStatus"),
    fulfillmentStatus: text(node, "displayFulfillmentStatus"),
    returnStatus: readOptionalString(node, "returnStatus"),
    gateways: readStrings(node, "paymentGatewayNames") ?? [],
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
      cashRounding: readOptionalObject(node, "totalCashRoundingAdjustment", (child) => readOptionalMoney(child, "paymentSet", money)) ?? ZERO,
      received: readOptionalMoney(node, "totalReceivedSet", money),
      refunded: readOptionalMoney(node, "totalRefundedSet", money),
      outstanding: readOptionalMoney(node, "totalOutstandingSet", money),
    },
    taxLines: taxLines(node, money),
    fees: readEach(node, "additionalFees", (fee) => ({ title: readString(fee, "name"), amount: readMoney(fee, "price", money) })) ?? [],
    lines: readEach(node, "lineItems", (line) => decodeLine(line, money)) ?? [],
    shippingLines: readEach(node, "shippingLines", (line) => decodeShippingLine(line, money)) ?? [],
    fulfillments: readEach(node, "fulfillments", decodeFulfillment) ?? [],
    refunds: readEach(node, "refunds", (refund) => ({ id: requiredGid(refund, "id"), total: readOptionalMoney(refund, "totalRefundedSet", money) })) ?? [],
    transactions: readEach(node, "transactions", (transaction) => decodeTransaction(transaction, money)),
  };
}

/** Text where blank means none. */
function text(node: JsonObject, key: string): string | null {
  const value = readOptionalString(node, key);
  return value === undefined || value === null || value === "" ? null : value;
}

function requiredGid(node: JsonObject, key: string): string {
  const id = readOptionalGid(node, key);
  if (id === undefined || id === null) throw new Unreadable(key, "a Shopify id (gid)");
  return id;
}

function requiredTime(node: JsonObject, key: string): string {
  const time = readOptionalTime(node, key);
  if (time === undefined || time === null) throw new Unreadable(key, "a date and time");
  return time;
}

function requiredInteger(node: JsonObject, key: string): number {
  const value = readOptionalInteger(node, key);
  if (value === undefined || value === null) throw new Unreadable(key, "a whole number");
  return value;
}

function attributes(node: JsonObject, key: string): OrderAttribute[] {
  return readEach(node, key, (child) => ({ name: readString(child, "key"), value: readOptionalString(child, "value") ?? null })) ?? [];
}

function taxLines(node: JsonObject, money: Currencies): TaxLine[] {
  return (
    readEach(node, "taxLines", (line) => ({
      title: text(line, "title") ?? "Tax",
      rate: readOptionalDecimal(line, "rate") ?? null,
      amount: readMoney(line, "priceSet", money),
    })) ?? []
  );
}

function decodeCustomer(node: JsonObject): OrderCustomer {
  return {
    id: requiredGid(node, "id"),
    firstName: readOptionalString(node, "firstName"),
    lastName: readOptionalString(node, "lastName"),
    email: readOptionalObject(node, "defaultEmailAddress", (child) => text(child, "emailAddress")),
    phone: readOptionalObject(node, "defaultPhoneNumber", (child) => text(child, "phoneNumber")),
    tags: readTags(node, "tags"),
    note: readOptionalString(node, "note"),
    state: readOptionalString(node, "state"),
    numberOfOrders: readOptionalInteger(node, "numberOfOrders"),
    taxExempt: readOptionalBoolean(node, "taxExempt"),
    createdAt: readOptionalTime(node, "createdAt"),
    updatedAt: readOptionalTime(node, "updatedAt"),
  };
}

function allocations(node: JsonObject, money: Currencies): DiscountAllocation[] {
  return (
    readEach(node, "discountAllocations", (allocation) => {
      const application = isObject(allocation["discountApplication"]) ? allocation["discountApplication"] : {};
      return {
        amount: readMoney(allocation, "allocatedAmountSet", money),
        title: text(application, "code") ?? text(application, "title"),
        level: application["targetSelection"] === "ALL" && application["allocationMethod"] === "ACROSS" ? ("order" as const) : ("line" as const),
      };
    }) ?? []
  );
}

function decodeLine(node: JsonObject, money: Currencies): OrderLinePart {
  const qty = requiredInteger(node, "quantity");
  const id = (key: string) => readOptionalObject(node, key, (child) => requiredGid(child, "id")) ?? null;
  return {
    id: requiredGid(node, "id"),
    title: readOptionalString(node, "title") ?? "",
    variantTitle: text(node, "variantTitle"),
    sku: text(node, "sku"),
    productId: id("product"),
    variantId: id("variant"),
    qty,
    currentQty: readOptionalInteger(node, "currentQuantity") ?? qty,
    unfulfilledQty: readOptionalInteger(node, "unfulfilledQuantity") ?? 0,
    requiresShipping: readOptionalBoolean(node, "requiresShipping") ?? true,
    isGiftCard: readOptionalBoolean(node, "isGiftCard") ?? false,
    originalUnitPrice: readMoney(node, "originalUnitPriceSet", money),
    allocations: allocations(node, money),
    taxLines: taxLines(node, money),
    duties: readEach(node, "duties", (duty) => readMoney(duty, "price", money)) ?? [],
    lineItemGroupId: readOptionalObject(node, "lineItemGroup", (group) => text(group, "id")) ?? null,
    attributes: attributes(node, "customAttributes"),
  };
}

function decodeShippingLine(node: JsonObject, money: Currencies): ShippingLinePart {
  return {
    title: readOptionalString(node, "title") ?? "Shipping",
    code: text(node, "code"),
    isRemoved: readOptionalBoolean(node, "isRemoved") ?? false,
    originalPrice: readMoney(node, "originalPriceSet", money),
    allocations: allocations(node, money),
    discountedPrice: readOptionalMoney(node, "discountedPriceSet", money),
  };
}

function decodeFulfillment(node: JsonObject): FulfillmentPart {
  return {
    id: requiredGid(node, "id"),
    name: text(node, "name"),
    status: text(node, "status") ?? "SUCCESS",
    deliveryStatus: text(node, "displayStatus"),
    createdAt: readOptionalTime(node, "createdAt") ?? null,
    deliveredAt: readOptionalTime(node, "deliveredAt") ?? null,
    locationId: readOptionalObject(node, "location", (child) => requiredGid(child, "id")) ?? null,
    totalQty: readOptionalInteger(node, "totalQuantity") ?? undefined,
    tracking:
      readEach(node, "trackingInfo", (info) => ({ company: text(info, "company"), number: text(info, "number"), url: text(info, "url") })) ?? [],
    lines: readFulfillmentLines(node),
  };
}

/** The lines of a fulfilment where the payload carries them (`fulfillmentLineItems`). */
export function readFulfillmentLines(node: JsonObject): FulfillmentPart["lines"] {
  return readEach(node, "fulfillmentLineItems", (line) => {
    const lineId = readOptionalObject(line, "lineItem", (child) => requiredGid(child, "id"));
    if (!lineId) throw new Unreadable("lineItem", "a line item");
    return { lineId, qty: requiredInteger(line, "quantity") };
  });
}

function decodeTransaction(node: JsonObject, money: Currencies): TransactionPart {
  return {
    id: requiredGid(node, "id"),
    kind: text(node, "kind") ?? "",
    status: text(node, "status") ?? "",
    gateway: text(node, "gateway"),
    amount: readMoney(node, "amountSet", money),
    processedAt: readOptionalTime(node, "processedAt") ?? null,
    parentId: readOptionalObject(node, "parentTransaction", (child) => requiredGid(child, "id")) ?? null,
    test: readOptionalBoolean(node, "test") ?? false,
  };
}
