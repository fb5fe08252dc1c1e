import { readField, readNodes, readText } from "#simulator/store/fixtures/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestFulfillment, renderRestRefund } from "./render-rest-parcels.ts";
import {
  afterShopTime,
  decimals,
  lower,
  numberOf,
  renderAddress,
  renderBag,
  renderSet,
  textOrNull,
  type Json,
} from "./render-rest-values.ts";

/**
 * A simulated order as the body of orders/updated, written after Shopify's documentation examples and recorded
 * deliveries: snake_case, number ids, padded amounts, the shop's time offset, `""` and null where Shopify writes them.
 */
export function renderRestOrder(order: SimNode): Json {
  const currency = readText(order, "currencyCode");
  const applications = readNodes(order, "discountApplications");
  const customer = readField(order, "customer");
  const lines = readNodes(order, "lineItems");
  return {
    id: numberOf(order.id),
    admin_graphql_api_id: order.id,
    cancel_reason: lower(order["cancelReason"]),
    cancelled_at: afterShopTime(order["cancelledAt"]),
    closed_at: afterShopTime(order["closedAt"]),
    created_at: afterShopTime(order["createdAt"]),
    currency,
    ...renderSet("current_total_price", order["currentTotalPriceSet"]),
    current_total_duties_set: renderBag(order["currentTotalDutiesSet"]),
    discount_codes: applications.flatMap((one) => {
      const code =
        readText(one, "code") ||
        (one["__typename"] === "ManualDiscountApplication" && readText(one, "title"));
      return code ? [{ code, amount: "1.00", type: "percentage" }] : [];
    }),
    email: order["email"] ?? "",
    financial_status: lower(order["displayFinancialStatus"]),
    fulfillment_status:
      { FULFILLED: "fulfilled", PARTIALLY_FULFILLED: "partial", RESTOCKED: "restocked" }[
        readText(order, "displayFulfillmentStatus")
      ] ?? null,
    location_id: numberOf(readField(order, "retailLocation", "id")),
    name: order["name"],
    note: order["note"],
    note_attributes: readNodes(order, "customAttributes").map(({ key, value }) => ({ name: key, value })),
    original_total_additional_fees_set: null,
    original_total_duties_set: renderBag(order["originalTotalDutiesSet"]),
    payment_gateway_names: order["paymentGatewayNames"],
    phone: order["phone"],
    po_number: order["poNumber"],
    presentment_currency: order["presentmentCurrencyCode"],
    processed_at: afterShopTime(order["processedAt"]),
    source_name: order["sourceName"],
    ...renderSet("subtotal_price", order["subtotalPriceSet"]),
    tags: (order["tags"] as string[]).join(", "),
    tax_lines: renderTaxLines(order),
    taxes_included: order["taxesIncluded"],
    test: order["test"],
    total_cash_rounding_payment_adjustment_set: renderBag(
      readField(order, "totalCashRoundingAdjustment", "paymentSet"),
    ),
    ...renderSet("total_discounts", order["totalDiscountsSet"]),
    total_outstanding: decimals(readField(order, "totalOutstandingSet", "shopMoney")),
    ...renderSet("total_price", order["totalPriceSet"]),
    total_shipping_price_set: renderBag(order["totalShippingPriceSet"]),
    ...renderSet("total_tax", order["totalTaxSet"]),
    total_tip_received: decimals(readField(order, "totalTipReceivedSet", "shopMoney")),
    updated_at: afterShopTime(order["updatedAt"]),
    billing_address: renderAddress(readField(order, "billingAddress")),
    customer: customer ? renderCustomer(customer as SimNode) : null,
    discount_applications: applications.map((one) => ({
      target_type: lower(one["targetType"]),
      type: lower(
        readText(one, "__typename")
          .replace(/Application$/, "")
          .replace("DiscountCode", "discount_code")
          .replace(/Discount$/, ""),
      ),
      value: "1.0",
      value_type: "percentage",
      allocation_method: lower(one["allocationMethod"]),
      target_selection: lower(one["targetSelection"]),
      ...(readText(one, "code") ? { code: one["code"] } : { title: one["title"] }),
    })),
    fulfillments: readNodes(order, "fulfillments").map(renderRestFulfillment),
    line_items: lines.map(renderLine),
    refunds: readNodes(order, "refunds").map((refund) => renderRestRefund(refund)),
    shipping_address: renderAddress(readField(order, "shippingAddress")),
    shipping_lines: readNodes(order, "shippingLines").map((line) => ({
      id: numberOf(line.id),
      code: line["code"],
      is_removed: line["isRemoved"],
      title: line["title"],
      ...renderSet("price", line["originalPriceSet"]),
      ...renderSet("discounted_price", line["discountedPriceSet"]),
      tax_lines: renderTaxLines(line),
      discount_allocations: renderAllocations(line),
    })),
    returns: [],
  };
}

function renderLine(line: SimNode): Json {
  return {
    id: numberOf(line.id),
    admin_graphql_api_id: line.id,
    current_quantity: line["currentQuantity"],
    fulfillable_quantity: line["unfulfilledQuantity"],
    gift_card: line["isGiftCard"],
    name: line["name"],
    ...renderSet("price", line["originalUnitPriceSet"]),
    product_id: numberOf(readField(line, "product", "id")),
    properties: readNodes(line, "customAttributes").map(({ key, value }) => ({ name: key, value })),
    quantity: line["quantity"],
    requires_shipping: line["requiresShipping"],
    sales_line_item_group_id: numberOf(readField(line, "lineItemGroup", "id")),
    sku: line["sku"],
    title: line["title"],
    total_discount: "0.00",
    variant_id: numberOf(readField(line, "variant", "id")),
    variant_title: line["variantTitle"] ?? "",
    tax_lines: renderTaxLines(line),
    duties: readNodes(line, "duties").map((duty) => ({
      id: textOrNull(numberOf(duty.id)),
      ...renderBag(duty["price"]),
      tax_lines: [],
    })),
    discount_allocations: renderAllocations(line),
    ...(line["title"] === "Tip" ? { tip: { payment_gateway: null, payment_method: null } } : {}),
  };
}

function renderTaxLines(of: SimNode): Json[] {
  return readNodes(of, "taxLines").map((tax) => ({
    title: tax["title"],
    rate: tax["rate"],
    ...renderSet("price", tax["priceSet"]),
  }));
}

function renderAllocations(of: SimNode): Json[] {
  return readNodes(of, "discountAllocations").map((one) => ({
    ...renderSet("amount", one["allocatedAmountSet"]),
    discount_application_index: readField(one, "discountApplication", "index"),
  }));
}

/** Without tags, counts and consent: webhooks dropped them with 2025-01. */
function renderCustomer(customer: SimNode): Json {
  return {
    id: numberOf(customer.id),
    admin_graphql_api_id: customer.id,
    created_at: afterShopTime(customer["createdAt"]),
    updated_at: afterShopTime(customer["updatedAt"]),
    first_name: customer["firstName"],
    last_name: customer["lastName"],
    state: lower(customer["state"]),
    note: customer["note"],
    tax_exempt: customer["taxExempt"],
    email: readField(customer, "defaultEmailAddress", "emailAddress") ?? null,
    phone: readField(customer, "defaultPhoneNumber", "phoneNumber") ?? null,
    default_address: renderAddress(readField(customer, "defaultAddress")),
  };
}
