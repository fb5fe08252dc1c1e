import { MONEY, money, plain, type Listed } from "./keep-listed.ts";

/** Amounts REST writes as `{key}` and `{key}_set`. */
function amounts(...names: readonly string[]): Record<string, Listed> {
  return { ...plain(names.join(" ")), ...money(names.map((name) => `${name}_set`)) };
}

const TAX_LINES: Listed = { ...plain("title rate"), ...amounts("price") };
const ALLOCATIONS: Listed = { ...plain("discount_application_index"), ...amounts("amount") };
const IDS = "id admin_graphql_api_id";

const LINE: Listed = {
  ...plain(`${IDS} title variant_title sku product_id variant_id product_exists quantity current_quantity
    fulfillable_quantity fulfillment_status requires_shipping gift_card taxable sales_line_item_group_id`),
  ...amounts("price", "total_discount"),
  tip: {},
  discount_allocations: ALLOCATIONS,
  tax_lines: TAX_LINES,
  duties: { ...plain("id"), ...MONEY, price_set: MONEY },
};

const FULFILLMENT: Listed = {
  ...plain(`${IDS} order_id name status shipment_status created_at updated_at location_id service
    tracking_company tracking_number tracking_numbers`),
  line_items: plain(`${IDS} quantity`),
};

const REFUND: Listed = {
  ...plain(`${IDS} created_at processed_at`),
  return: plain(IDS),
  refund_line_items: {
    ...plain("id line_item_id quantity restock_type"),
    ...amounts("subtotal", "total_tax"),
    line_item: plain(IDS),
  },
  refund_shipping_lines: amounts("subtotal_amount", "tax_amount"),
  order_adjustments: { ...plain("id kind"), reason: "text", ...amounts("amount", "tax_amount") },
  duties: money(["amount_set"]),
  transactions: {
    ...plain(`${IDS} kind status gateway currency test created_at processed_at parent_id`),
    ...amounts("amount"),
  },
};

/** What stays of a webhook's order when its person is forgotten: ids, times, statuses, goods, money, parcels. */
export const LISTED_REST_ORDER: Listed = {
  ...plain(`${IDS} name number order_number created_at updated_at processed_at closed_at cancelled_at cancel_reason
    test currency presentment_currency taxes_included duties_included estimated_taxes tax_exempt source_name location_id
    financial_status fulfillment_status payment_gateway_names total_outstanding total_weight`),
  ...amounts(
    "total_price",
    "current_total_price",
    "subtotal_price",
    "current_subtotal_price",
    "total_discounts",
    "current_total_discounts",
    "total_tax",
    "current_total_tax",
    "total_shipping_price",
    "current_shipping_price",
    "total_line_items_price",
    "total_tip_received",
    "original_total_duties",
    "current_total_duties",
    "original_total_additional_fees",
    "current_total_additional_fees",
    "total_cash_rounding_payment_adjustment",
    "total_cash_rounding_refund_adjustment",
  ),
  tags: "tags",
  discount_applications: {
    ...plain("type target_type target_selection allocation_method value value_type"),
    ...{ code: "text", title: "text" },
  },
  discount_codes: { ...plain("amount type"), code: "text" },
  tax_lines: TAX_LINES,
  line_items: LINE,
  shipping_lines: {
    ...plain("id is_removed"),
    ...{ title: "text", code: "text" },
    ...amounts("price", "discounted_price"),
    discount_allocations: ALLOCATIONS,
    tax_lines: TAX_LINES,
  },
  fulfillments: FULFILLMENT,
  refunds: REFUND,
  returns: plain(`${IDS} name status created_at closed_at`),
};
