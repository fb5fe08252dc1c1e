import { addPairs, ZERO, type MoneyPair } from "#app/lib/money.ts";
import { decodeAddress } from "./decode-address.ts";
import { inIdOrder, inTitleOrder } from "./in-canonical-order.ts";
import { decodeRestFulfillment } from "./decode-rest-fulfillment.ts";
import {
  decodeRestLine,
  decodeRestShippingLine,
  decodeRestTaxLines,
  readRestAttributes,
  type RestOrderFrame,
} from "./decode-rest-order-lines.ts";
import { decodeRestRefund, decodeRestReturns } from "./decode-rest-refund.ts";
import { findUnknownValues } from "./find-unknown-values.ts";
import type { DecodedOrder, OrderCustomer, OrderTotals, RefundPart } from "./order-parts.ts";
import { readOptionalMoney, readOptionalShopAmount, readStatedMoney, type Currencies } from "./read-money.ts";
import {
  readGateways,
  readRequiredRestId,
  readRequiredTime,
  readRestEnum,
  readText,
} from "./read-order-fields.ts";
import { readOptionalRestMoney, readRestAmount, readRestMoney } from "./read-rest-money.ts";
import {
  isObject,
  readEach,
  readOptionalBoolean,
  readOptionalList,
  readOptionalNumericId,
  readOptionalObject,
  readOptionalString,
  readOptionalTime,
  readRestId,
  readString,
  readTags,
  type JsonObject,
} from "./read.ts";

/**
 * An order as a webhook tells it (orders/create, updated, paid, cancelled, fulfilled…: the entire order in the old REST
 * spelling). It says what GraphQL's bulk cannot, which lines are in which fulfilment, and leaves unsaid: transactions,
 * what was received, the return status, and (with two currencies) the outstanding amount as the customer sees it.
 */
export function decodeOrderRest(node: JsonObject): DecodedOrder {
  const currency = readString(node, "currency");
  const money: Currencies = {
    shop: currency,
    presentment: readText(node, "presentment_currency") ?? currency,
  };
  const frame: RestOrderFrame = {
    money,
    applications: readOptionalList(node, "discount_applications") ?? [],
  };
  const createdAt = readRequiredTime(node, "created_at");
  const refunds = inIdOrder(readEach(node, "refunds", (refund) => decodeRestRefund(refund, money)) ?? []);
  const additionalFees = readOptionalMoney(node, "original_total_additional_fees_set", money) ?? ZERO;
  const order = {
    id: readRequiredRestId(node),
    name: readString(node, "name"),
    createdAt,
    updatedAt: readRequiredTime(node, "updated_at"),
    processedAt: readOptionalTime(node, "processed_at") ?? createdAt,
    closedAt: readOptionalTime(node, "closed_at") ?? null,
    cancelledAt: readOptionalTime(node, "cancelled_at") ?? null,
    cancelReason: readRestEnum(node, "cancel_reason"),
    test: readOptionalBoolean(node, "test") ?? false,
    currency,
    presentmentCurrency: money.presentment,
    taxesIncluded: readOptionalBoolean(node, "taxes_included") ?? false,
    email: readText(node, "email"),
    phone: readText(node, "phone"),
    note: readText(node, "note"),
    poNumber: readText(node, "po_number"),
    tags: readTags(node, "tags") ?? [],
    attributes: readRestAttributes(node, "note_attributes"),
    sourceName: readText(node, "source_name"),
    locationId: readOptionalNumericId(node, "location_id") ?? null,
    financialStatus: readRestEnum(node, "financial_status"),
    fulfillmentStatus: fulfillmentStatus(node),
    returnStatus: undefined,
    gateways: readGateways(node, "payment_gateway_names"),
    discountCodes: discountCodes(node, frame.applications),
    customer: decodeCustomer(node),
    shippingAddress: readOptionalObject(node, "shipping_address", decodeAddress) ?? null,
    billingAddress: readOptionalObject(node, "billing_address", decodeAddress) ?? null,
    totals: decodeTotals(node, money, refunds),
    taxLines: decodeRestTaxLines(node, money),
    fees:
      additionalFees.shop === 0 && additionalFees.presentment === 0
        ? []
        : [{ title: "Additional fees", amount: additionalFees }],
    lines: inIdOrder(readEach(node, "line_items", (line) => decodeRestLine(line, frame)) ?? []),
    shippingLines: inTitleOrder(
      readEach(node, "shipping_lines", (line) => decodeRestShippingLine(line, frame)) ?? [],
    ),
    fulfillments: inIdOrder(readEach(node, "fulfillments", decodeRestFulfillment) ?? []),
    refunds,
    returns: decodeRestReturns(node),
    // The transactions inside `refunds` are refunds only: they are no list of the order's payments.
    transactions: undefined,
    fulfillmentOrders: undefined,
    absent: LISTS.filter(([key]) => node[key] === undefined).map(([, part]) => part),
  };
  return { ...order, unknownValues: findUnknownValues(order) };
}

const LISTS = [
  ["line_items", "lines"],
  ["shipping_lines", "shippingLines"],
  ["fulfillments", "fulfillments"],
  ["refunds", "refunds"],
] as const;

