import type { SimNode, SimValue } from "#simulator/store/types.ts";

/** What a filter compares: one value or several (any of them may match). */
export type SearchReader = (node: SimNode) => SimValue | undefined;

/**
 * Where each simulated filter finds its value, by node type. A filter that Shopify lists and this
 * table has not is "not simulated yet" and fails loudly. To add one: a line here.
 */
export const SEARCH_READERS: Readonly<Record<string, Readonly<Record<string, SearchReader>>>> = {
  Order: {
    name: at("name"),
    email: at("email"),
    tag: at("tags"),
    test: at("test"),
    status: (order) => [
      order.cancelledAt !== null ? "cancelled" : order.closedAt === null ? "open" : "closed",
      ...(order.closedAt === null ? ["not_closed"] : []),
    ],
    financial_status: at("displayFinancialStatus"),
    fulfillment_status: (order) => fulfillmentWords(order.displayFulfillmentStatus),
    return_status: at("returnStatus"),
    gateway: at("paymentGatewayNames"),
    po_number: at("poNumber"),
    confirmation_number: at("confirmationNumber"),
    source_name: at("sourceName"),
    source_identifier: at("sourceIdentifier"),
    discount_code: at("discountCode"),
    current_total_price: at("currentTotalPriceSet", "shopMoney", "amount"),
    customer_id: at("customer", "id"),
    location_id: at("retailLocation", "id"),
    processed_at: at("processedAt"),
    sku: at("lineItems", "sku"),
  },
  Product: {
    title: at("title"),
    handle: at("handle"),
    vendor: at("vendor"),
    product_type: at("productType"),
    status: at("status"),
    tag: at("tags"),
    gift_card: at("isGiftCard"),
    inventory_total: at("totalInventory"),
    published_at: at("publishedAt"),
    has_only_default_variant: at("hasOnlyDefaultVariant"),
    sku: at("variants", "sku"),
    barcode: at("variants", "barcode"),
    variant_id: at("variants", "id"),
    variant_title: at("variants", "title"),
    price: at("variants", "price"),
  },
  ProductVariant: {
    title: at("title"),
    sku: at("sku"),
    barcode: at("barcode"),
    taxable: at("taxable"),
    inventory_quantity: at("inventoryQuantity"),
    product_id: at("product", "id"),
    product_ids: at("product", "id"),
    product_status: at("product", "status"),
    product_type: at("product", "productType"),
    vendor: at("product", "vendor"),
  },
  Customer: {
    email: at("defaultEmailAddress", "emailAddress"),
    phone: at("defaultPhoneNumber", "phoneNumber"),
    first_name: at("firstName"),
    last_name: at("lastName"),
    state: at("state"),
    tag: at("tags"),
    country: at("defaultAddress", "country"),
    orders_count: at("numberOfOrders"),
    total_spent: at("amountSpent", "amount"),
    customer_date: at("createdAt"),
  },
  InventoryItem: { sku: at("sku") },
  InventoryLevel: { inventory_item_id: at("item", "id") },
  Location: {
    name: at("name"),
    city: at("address", "city"),
    zip: at("address", "zip"),
    active: at("isActive"),
    location_id: at("id"),
  },
  FulfillmentOrder: { status: at("status"), assigned_location_id: at("assignedLocation", "location", "id") },
  BulkOperation: { status: at("status"), operation_type: at("type") },
};

/** Filters every node type answers alike, where its root field lists them. */
export const COMMON_READERS: Readonly<Record<string, SearchReader>> = {
  id: at("id"),
  created_at: at("createdAt"),
  updated_at: at("updatedAt"),
};

/** The fields a bare word is looked for in, by node type. */
export const DEFAULT_SEARCH: Readonly<Record<string, readonly SearchReader[]>> = {
  Order: [at("name"), at("email"), at("customer", "displayName"), at("lineItems", "sku")],
  Product: [at("title"), at("vendor"), at("productType"), at("tags"), at("variants", "sku")],
  ProductVariant: [at("title"), at("sku"), at("barcode")],
  Customer: [
    at("displayName"),
    at("defaultEmailAddress", "emailAddress"),
    at("defaultPhoneNumber", "phoneNumber"),
  ],
  InventoryItem: [at("sku")],
  Location: [at("name")],
  FulfillmentOrder: [at("orderName")],
};

/** Follows `path` from a node; a list on the way gives the values of all its members. */
function at(...path: readonly string[]): SearchReader {
  return (node) => follow(node, path);
}

function follow(value: SimValue | undefined, path: readonly string[]): SimValue | undefined {
  const [field, ...rest] = path;
  const here = typeof value === "function" ? value({}) : value;
  if (Array.isArray(here)) {
    return here.flatMap((member: SimValue) => {
      const found = follow(member, path);
      return found === undefined ? [] : Array.isArray(found) ? (found as SimValue[]) : [found];
    });
  }
  if (field === undefined) return here;
  if (here === null || here === undefined || typeof here !== "object")
    return here === null ? null : undefined;
  return follow((here as Readonly<Record<string, SimValue | undefined>>)[field], rest);
}

/** The filter's words for a `displayFulfillmentStatus`: it has its own for some of them. */
function fulfillmentWords(status: SimValue | undefined): SimValue {
  if (status === "FULFILLED") return ["fulfilled", "shipped"];
  if (status === "PARTIALLY_FULFILLED") return ["partial"];
  if (status === "UNFULFILLED") return ["unfulfilled", "unshipped"];
  return typeof status === "string" ? [status] : null;
}
