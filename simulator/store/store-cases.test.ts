import { expect, test } from "vitest";
import { createStore } from "./create-store.ts";
import { planOrder } from "./order-plan.ts";
import { readField, readNodes, readText } from "./read-record.ts";
import type { SimNode } from "./types.ts";

const store = createStore({ orders: 2_000, seed: 1 });

function all(rootField: string): SimNode[] {
  const root = store.collection(rootField);
  return Array.from({ length: root?.count() ?? 0 }, (_, index) => root?.at(index) as SimNode);
}

const orders = all("orders");
const products = all("products");
const variants = all("productVariants");
const customers = all("customers");

const gateways = (order: SimNode): string[] => order["paymentGatewayNames"] as string[];
const lines = (order: SimNode): SimNode[] => readNodes(order, "lineItems");
const anyLine =
  (test: (line: SimNode) => boolean) =>
  (order: SimNode): boolean =>
    lines(order).some(test);
const parcels = (order: SimNode): SimNode[] => readNodes(order, "fulfillments");
const refunds = (order: SimNode): SimNode[] => readNodes(order, "refunds");
const restocks =
  (type: string) =>
  (order: SimNode): boolean =>
    refunds(order).some((refund) =>
      readNodes(refund, "refundLineItems").some((line) => line["restockType"] === type),
    );
const shop = (order: SimNode, field: string): number =>
  Number(readField(order, field, "shopMoney", "amount"));
const discounts = (order: SimNode): SimNode[] => readNodes(order, "discountApplications");
const discountOf =
  (type: string, value: string) =>
  (order: SimNode): boolean =>
    discounts(order).some(
      (one) => one["__typename"] === type && readField(one, "value", "__typename") === value,
    );
const allocations = (line: SimNode): SimNode[] => readNodes(line, "discountAllocations");
const taxTitles = (order: SimNode): unknown[] => readNodes(order, "taxLines").map((tax) => tax["title"]);
const returns = (order: SimNode): SimNode[] => readNodes(order, "returns");
const exchanges = (order: SimNode): SimNode[] =>
  returns(order).flatMap((back) => readNodes(back, "exchangeLineItems"));
const fulfillmentOrders = (order: SimNode): SimNode[] => readNodes(order, "fulfillmentOrders");
const deliveredBy =
  (method: string) =>
  (order: SimNode): boolean =>
    fulfillmentOrders(order).some((one) => readText(one, "deliveryMethod", "methodType") === method);
const returnedAs =
  (status: string, orderStatus: string) =>
  (order: SimNode): boolean =>
    returns(order).some((back) => back["status"] === status) && order["returnStatus"] === orderStatus;
const cancelledLine = (order: SimNode): boolean =>
  order["cancelledAt"] === null &&
  order["edited"] === false &&
  lines(order).length > 1 &&
  restocks("CANCEL")(order) &&
  lines(order).some((line) => line["currentQuantity"] === 0) &&
  lines(order).some((line) => Number(line["currentQuantity"]) > 0);
const transaction =
  (kind: string, status: string) =>
  (order: SimNode): boolean =>
    readNodes(order, "transactions").some((one) => one["kind"] === kind && one["status"] === status);

