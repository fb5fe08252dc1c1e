/**
 * What an example says, put plainly into the words of the codecs: written for these examples (dollars, no odd values)
 * and sharing no code with the codecs, so that the two can be compared.
 */
import type { Body } from "./documented.ts";

const list = (value: unknown) => value as readonly Body[];
const upper = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : null);
const time = (value: unknown) => (typeof value === "string" ? new Date(value).toISOString() : null);
const words = (value: unknown) => (value as string).split(", ").filter((word) => word !== "");
const cents = (amount: unknown) => Math.round(Number(amount) * 100);

/** The digits at the end of a gid. */
export const exactId = (body: Body): string => /\d+$/.exec(body["admin_graphql_api_id"] as string)?.[0] ?? "";

/** A number with no gid beside it: above 2^53 no id is better than a rounded one. */
const plainId = (value: unknown) => (Number.isSafeInteger(value) ? String(value) : null);

/** Both currencies of an amount; without a set (old versions), the plain amount for both. */
function pair(body: Body, key: string) {
  const set = body[`${key}_set`] as { shop_money: Body; presentment_money: Body } | null | undefined;
  if (set)
    return { shop: cents(set.shop_money["amount"]), presentment: cents(set.presentment_money["amount"]) };
  return { shop: cents(body[key] ?? 0), presentment: cents(body[key] ?? 0) };
}

const byId = (a: { id: string }, b: { id: string }) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

const address = (value: unknown) => {
  if (value === null || value === undefined) return value;
  const told = value as Body;
  return {
    name: told["name"],
    firstName: told["first_name"],
    lastName: told["last_name"],
    company: told["company"],
    address1: told["address1"],
    address2: told["address2"],
    city: told["city"],
    province: told["province"],
    provinceCode: told["province_code"],
    country: told["country"],
    countryCode: told["country_code"],
    zip: told["zip"],
    phone: told["phone"],
  };
};

export function orderAsDecoded(body: Body) {
  const customer = body["customer"] as Body;
  return {
    id: exactId(body),
    name: body["name"],
    createdAt: time(body["created_at"]),
    updatedAt: time(body["updated_at"]),
    processedAt: time(body["processed_at"]) ?? time(body["created_at"]),
    closedAt: time(body["closed_at"]),
    cancelledAt: time(body["cancelled_at"]),
    cancelReason: upper(body["cancel_reason"]),
    test: body["test"],
    currency: body["currency"],
    presentmentCurrency: body["presentment_currency"],
    taxesIncluded: body["taxes_included"],
    email: body["email"],
    phone: body["phone"],
    note: body["note"],
    poNumber: body["po_number"] ?? null,
    tags: words(body["tags"]),
    attributes: [],
    sourceName: body["source_name"],
    financialStatus: upper(body["financial_status"]),
    fulfillmentStatus: upper(body["fulfillment_status"]) ?? "UNFULFILLED",
    gateways: body["payment_gateway_names"],
    discountCodes: list(body["discount_codes"]).map(({ code }) => code),
    customer: {
      id: exactId(customer),
      email: customer["email"],
      firstName: customer["first_name"],
      lastName: customer["last_name"],
      state: upper(customer["state"]),
    },
    shippingAddress: address(body["shipping_address"]),
    billingAddress: address(body["billing_address"]),
    totals: {
      total: pair(body, "total_price"),
      currentTotal: pair(body, "current_total_price"),
      subtotal: pair(body, "subtotal_price"),
      discounts: pair(body, "total_discounts"),
      tax: pair(body, "total_tax"),
      shipping: pair(body, "total_shipping_price"),
      tip: pair(body, "total_tip_received"),
      cashRounding: pair(body, "total_cash_rounding_payment_adjustment"),
      outstanding: pair(body, "total_outstanding"),
    },
    lines: list(body["line_items"])
      .map((line) => ({
        id: exactId(line),
        title: line["title"],
        variantTitle: line["variant_title"],
        sku: line["sku"],
        qty: line["quantity"],
        currentQty: line["current_quantity"] ?? line["quantity"],
        unfulfilledQty: line["fulfillable_quantity"],
        requiresShipping: line["requires_shipping"],
        isGiftCard: line["gift_card"],
        originalUnitPrice: pair(line, "price"),
        allocations: list(line["discount_allocations"]).map((one) => ({ amount: pair(one, "amount") })),
        productId: plainId(line["product_id"]),
        variantId: plainId(line["variant_id"]),
      }))
      .sort(byId),
    shippingLines: list(body["shipping_lines"]).map((line) => ({
      title: line["title"],
      code: line["code"],
      isRemoved: line["is_removed"] ?? false,
      originalPrice: pair(line, "price"),
      discountedPrice: pair(line, "discounted_price"),
    })),
    fulfillments: [],
    refunds: [],
  };
}

/** One of an order's refunds: what it gave back, and for which goods, in the order of the lines. */
export function refundAsDecoded(body: Body) {
  const paid = list(body["transactions"])
    .filter(({ kind, status }) => kind === "refund" && status === "success")
    .reduce((sum, { amount }) => sum + cents(amount), 0);
  return {
    id: exactId(body),
    createdAt: time(body["created_at"]),
    total: { shop: paid, presentment: paid },
    lines: list(body["refund_line_items"])
      .map((line) => ({
        id: exactId(line["line_item"] as Body),
        qty: line["quantity"],
        restockType: upper(line["restock_type"]),
        subtotal: pair(line, "subtotal"),
        tax: pair(line, "total_tax"),
      }))
      .sort(byId)
      .map(({ id, ...line }) => ({ lineId: id, ...line })),
  };
}

export function productAsDecoded(body: Body) {
  const variants = list(body["variants"]);
  const gids = body["variant_gids"] as readonly Body[] | undefined;
  return {
    id: exactId(body),
    isDeletion: false,
    title: body["title"],
    handle: body["handle"],
    descriptionHtml: body["body_html"],
    vendor: body["vendor"],
    productType: body["product_type"],
    status: upper(body["status"]),
    tags: words(body["tags"]),
    publishedAt: time(body["published_at"]),
    variantIds: gids?.map(exactId).sort(),
    variants: variants.map((variant) => ({
      id: exactId(variant),
      title: variant["title"],
      sku: variant["sku"],
      barcode: variant["barcode"],
      position: variant["position"],
      price: variant["price"],
      compareAtPrice: variant["compare_at_price"],
      selectedOptions: [{ name: "Option 1", value: variant["option1"] }],
    })),
  };
}

export function customerAsDecoded(body: Body) {
  const consent = body["email_marketing_consent"] as Body | null | undefined;
  return {
    id: exactId(body),
    isDeletion: false,
    email: body["email"],
    phone: body["phone"],
    firstName: body["first_name"],
    lastName: body["last_name"],
    note: body["note"],
    state: upper(body["state"]),
    taxExempt: body["tax_exempt"],
    createdAt: time(body["created_at"]),
    updatedAt: time(body["updated_at"]),
    defaultAddress: address(body["default_address"]),
    // What webhooks no longer say since 2025-01 is unsaid, not nothing.
    tags: body["tags"] === undefined ? undefined : words(body["tags"]),
    numberOfOrders: body["orders_count"],
    amountSpent: body["total_spent"] === undefined ? undefined : String(Number(body["total_spent"])),
    acceptsMarketing: consent ? consent["state"] === "subscribed" : body["accepts_marketing"],
  };
}
