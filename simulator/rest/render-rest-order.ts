import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestAddress } from "./render-rest-address.ts";
import { renderRestDiscounts } from "./render-rest-discounts.ts";
import { renderRestFulfillment } from "./render-rest-fulfillment.ts";
import {
  renderRestAttributes,
  renderRestLine,
  renderRestShippingLine,
  renderRestTaxLines,
} from "./render-rest-line.ts";
import { renderRestOrderCustomer } from "./render-rest-customer.ts";
import { renderRestRefund } from "./render-rest-refund.ts";
import {
  afterShopTime,
  decimals,
  lower,
  numberOf,
  renderBag,
  renderSet,
  sumBags,
  type Json,
} from "./rest-values.ts";

/**
 * A simulated order as the body of orders/updated at API version 2026-10, written after Shopify's documentation
 * examples and recorded deliveries: snake_case, number ids, padded amounts, the shop's time offset, `""` and null where
 * Shopify writes them. What REST does not tell (the order's transactions, a return's lines) is not there.
 */
export function renderRestOrder(order: SimNode): Json {
  const currency = readText(order, "currencyCode");
  const token = readText(order, "confirmationNumber").toLowerCase();
  const number = Number(order["number"]);
  const customer = readField(order, "customer");
  const lines = readNodes(order, "lineItems");
  return {
    id: numberOf(order.id),
    admin_graphql_api_id: order.id,
    app_id: numberOf(readField(order, "app", "id")),
    browser_ip: null,
    buyer_accepts_marketing: order["customerAcceptsMarketing"],
    cancel_reason: lower(order["cancelReason"]),
    cancelled_at: afterShopTime(order["cancelledAt"]),
    cart_token: null,
    checkout_token: order["sourceName"] === "web" ? token : null,
    client_details: null,
    closed_at: afterShopTime(order["closedAt"]),
    confirmation_number: order["confirmationNumber"],
    confirmed: order["confirmed"],
    contact_email: order["email"] || null,
    created_at: afterShopTime(order["createdAt"]),
    currency,
    current_shipping_price_set: renderBag(order["currentShippingPriceSet"]),
    ...renderSet("current_subtotal_price", order["currentSubtotalPriceSet"]),
    current_total_additional_fees_set: renderBag(order["currentTotalAdditionalFeesSet"]),
    ...renderSet("current_total_discounts", order["currentTotalDiscountsSet"]),
    current_total_duties_set: renderBag(order["currentTotalDutiesSet"]),
    ...renderSet("current_total_price", order["currentTotalPriceSet"]),
    ...renderSet("current_total_tax", order["currentTotalTaxSet"]),
    customer_locale: order["customerLocale"],
    device_id: null,
    ...renderRestDiscounts(order),
    duties_included: order["dutiesIncluded"],
    email: order["email"] ?? "",
    estimated_taxes: order["estimatedTaxes"],
    financial_status: lower(order["displayFinancialStatus"]),
    fulfillment_status: FULFILLMENT_WORDS[readText(order, "displayFulfillmentStatus")] ?? null,
    landing_site: null,
    landing_site_ref: null,
    location_id: numberOf(readField(order, "retailLocation", "id")),
    merchant_business_entity_id: null,
    merchant_of_record_app_id: null,
    name: order["name"],
    note: order["note"],
    note_attributes: renderRestAttributes(order),
    // The first order is number 1 and called 1001.
    number: number - 1000,
    order_number: number,
    order_status_url: readField(order, "statusPageUrl"),
    original_total_additional_fees_set: renderBag(order["originalTotalAdditionalFeesSet"]),
    original_total_duties_set: renderBag(order["originalTotalDutiesSet"]),
    payment_gateway_names: order["paymentGatewayNames"],
    phone: order["phone"],
    po_number: order["poNumber"],
    presentment_currency: order["presentmentCurrencyCode"],
    processed_at: afterShopTime(order["processedAt"]),
    reference: null,
    referring_site: null,
    source_identifier: order["sourceIdentifier"],
    source_name: order["sourceName"],
    source_url: null,
    ...renderSet("subtotal_price", order["subtotalPriceSet"]),
    tags: (order["tags"] as string[]).join(", "),
    tax_exempt: order["taxExempt"],
    tax_lines: renderRestTaxLines(order),
    taxes_included: order["taxesIncluded"],
    test: order["test"],
    token,
    total_cash_rounding_payment_adjustment_set: renderBag(
      readField(order, "totalCashRoundingAdjustment", "paymentSet"),
    ),
    total_cash_rounding_refund_adjustment_set: renderBag(
      readField(order, "totalCashRoundingAdjustment", "refundSet"),
    ),
    ...renderSet("total_discounts", order["totalDiscountsSet"]),
    ...renderSet("total_line_items_price", sumBags(order, goods(lines))),
    total_outstanding: decimals(readField(order, "totalOutstandingSet", "shopMoney")),
    ...renderSet("total_price", order["totalPriceSet"]),
    total_shipping_price_set: renderBag(order["totalShippingPriceSet"]),
    ...renderSet("total_tax", order["totalTaxSet"]),
    total_tip_received: decimals(readField(order, "totalTipReceivedSet", "shopMoney")),
    total_weight: Number(order["totalWeight"]),
    updated_at: afterShopTime(order["updatedAt"]),
    user_id: null,
    billing_address: renderRestAddress(readField(order, "billingAddress")),
    customer: customer ? renderRestOrderCustomer(customer as SimNode, currency) : null,
    fulfillments: readNodes(order, "fulfillments").map(renderRestFulfillment),
    line_items: lines.map(renderRestLine),
    line_item_groups: renderGroups(lines),
    payment_terms: null,
    refunds: readNodes(order, "refunds").map((refund) => renderRestRefund(order, refund)),
    shipping_address: renderRestAddress(readField(order, "shippingAddress")),
    shipping_lines: readNodes(order, "shippingLines").map(renderRestShippingLine),
    returns: readNodes(order, "returns").map((one) => ({
      id: numberOf(one.id),
      admin_graphql_api_id: one.id,
      name: one["name"],
      status: lower(one["status"]),
    })),
  };
}