test.each<[string, (order: SimNode) => boolean]>([
  [
    "cash on delivery, not settled",
    (o) => gateways(o).some((name) => /cash|cod/i.test(name)) && o["displayFinancialStatus"] === "PENDING",
  ],
  [
    "cash on delivery, settled",
    (o) => gateways(o).some((name) => /cash on|cod/i.test(name)) && o["displayFinancialStatus"] === "PAID",
  ],
  ...[
    "Cash on Delivery (COD)",
    "cash_on_delivery",
    "Cash on Delivery",
    "cash on delivery (COD)",
    "Pay on Delivery",
    "Gokwik PPCOD",
    "Cash on Delivery (₹49 fee)",
  ].map((name): [string, (order: SimNode) => boolean] => [
    `gateway ${name}`,
    (o) => gateways(o).includes(name),
  ]),
  ...[
    "Razorpay",
    "1 Razorpay",
    "Cashfree Payments",
    "PayU India",
    "Stripe",
    "shopify_payments",
    "paypal",
    "manual",
    "Bank Transfer (Advance Payment)",
    "PhonePe",
    "upi",
    "gift_card",
    "shopify_store_credit",
    "cash",
  ].map((name): [string, (order: SimNode) => boolean] => [
    `gateway ${name}`,
    (o) => gateways(o).includes(name),
  ]),
  [
    "part paid, rest at the door",
    (o) => gateways(o).length > 1 && o["displayFinancialStatus"] === "PARTIALLY_PAID",
  ],
  ["no transactions, no status", (o) => o["displayFinancialStatus"] === null && gateways(o).length === 0],
  ["nothing to pay", (o) => shop(o, "totalPriceSet") === 0 && o["displayFinancialStatus"] === "PAID"],
  ["authorised only", (o) => ["AUTHORIZED", "EXPIRED"].includes(readText(o["displayFinancialStatus"]))],
  ["a failed attempt first", transaction("SALE", "FAILURE")],
  ["authorised and captured", transaction("CAPTURE", "SUCCESS")],
  ["percentage code", discountOf("DiscountCodeApplication", "PricingPercentageValue")],
  ["fixed code", discountOf("DiscountCodeApplication", "MoneyV2")],
  ["automatic percentage", discountOf("AutomaticDiscountApplication", "PricingPercentageValue")],
  ["automatic fixed", discountOf("AutomaticDiscountApplication", "MoneyV2")],
  ["manual percentage", discountOf("ManualDiscountApplication", "PricingPercentageValue")],
  ["manual fixed", discountOf("ManualDiscountApplication", "MoneyV2")],
  ["script discount", discountOf("ScriptDiscountApplication", "PricingPercentageValue")],
  ["line and order discount on one line", anyLine((l) => allocations(l).length > 1)],
  [
    "allocations while the line's totalDiscount is 0",
    anyLine((l) => allocations(l).length > 0 && shop(l, "totalDiscountSet") === 0),
  ],
  ["line discount told in totalDiscount", anyLine((l) => shop(l, "totalDiscountSet") > 0)],
  ["discount on shipping", (o) => readNodes(o, "shippingLines").some((line) => allocations(line).length > 0)],
  ["paid shipping", (o) => shop(o, "totalShippingPriceSet") > 0],
  ["two shipping lines", (o) => readNodes(o, "shippingLines").length === 2],
  [
    "paise in a price",
    anyLine((l) => /\.\d*[1-9]/.test(readText(l, "originalUnitPriceSet", "shopMoney", "amount"))),
  ],
  ["tip", (o) => shop(o, "totalTipReceivedSet") > 0 && lines(o).some((l) => l["title"] === "Tip")],
  ["CGST and SGST", (o) => taxTitles(o).includes("CGST") && taxTitles(o).includes("SGST")],
  ["IGST", (o) => taxTitles(o).includes("IGST")],
  ["tax on top", (o) => o["taxesIncluded"] === false && shop(o, "totalTaxSet") > 0],
  ...["USD", "EUR", "JPY", "KWD", "GBP", "AED"].map((code): [string, (order: SimNode) => boolean] => [
    `paid in ${code}`,
    (o) => o["presentmentCurrencyCode"] === code,
  ]),
  ["duties", anyLine((l) => readNodes(l, "duties").length > 0)],
  [
    "cash rounding",
    (o) =>
      shop(o, "totalCashRoundingAdjustment") !== 0 &&
      Number(readField(o, "totalCashRoundingAdjustment", "paymentSet", "shopMoney", "amount")) !== 0,
  ],
  ["gift card bought", anyLine((l) => l["isGiftCard"] === true)],
  [
    "custom line",
    anyLine(
      (l) => l["product"] === null && l["variant"] === null && l["vendor"] === null && l["title"] !== "Tip",
    ),
  ],
  ["deleted product", anyLine((l) => l["product"] === null && l["vendor"] !== null)],
  ["deleted variant", anyLine((l) => l["product"] !== null && l["variant"] === null)],
  ["bundle", anyLine((l) => l["lineItemGroup"] !== null)],
  ["line attributes", anyLine((l) => readNodes(l, "customAttributes").length > 0)],
  ["ten of one thing", anyLine((l) => l["quantity"] === 10)],
  ["twelve lines", (o) => lines(o).length >= 12],
  ["guest", (o) => o["customer"] === null],
  ["guest with email null", (o) => o["customer"] === null && o["email"] === null],
  ["guest with email empty", (o) => o["customer"] === null && o["email"] === ""],
  ["no addresses", (o) => o["shippingAddress"] === null && o["billingAddress"] === null],
  ["no billing address", (o) => o["shippingAddress"] !== null && o["billingAddress"] === null],
  ["POS", (o) => o["sourceName"] === "pos" && o["retailLocation"] !== null],
  ["draft order", (o) => o["sourceName"] === "shopify_draft_order"],
  ["app order", (o) => /^\d+$/.test(readText(o["sourceName"]))],
  ["sale before the record", (o) => o["processedAt"] !== o["createdAt"]],
  ["test order", (o) => o["test"] === true],
  ["unicode, quotes and newlines in the note", (o) => /[^ -~]|"|\n/.test(readText(o["note"]))],
  ["not shipped", (o) => o["displayFulfillmentStatus"] === "UNFULFILLED" && o["cancelledAt"] === null],
  ["on hold", (o) => o["displayFulfillmentStatus"] === "ON_HOLD"],
  ["accepted by a warehouse", (o) => o["displayFulfillmentStatus"] === "IN_PROGRESS"],
  ["partly shipped", (o) => o["displayFulfillmentStatus"] === "PARTIALLY_FULFILLED"],
  ["several parcels", (o) => parcels(o).length > 1],
  ["two fulfilment orders", (o) => readNodes(o, "fulfillmentOrders").length === 2],
  ["delivered", (o) => parcels(o).some((p) => p["displayStatus"] === "DELIVERED")],
  ["in transit", (o) => parcels(o).some((p) => p["displayStatus"] === "IN_TRANSIT")],
  [
    "not delivered",
    (o) =>
      parcels(o).some(
        (p) => p["displayStatus"] === "NOT_DELIVERED" || p["displayStatus"] === "ATTEMPTED_DELIVERY",
      ),
  ],
  ["parcel without tracking", (o) => parcels(o).some((p) => readNodes(p, "trackingInfo").length === 0)],
  [
    "tracking without a courier's name",
    (o) => parcels(o).some((p) => readNodes(p, "trackingInfo").some((one) => one["company"] === null)),
  ],
  [
    "cancelled parcel, sent again",
    (o) =>
      parcels(o).some((p) => p["status"] === "CANCELLED") &&
      parcels(o).some((p) => p["status"] === "SUCCESS"),
  ],
  [
    "cancelled parcel, open again",
    (o) =>
      parcels(o).length > 0 &&
      parcels(o).every((p) => p["status"] === "CANCELLED") &&
      o["cancelledAt"] === null,
  ],
  [
    "cancelled before shipping, voided",
    (o) => o["cancelledAt"] !== null && parcels(o).length === 0 && o["displayFinancialStatus"] === "VOIDED",
  ],
  [
    "void of 0.00 with a refund record",
    (o) => transaction("VOID", "SUCCESS")(o) && refunds(o).length > 0 && shop(o, "totalRefundedSet") === 0,
  ],
  [
    "cancelled before shipping, refunded",
    (o) => o["cancelledAt"] !== null && o["displayFinancialStatus"] === "REFUNDED",
  ],
  [
    "cancelled after shipping, parcel stands",
    (o) => o["cancelledAt"] !== null && parcels(o).some((p) => p["status"] === "SUCCESS"),
  ],
  [
    "cancelled after shipping, parcel cancelled",
    (o) => o["cancelledAt"] !== null && parcels(o).some((p) => p["status"] === "CANCELLED"),
  ],
  [
    "refunded in full, not cancelled",
    (o) => o["cancelledAt"] === null && o["displayFinancialStatus"] === "REFUNDED",
  ],
  ["refunded in part", (o) => o["displayFinancialStatus"] === "PARTIALLY_REFUNDED"],
  ["restocked on return", restocks("RETURN")],
  ["refunded without restock", restocks("NO_RESTOCK")],
  ["taken off before shipping", (o) => restocks("CANCEL")(o) && o["cancelledAt"] === null],
  [
    "money back without goods",
    (o) =>
      refunds(o).some(
        (r) => readNodes(r, "refundLineItems").length === 0 && readNodes(r, "orderAdjustments").length > 0,
      ),
  ],
  ["shipping refunded", (o) => o["cancelledAt"] === null && shop(o, "totalRefundedShippingSet") > 0],
  ["a return", (o) => readNodes(o, "returns").length > 0],
  [
    "edited, line added",
    (o) => o["edited"] === true && shop(o, "originalTotalPriceSet") < shop(o, "totalPriceSet"),
  ],
  ["edited, line lowered", anyLine((l) => Number(l["currentQuantity"]) < Number(l["quantity"]))],
  ["a return asked for", returnedAs("REQUESTED", "RETURN_REQUESTED")],
  ["a return on its way", returnedAs("OPEN", "IN_PROGRESS")],
  ["a return settled", returnedAs("CLOSED", "RETURNED")],
  ["a return refused", returnedAs("DECLINED", "NO_RETURN")],
  ["a return called off", returnedAs("CANCELED", "NO_RETURN")],
  [
    "a return of which nothing was processed",
    (o) =>
      returns(o).some((back) =>
        readNodes(back, "returnLineItems").some((one) => one["processedQuantity"] === 0),
      ),
  ],
  [
    "an exchange, its line not sent",
    (o) => exchanges(o).some((one) => Number(readField(one, "lineItem", "unfulfilledQuantity")) > 0),
  ],
  [
    "an exchange, its line sent",
    (o) => exchanges(o).some((one) => readField(one, "lineItem", "unfulfilledQuantity") === 0),
  ],
  ["an exchange asked for", (o) => exchanges(o).some((one) => readField(one, "lineItem") === null)],
  ["an exchange with money back", (o) => exchanges(o).length > 0 && shop(o, "totalRefundedSet") > 0],
  ["an exchange for the same price", (o) => exchanges(o).length > 0 && shop(o, "totalRefundedSet") === 0],
  ["an exchange with something to pay", (o) => exchanges(o).length > 0 && shop(o, "totalOutstandingSet") > 0],
  ["one line of several cancelled, money back", (o) => cancelledLine(o) && shop(o, "totalRefundedSet") > 0],
  [
    "one line of several cancelled, unpaid",
    (o) =>
      cancelledLine(o) &&
      readNodes(o, "transactions").every((one) => one["status"] === "PENDING") &&
      shop(o, "totalOutstandingSet") < shop(o, "totalPriceSet"),
  ],
  [
    "money back without restock before shipping",
    (o) => restocks("NO_RESTOCK")(o) && parcels(o).length === 0 && o["cancelledAt"] === null,
  ],
  ...["SHIPPING", "PICK_UP", "RETAIL", "NONE", "LOCAL"].map(
    (method): [string, (order: SimNode) => boolean] => [`delivery method ${method}`, deliveredBy(method)],
  ),
  ...["READY_FOR_PICKUP", "PICKED_UP"].map((word): [string, (order: SimNode) => boolean] => [
    `pick-up ${word}`,
    (o) =>
      deliveredBy("PICK_UP")(o) &&
      parcels(o).some((p) => p["displayStatus"] === word && readNodes(p, "trackingInfo").length === 0),
  ]),
  [
    "local delivery done",
    (o) => deliveredBy("LOCAL")(o) && parcels(o).some((p) => p["displayStatus"] === "DELIVERED"),
  ],
  [
    "on hold, part of it sent",
    (o) => o["displayFulfillmentStatus"] === "ON_HOLD" && parcels(o).some((p) => p["status"] === "SUCCESS"),
  ],
  ...["NOT_DELIVERED", "FAILURE", "ATTEMPTED_DELIVERY"].map((word): [string, (order: SimNode) => boolean] => [
    `parcel ${word}`,
    (o) => parcels(o).some((p) => p["displayStatus"] === word),
  ]),
  ["an additional fee", (o) => shop(o, "currentTotalAdditionalFeesSet") > 0],
  [
    "an additional fee given back",
    (o) => readNodes(o, "additionalFees").length > 0 && shop(o, "currentTotalAdditionalFeesSet") === 0,
  ],
  ["a COD fee as a line", anyLine((l) => l["title"] === "COD charges" && l["requiresShipping"] === false)],
  ["owes more since an edit", (o) => o["edited"] === true && shop(o, "totalOutstandingSet") > 0],
])("2,000 orders hold the case: %s", (_case, is) => {
  expect(orders.filter(is).length).toBeGreaterThan(0);
});

test("a hold that was released leaves no trace but the order's time", () => {
  const released = orders.filter((_, n) => planOrder(1, n, orders.length).releasedMs !== null);
  expect(released.length).toBeGreaterThan(0);
  for (const order of released) {
    const [first] = fulfillmentOrders(order);
    expect([first?.["status"], readNodes(first, "fulfillmentHolds")]).toEqual(["OPEN", []]);
    expect(readText(order["updatedAt"]) > readText(order["createdAt"])).toBe(true);
  }
});

test.each<[string, readonly SimNode[], (record: SimNode) => boolean]>([
  ["product with 300 variants", products, (p) => p["totalVariants"] === 300],
  ["Default Title", products, (p) => p["hasOnlyDefaultVariant"] === true],
  [
    "one option",
    products,
    (p) => readNodes(p, "options").length === 1 && p["hasOnlyDefaultVariant"] === false,
  ],
  ["two options", products, (p) => readNodes(p, "options").length === 2],
  ["three options", products, (p) => readNodes(p, "options").length === 3],
  ["gift card product", products, (p) => p["isGiftCard"] === true],
  ...["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"].map(
    (status): [string, SimNode[], (p: SimNode) => boolean] => [
      `product ${status}`,
      products,
      (p) => p["status"] === status,
    ],
  ),
  ["product without pictures", products, (p) => readNodes(p, "media").length === 0],
  ["product in a collection", products, (p) => readNodes(p, "collections").length > 0],
  [
    "same title twice",
    products,
    (p) => products.some((other) => other !== p && other["title"] === p["title"]),
  ],
  ["blank SKU", variants, (v) => v["sku"] === ""],
  ["SKU null", variants, (v) => v["sku"] === null],
  ["SKU with a comma", variants, (v) => readText(v["sku"]).includes(",")],
  [
    "SKU text on several variants",
    variants,
    (v) => Boolean(v["sku"]) && variants.some((other) => other !== v && other["sku"] === v["sku"]),
  ],
  ["oversold stock", variants, (v) => Number(readField(v, "inventoryQuantity")) < 0],
  ["customer without email", customers, (c) => c["defaultEmailAddress"] === null],
  ["customer without phone", customers, (c) => c["defaultPhoneNumber"] === null],
  [
    "email shared",
    customers,
    (c) => c["email"] !== null && customers.some((other) => other !== c && other["email"] === c["email"]),
  ],
  ["name in another script", customers, (c) => /[\u0900-\u0dff]/.test(readText(c["displayName"]))],
  ["no address", customers, (c) => readNodes(c, "addressesV2").length === 0],
  ["several addresses", customers, (c) => readNodes(c, "addressesV2").length > 1],
  ["more than three orders", customers, (c) => Number(c["numberOfOrders"]) > 3],
])("the store holds: %s", (_case, records, is) => {
  expect(records.filter(is).length).toBeGreaterThan(0);
});

test("at least one customer in twenty never ordered, and customers are six tenths of the orders", () => {
  const idle = customers.filter((customer) => customer["numberOfOrders"] === "0").length;
  expect(idle / customers.length).toBeGreaterThanOrEqual(0.05);
  expect(customers.length / orders.length).toBeCloseTo(0.6, 1);
});
