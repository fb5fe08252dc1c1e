import { readField, readNodes } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { numberOf, renderBag, renderSet, type Json } from "./rest-values.ts";

/** One of an order's `line_items`. */
export function renderRestLine(line: SimNode): Json {
  return {
    id: numberOf(line.id),
    admin_graphql_api_id: line.id,
    attributed_staffs: [],
    current_quantity: line["currentQuantity"],
    ...renderRestInnerLine(line, line["quantity"] as number),
    sales_line_item_group_id: numberOf(readField(line, "lineItemGroup", "id")),
    ...(line["title"] === "Tip" ? { tip: { payment_gateway: null, payment_method: null } } : {}),
  };
}

/** A line as refunds and fulfilments repeat it: without what is left of it, and a parcel with its own quantity. */
export function renderRestInnerLine(line: SimNode, quantity: number): Json {
  const fulfillment = line["fulfillmentStatus"];
  return {
    id: numberOf(line.id),
    admin_graphql_api_id: line.id,
    fulfillable_quantity: line["unfulfilledQuantity"],
    fulfillment_service: "manual",
    fulfillment_status: fulfillment === "fulfilled" || fulfillment === "partial" ? fulfillment : null,
    gift_card: line["isGiftCard"],
    grams: readField(line, "weight", "value"),
    name: line["name"],
    ...renderSet("price", line["originalUnitPriceSet"]),
    product_exists: (readField(line, "product") ?? null) !== null,
    product_id: numberOf(readField(line, "product", "id")),
    properties: renderRestAttributes(line),
    quantity,
    requires_shipping: line["requiresShipping"],
    sku: line["sku"],
    taxable: line["taxable"],
    title: line["title"],
    // What was taken off stands in `discount_allocations`; this stays 0.00.
    total_discount: "0.00",
    total_discount_set: noMoney(renderBag(line["originalUnitPriceSet"])),
    variant_id: numberOf(readField(line, "variant", "id")),
    variant_inventory_management: readField(line, "variant") ? "shopify" : null,
    variant_title: line["variantTitle"] ?? "",
    vendor: line["vendor"],
    tax_lines: renderRestTaxLines(line),
    duties: readNodes(line, "duties").map((duty) => ({
      id: String(numberOf(duty.id)),
      admin_graphql_api_id: duty.id,
      harmonized_system_code: duty["harmonizedSystemCode"],
      country_code_of_origin: duty["countryCodeOfOrigin"],
      ...renderBag(duty["price"]),
      tax_lines: [],
    })),
    discount_allocations: renderRestAllocations(line),
  };
}

/** One of an order's `shipping_lines`. */
export function renderRestShippingLine(line: SimNode): Json {
  return {
    id: numberOf(line.id),
    carrier_identifier: line["carrierIdentifier"],
    code: line["code"],
    current_discounted_price_set: renderBag(line["currentDiscountedPriceSet"]),
    ...renderSet("discounted_price", line["discountedPriceSet"]),
    is_removed: line["isRemoved"],
    phone: line["phone"],
    ...renderSet("price", line["originalPriceSet"]),
    requested_fulfillment_service_id: null,
    source: line["source"],
    title: line["title"],
    tax_lines: renderRestTaxLines(line),
    discount_allocations: renderRestAllocations(line),
  };
}

export function renderRestTaxLines(of: SimNode): Json[] {
  return readNodes(of, "taxLines").map((tax) => ({
    ...renderSet("price", tax["priceSet"]),
    rate: tax["rate"],
    title: tax["title"],
    channel_liable: tax["channelLiable"],
  }));
}

/** `customAttributes` as `note_attributes` and `properties`. */
export function renderRestAttributes(of: SimNode): Json[] {
  return readNodes(of, "customAttributes").map(({ key, value }) => ({ name: key, value }));
}

function renderRestAllocations(of: SimNode): Json[] {
  return readNodes(of, "discountAllocations").map((one) => ({
    ...renderSet("amount", one["allocatedAmountSet"]),
    discount_application_index: readField(one, "discountApplication", "index"),
  }));
}

function noMoney(bag: Json | null): Json | null {
  if (bag === null) return null;
  return Object.fromEntries(
    Object.entries(bag).map(([side, money]) => [side, { ...(money as Json), amount: "0.00" }]),
  );
}
