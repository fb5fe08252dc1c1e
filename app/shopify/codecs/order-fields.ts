import type { DecodedOrder } from "./order-parts.ts";

/**
 * One field of an order as the codecs give it, and where each shape says it. `null` = that shape cannot say it; another has
 * to fill it. Paths are those of the payload; `[]` stands for every element of a list or connection.
 */
export type OrderField = {
  field: string;
  rest: string | null;
  bulk: string | null;
  detail: string | null;
  /**
   * What of the value every shape that has the field can say, where one has fewer words than another.
   * @param element the list element the value belongs to, if it belongs to one
   */
  comparable?: (value: unknown, order: DecodedOrder, element: Readonly<Record<string, unknown>>) => unknown;
};

type Options = Pick<OrderField, "comparable">;

const same = (field: string, rest: string, node: string, options: Options = {}): OrderField => ({
  ...{ field, rest, bulk: node, detail: node },
  ...options,
});
const nodesOnly = (field: string, node: string): OrderField => ({
  field,
  rest: null,
  bulk: node,
  detail: node,
});
const notBulk = (field: string, rest: string, detail: string, options: Options = {}): OrderField => ({
  ...{ field, rest, bulk: null, detail },
  ...options,
});
const detailOnly = (field: string, detail: string): OrderField => ({ field, rest: null, bulk: null, detail });

/** A webhook says these amounts in one currency only. */
const inOneCurrency: Options = {
  comparable: (value, order) => (order.currency === order.presentmentCurrency ? value : undefined),
};

/** Words of GraphQL's `displayFulfillmentStatus` that REST has; for every other it says null (unfulfilled). */
const REST_FULFILLMENT_STATUS = ["FULFILLED", "PARTIALLY_FULFILLED", "RESTOCKED"];
/** Words of GraphQL's `displayStatus` of a fulfilment that REST's `shipment_status` does not have. */
const GRAPHQL_DELIVERY_WORDS = ["CARRIER_PICKED_UP", "DELAYED", "LABEL_VOIDED", "NOT_DELIVERED", "PICKED_UP"];

const address = (field: string, rest: string, node: string): OrderField[] =>
  [
    ["name", "name", "name"],
    ["firstName", "first_name", "firstName"],
    ["lastName", "last_name", "lastName"],
    ["company", "company", "company"],
    ["address1", "address1", "address1"],
    ["address2", "address2", "address2"],
    ["city", "city", "city"],
    ["province", "province", "province"],
    ["provinceCode", "province_code", "provinceCode"],
    ["country", "country", "country"],
    ["countryCode", "country_code", "countryCodeV2"],
    ["zip", "zip", "zip"],
    ["phone", "phone", "phone"],
  ].map(([to, snake, camel]) =>
    same(`${field}.${to ?? ""}`, `${rest}.${snake ?? ""}`, `${node}.${camel ?? ""}`),
  );

const allocations = (field: string, rest: string, node: string): OrderField[] => [
  same(
    `${field}.allocations[].amount`,
    `${rest}.discount_allocations[].amount_set`,
    `${node}.discountAllocations[].allocatedAmountSet`,
  ),
  same(
    `${field}.allocations[].title`,
    `${rest}.discount_allocations[].discount_application_index`,
    `${node}.discountAllocations[].discountApplication`,
  ),
  same(
    `${field}.allocations[].level`,
    `${rest}.discount_allocations[].discount_application_index`,
    `${node}.discountAllocations[].discountApplication.allocationMethod`,
  ),
];

const taxLines = (field: string, rest: string, node: string): OrderField[] => [
  same(`${field}[].title`, `${rest}[].title`, `${node}[].title`),
  same(`${field}[].rate`, `${rest}[].rate`, `${node}[].rate`),
  same(`${field}[].amount`, `${rest}[].price_set`, `${node}[].priceSet`),
];

/**
 * The list of law 4: every field of an order, and which shapes can say it. For one state of an order all shapes that have a
 * field agree on it; what only some can say is filled by a fetch. It also tells where a value of the ERP's came from.
 */