function decodeTotals(node: JsonObject, money: Currencies, refunds: readonly RefundPart[]): OrderTotals {
  const total = readRestMoney(node, "total_price", money);
  const currentTotal = readOptionalRestMoney(node, "current_total_price", money) ?? total;
  return {
    total,
    currentTotal,
    subtotal: readRestAmount(node, "subtotal_price", money),
    discounts: readRestAmount(node, "total_discounts", money),
    tax: readRestAmount(node, "total_tax", money),
    shipping: readRestAmount(node, "total_shipping_price", money),
    tip: decodeTip(node, money),
    duties: readRestAmount(node, "original_total_duties", money),
    currentSubtotal: readOptionalRestMoney(node, "current_subtotal_price", money),
    currentTax: readOptionalRestMoney(node, "current_total_tax", money),
    currentShipping: readOptionalMoney(node, "current_shipping_price_set", money),
    currentDuties: readStatedMoney(node, "current_total_duties_set", money),
    currentFees: readStatedMoney(node, "current_total_additional_fees_set", money),
    adjustments: sumOfAdjustments(refunds),
    cashRounding: readRestAmount(node, "total_cash_rounding_payment_adjustment", money),
    received: undefined,
    refunded: sumOfRefunds(refunds),
    ...decodeOutstanding(node, money, currentTotal),
  };
}

/**
 * `total_outstanding` is in the shop's currency only. With two currencies the other amount is known when everything is
 * still to be paid, or nothing; else a fetch has to tell it.
 */
function decodeOutstanding(
  node: JsonObject,
  money: Currencies,
  currentTotal: MoneyPair,
): Pick<OrderTotals, "outstanding" | "outstandingInShop"> {
  const inShop = readOptionalShopAmount(node, "total_outstanding", {
    ...money,
    presentment: money.shop,
  })?.shop;
  const told = readOptionalShopAmount(node, "total_outstanding", money);
  const outstanding = told ?? (inShop === currentTotal.shop ? currentTotal : undefined);
  return { outstanding, outstandingInShop: inShop };
}

/**
 * `total_tip_received` is in the shop's currency only. In an order of two currencies the tip's own line tells the other
 * amount; without such a line it is left at 0 there, and shows as a money difference instead of being guessed.
 */
function decodeTip(node: JsonObject, money: Currencies): MoneyPair {
  if (money.shop === money.presentment || node["total_tip_received_set"] !== undefined)
    return readRestAmount(node, "total_tip_received", money);
  const { shop } =
    readOptionalShopAmount(node, "total_tip_received", { ...money, presentment: money.shop }) ?? ZERO;
  const lines =
    readEach(node, "line_items", (line) => (isTip(line) ? readRestMoney(line, "price", money) : ZERO)) ?? [];
  const ofLines = lines.reduce(addPairs, ZERO);
  return ofLines.shop === shop ? ofLines : { shop, presentment: 0 };
}

function isTip(line: JsonObject): boolean {
  return (
    isObject(line["tip"]) || (line["product_id"] === null && /^tip$/i.test(readText(line, "title") ?? ""))
  );
}

function sumOfRefunds(refunds: readonly RefundPart[]): MoneyPair | undefined {
  let sum: MoneyPair = ZERO;
  for (const { total } of refunds) {
    if (total === undefined) return undefined;
    sum = addPairs(sum, total);
  }
  return sum;
}

/** What refunds gave back beyond goods and shipping; a payload without refunds says that there is none. */
function sumOfAdjustments(refunds: readonly RefundPart[]): MoneyPair | undefined {
  let sum: MoneyPair = ZERO;
  for (const { adjustments } of refunds) {
    if (adjustments === undefined) return undefined;
    for (const { amount } of adjustments) sum = addPairs(sum, amount);
  }
  return sum;
}

/** REST knows fewer words: null is UNFULFILLED, "partial" is PARTIALLY_FULFILLED. */
function fulfillmentStatus(node: JsonObject): string | null {
  if (node["fulfillment_status"] === undefined) return null;
  const told = readRestEnum(node, "fulfillment_status");
  return told === "PARTIAL" ? "PARTIALLY_FULFILLED" : (told ?? "UNFULFILLED");
}

/** `discount_codes` also lists manual discounts by their title; GraphQL's `discountCodes` are what a customer entered. */
function discountCodes(node: JsonObject, applications: readonly unknown[]): string[] {
  const known = applications.filter(isObject);
  const isCode = (code: string) =>
    known.some((one) => one["type"] === "discount_code" && one["code"] === code);
  const isTitle = (code: string) =>
    known.some((one) => one["type"] !== "discount_code" && one["title"] === code);
  const codes = readEach(node, "discount_codes", (child) => readText(child, "code")) ?? [];
  return codes.filter((code): code is string => code !== null && (isCode(code) || !isTitle(code)));
}

/**
 * Since 2025-01 without tags, counts and consent: `undefined`, so that they stand as another payload told them. A guest's
 * order says `customer: null` or has no such key; without the key nothing is said.
 */
function decodeCustomer(order: JsonObject): OrderCustomer | null | undefined {
  return readOptionalObject(order, "customer", (node) => {
    const id = readRestId(node);
    if (id === undefined) return undefined;
    return {
      id,
      firstName: readOptionalString(node, "first_name"),
      lastName: readOptionalString(node, "last_name"),
      email: node["email"] === undefined ? undefined : readText(node, "email"),
      phone: node["phone"] === undefined ? undefined : readText(node, "phone"),
      tags: readTags(node, "tags"),
      note: readOptionalString(node, "note"),
      state: readOptionalString(node, "state")?.toUpperCase(),
      taxExempt: readOptionalBoolean(node, "tax_exempt"),
      createdAt: readOptionalTime(node, "created_at"),
      updatedAt: readOptionalTime(node, "updated_at"),
    };
  });
}