/**
 * The body of orders/edited: which lines came and went by how many units, nothing of the order itself. The store keeps
 * no edits: the order's last change stands for the edit's time and, as a number, for its id.
 */
export function renderRestEdit(order: SimNode, edit: unknown): Json {
  const { additions = [], removals = [] } = (edit ?? {}) as Partial<Record<string, Delta[]>>;
  const numbered = (list: readonly Delta[]): Json[] =>
    list.map(({ id, delta }) => ({ id: numberOf(id), delta }));
  const none = { additions: [], removals: [] };
  const at = afterShopTime(order["updatedAt"]);
  return {
    order_edit: {
      id: Date.parse(readText(order, "updatedAt")),
      app_id: null,
      created_at: at,
      committed_at: at,
      notify_customer: false,
      order_id: numberOf(order.id),
      staff_note: "",
      user_id: null,
      line_items: { additions: numbered(additions), removals: numbered(removals) },
      discounts: { line_item: none },
      shipping_lines: none,
    },
  };
}

type Delta = { id: string; delta: number };

/** REST has fewer words for where fulfilment stands; for every other it says null (unfulfilled). */
const FULFILLMENT_WORDS: Readonly<Record<string, string>> = {
  FULFILLED: "fulfilled",
  PARTIALLY_FULFILLED: "partial",
  RESTOCKED: "restocked",
};

/** What the lines cost before discounts, a tip apart. */
function goods(lines: readonly SimNode[]): SimNode["originalTotalSet"][] {
  return lines.filter((line) => line["title"] !== "Tip").map((line) => line["originalTotalSet"]);
}

/** What several lines were sold as, once each. */
function renderGroups(lines: readonly SimNode[]): Json[] {
  const groups = new Map(
    lines.flatMap((line) => {
      const id = readText(line, "lineItemGroup", "id");
      return id === "" ? [] : [[id, line] as const];
    }),
  );
  return [...groups].map(([id, line]) => ({
    id: numberOf(id),
    admin_graphql_api_id: id,
    title: readField(line, "lineItemGroup", "title"),
    quantity: readField(line, "lineItemGroup", "quantity"),
    variant_id: numberOf(readField(line, "lineItemGroup", "variantId")),
    properties: [],
  }));
}