export const orderFields: readonly OrderField[] = [
  same("id", "admin_graphql_api_id", "id"),
  same("name", "name", "name"),
  same("createdAt", "created_at", "createdAt"),
  same("updatedAt", "updated_at", "updatedAt"),
  same("processedAt", "processed_at", "processedAt"),
  same("closedAt", "closed_at", "closedAt"),
  same("cancelledAt", "cancelled_at", "cancelledAt"),
  same("cancelReason", "cancel_reason", "cancelReason"),
  same("test", "test", "test"),
  same("currency", "currency", "currencyCode"),
  same("presentmentCurrency", "presentment_currency", "presentmentCurrencyCode"),
  same("taxesIncluded", "taxes_included", "taxesIncluded"),
  same("email", "email", "email"),
  same("phone", "phone", "phone"),
  same("note", "note", "note"),
  same("poNumber", "po_number", "poNumber"),
  same("tags", "tags", "tags"),
  same("attributes[].name", "note_attributes[].name", "customAttributes[].key"),
  same("attributes[].value", "note_attributes[].value", "customAttributes[].value"),
  same("sourceName", "source_name", "sourceName"),
  same("locationId", "location_id", "retailLocation.id"),
  same("financialStatus", "financial_status", "displayFinancialStatus"),
  same("fulfillmentStatus", "fulfillment_status", "displayFulfillmentStatus", {
    comparable: (value) => (REST_FULFILLMENT_STATUS.includes(String(value)) ? value : "UNFULFILLED"),
  }),
  nodesOnly("returnStatus", "returnStatus"),
  same("gateways", "payment_gateway_names", "paymentGatewayNames"),
  same("discountCodes", "discount_codes[].code", "discountCodes"),

  same("customer.id", "customer.admin_graphql_api_id", "customer.id"),
  same("customer.email", "customer.email", "customer.defaultEmailAddress.emailAddress"),
  same("customer.phone", "customer.phone", "customer.defaultPhoneNumber.phoneNumber"),
  same("customer.firstName", "customer.first_name", "customer.firstName"),
  same("customer.lastName", "customer.last_name", "customer.lastName"),
  same("customer.note", "customer.note", "customer.note"),
  same("customer.state", "customer.state", "customer.state"),
  same("customer.taxExempt", "customer.tax_exempt", "customer.taxExempt"),
  same("customer.createdAt", "customer.created_at", "customer.createdAt"),
  same("customer.updatedAt", "customer.updated_at", "customer.updatedAt"),
  nodesOnly("customer.tags", "customer.tags"),
  nodesOnly("customer.numberOfOrders", "customer.numberOfOrders"),
  ...address("shippingAddress", "shipping_address", "shippingAddress"),
  ...address("billingAddress", "billing_address", "billingAddress"),

  same("totals.total", "total_price_set", "totalPriceSet"),
  same("totals.currentTotal", "current_total_price_set", "currentTotalPriceSet"),
  same("totals.subtotal", "subtotal_price_set", "subtotalPriceSet"),
  same("totals.discounts", "total_discounts_set", "totalDiscountsSet"),
  same("totals.tax", "total_tax_set", "totalTaxSet"),
  same("totals.shipping", "total_shipping_price_set", "totalShippingPriceSet"),
  same("totals.tip", "total_tip_received", "totalTipReceivedSet"),
  same("totals.duties", "original_total_duties_set", "originalTotalDutiesSet"),
  same("totals.currentSubtotal", "current_subtotal_price_set", "currentSubtotalPriceSet"),
  same("totals.currentTax", "current_total_tax_set", "currentTotalTaxSet"),
  same("totals.currentShipping", "current_shipping_price_set", "currentShippingPriceSet"),
  same("totals.currentDuties", "current_total_duties_set", "currentTotalDutiesSet"),
  same("totals.currentFees", "current_total_additional_fees_set", "currentTotalAdditionalFeesSet"),
  same("totals.adjustments", "refunds[].order_adjustments[].amount_set", "refundDiscrepancySet"),
  same(
    "totals.cashRounding",
    "total_cash_rounding_payment_adjustment_set",
    "totalCashRoundingAdjustment.paymentSet",
  ),
  nodesOnly("totals.received", "totalReceivedSet"),
  same("totals.refunded", "refunds[].transactions[].amount", "totalRefundedSet", inOneCurrency),
  same("totals.outstanding", "total_outstanding", "totalOutstandingSet", inOneCurrency),
  same("totals.outstandingInShop", "total_outstanding", "totalOutstandingSet.shopMoney"),
  ...taxLines("taxLines", "tax_lines", "taxLines"),
  // A webhook has the sum of the fees and no names: the merge takes names of the same sum from elsewhere.
  nodesOnly("fees[].title", "additionalFees[].name"),
  nodesOnly("fees[].amount", "additionalFees[].price"),

  same("lines[].id", "line_items[].admin_graphql_api_id", "lineItems[].id"),
  same("lines[].title", "line_items[].title", "lineItems[].title"),
  same("lines[].variantTitle", "line_items[].variant_title", "lineItems[].variantTitle"),
  same("lines[].sku", "line_items[].sku", "lineItems[].sku"),
  same("lines[].productId", "line_items[].product_id", "lineItems[].product.id"),
  same("lines[].variantId", "line_items[].variant_id", "lineItems[].variant.id"),
  { field: "lines[].variantIsGone", rest: "line_items[].product_exists", bulk: null, detail: null },
  same("lines[].qty", "line_items[].quantity", "lineItems[].quantity"),
  same("lines[].currentQty", "line_items[].current_quantity", "lineItems[].currentQuantity"),
  same("lines[].unfulfilledQty", "line_items[].fulfillable_quantity", "lineItems[].unfulfilledQuantity"),
  same("lines[].requiresShipping", "line_items[].requires_shipping", "lineItems[].requiresShipping"),
  same("lines[].isGiftCard", "line_items[].gift_card", "lineItems[].isGiftCard"),
  same("lines[].originalUnitPrice", "line_items[].price_set", "lineItems[].originalUnitPriceSet"),
  ...allocations("lines[]", "line_items[]", "lineItems[]"),
  ...taxLines("lines[].taxLines", "line_items[].tax_lines", "lineItems[].taxLines"),
  same("lines[].duties[]", "line_items[].duties[]", "lineItems[].duties[].price"),
  same("lines[].lineItemGroupId", "line_items[].sales_line_item_group_id", "lineItems[].lineItemGroup.id"),
  same("lines[].attributes[].name", "line_items[].properties[].name", "lineItems[].customAttributes[].key"),
  same(
    "lines[].attributes[].value",
    "line_items[].properties[].value",
    "lineItems[].customAttributes[].value",
  ),

  same("shippingLines[].title", "shipping_lines[].title", "shippingLines[].title"),
  same("shippingLines[].code", "shipping_lines[].code", "shippingLines[].code"),
  same("shippingLines[].isRemoved", "shipping_lines[].is_removed", "shippingLines[].isRemoved"),
  same("shippingLines[].originalPrice", "shipping_lines[].price_set", "shippingLines[].originalPriceSet"),
  same(
    "shippingLines[].discountedPrice",
    "shipping_lines[].discounted_price_set",
    "shippingLines[].discountedPriceSet",
  ),
  ...allocations("shippingLines[]", "shipping_lines[]", "shippingLines[]"),

  same("fulfillments[].id", "fulfillments[].admin_graphql_api_id", "fulfillments[].id"),
  same("fulfillments[].name", "fulfillments[].name", "fulfillments[].name"),
  same("fulfillments[].status", "fulfillments[].status", "fulfillments[].status"),
  same("fulfillments[].deliveryStatus", "fulfillments[].shipment_status", "fulfillments[].displayStatus", {
    // A cancelled fulfilment keeps its carrier's last word in REST only.
    comparable: (value, _order, { status }) =>
      status === "CANCELLED" || GRAPHQL_DELIVERY_WORDS.includes(String(value)) ? null : value,
  }),
  same("fulfillments[].createdAt", "fulfillments[].created_at", "fulfillments[].createdAt"),
  same("fulfillments[].updatedAt", "fulfillments[].updated_at", "fulfillments[].updatedAt"),
  nodesOnly("fulfillments[].inTransitAt", "fulfillments[].inTransitAt"),
  nodesOnly("fulfillments[].deliveredAt", "fulfillments[].deliveredAt"),
  same("fulfillments[].locationId", "fulfillments[].location_id", "fulfillments[].location.id"),
  same("fulfillments[].totalQty", "fulfillments[].line_items[].quantity", "fulfillments[].totalQuantity"),
  same(
    "fulfillments[].tracking[].company",
    "fulfillments[].tracking_company",
    "fulfillments[].trackingInfo[].company",
  ),
  same(
    "fulfillments[].tracking[].number",
    "fulfillments[].tracking_numbers",
    "fulfillments[].trackingInfo[].number",
  ),
  same("fulfillments[].tracking[].url", "fulfillments[].tracking_urls", "fulfillments[].trackingInfo[].url"),
  notBulk("fulfillments[].lines", "fulfillments[].line_items", "fulfillments[].fulfillmentLineItems", {
    // Each shape has an order of its own for them.
    comparable: (value) => (Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value),
  }),

  same("refunds[].id", "refunds[].admin_graphql_api_id", "refunds[].id"),
  same("refunds[].createdAt", "refunds[].created_at", "refunds[].createdAt"),
  same("refunds[].total", "refunds[].transactions[].amount", "refunds[].totalRefundedSet", inOneCurrency),
  same("refunds[].returnId", "refunds[].return.admin_graphql_api_id", "refunds[].return.id"),
  notBulk("refunds[].lines", "refunds[].refund_line_items", "refunds[].refundLineItems"),
  notBulk(
    "refunds[].shipping[].subtotal",
    "refunds[].refund_shipping_lines[].subtotal_amount_set",
    "refunds[].refundShippingLines[].subtotalAmountSet",
  ),
  detailOnly("refunds[].shipping[].tax", "refunds[].refundShippingLines[].taxAmountSet"),
  notBulk("refunds[].adjustments", "refunds[].order_adjustments", "refunds[].orderAdjustments"),
  same("refunds[].duties[]", "refunds[].duties[].amount_set", "refunds[].duties[].amountSet"),

  same("returns[].id", "returns[].admin_graphql_api_id", "returns[].id"),
  same("returns[].status", "returns[].status", "returns[].status"),
  nodesOnly("returns[].name", "returns[].name"),
  nodesOnly("returns[].createdAt", "returns[].createdAt"),
  nodesOnly("returns[].closedAt", "returns[].closedAt"),
  nodesOnly("returns[].lines", "returns[].returnLineItems"),
  detailOnly("returns[].exchangeLineIds", "returns[].exchangeLineItems"),

  ...["id", "kind", "status", "gateway", "processedAt", "test"].map((key) =>
    nodesOnly(`transactions[].${key}`, `transactions[].${key}`),
  ),
  ...["id", "updatedAt", "status"].map((key) =>
    detailOnly(`fulfillmentOrders[].${key}`, `fulfillmentOrders[].${key}`),
  ),
  detailOnly("fulfillmentOrders[].methodType", "fulfillmentOrders[].deliveryMethod.methodType"),
  detailOnly("fulfillmentOrders[].locationId", "fulfillmentOrders[].assignedLocation.location.id"),
  detailOnly("fulfillmentOrders[].holds", "fulfillmentOrders[].fulfillmentHolds"),
  detailOnly("fulfillmentOrders[].fulfillments", "fulfillmentOrders[].fulfillments"),

  nodesOnly("transactions[].amount", "transactions[].amountSet"),
  nodesOnly("transactions[].parentId", "transactions[].parentTransaction.id"),
];

/** The value of a field path in a decoded order; lists stay lists, `undefined` where nothing says it. */
export function valueAt(order: DecodedOrder, { field, comparable }: OrderField): unknown {
  const read = (
    node: unknown,
    path: readonly string[],
    element: Readonly<Record<string, unknown>>,
  ): unknown => {
    const [key, ...rest] = path;
    if (key === undefined) return comparable ? comparable(node, order, element) : node;
    if (node === undefined || node === null) return node;
    if (typeof node !== "object") return undefined;
    const isList = key.endsWith("[]");
    const child: unknown = (node as Record<string, unknown>)[isList ? key.slice(0, -2) : key];
    if (!isList) return read(child, rest, element);
    if (!Array.isArray(child)) return child;
    return child.map((one: unknown) => read(one, rest, one as Record<string, unknown>));
  };
  return read(order, field.split("."), {});
}
