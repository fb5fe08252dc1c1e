import type {
  DiscountAllocation,
  OrderAttribute,
  OrderLinePart,
  ShippingLinePart,
  TaxLine,
} from "./order-parts.ts";
import { readMoney, type Currencies } from "./read-money.ts";
import { readOptionalQuantity, readQuantity, readRequiredRestId, readText } from "./read-order-fields.ts";
import { readOptionalRestMoney, readRestMoney } from "./read-rest-money.ts";
import {
  isObject,
  readEach,
  readOptionalBoolean,
  readOptionalDecimal,
  readOptionalInteger,
  readOptionalNumericId,
  readOptionalString,
  type JsonObject,
} from "./read.ts";

/** What the lines of a webhook's order need of their order. */
export type RestOrderFrame = {
  money: Currencies;
  /** The order's `discount_applications`, to which allocations point by index. */
  applications: readonly unknown[];
};

/** One of `line_items`. */
export function decodeRestLine(node: JsonObject, { money, applications }: RestOrderFrame): OrderLinePart {
  const qty = readQuantity(node, "quantity");
  const currentQty = readOptionalQuantity(node, "current_quantity") ?? qty;
  return {
    id: readRequiredRestId(node),
    title: readOptionalString(node, "title") ?? "",
    variantTitle: readText(node, "variant_title"),
    sku: readText(node, "sku"),
    productId: readOptionalNumericId(node, "product_id") ?? null,
    variantId: readOptionalNumericId(node, "variant_id") ?? null,
    variantIsGone: node["product_exists"] === false && readOptionalNumericId(node, "variant_id") != null,
    qty,
    currentQty,
    unfulfilledQty:
      readOptionalQuantity(node, "fulfillable_quantity") ??
      (readText(node, "fulfillment_status") === "fulfilled" ? 0 : currentQty),
    requiresShipping: readOptionalBoolean(node, "requires_shipping") ?? true,
    isGiftCard: readOptionalBoolean(node, "gift_card") ?? false,
    originalUnitPrice: readRestMoney(node, "price", money),
    allocations: allocations(node, money, applications),
    taxLines: decodeRestTaxLines(node, money),
    // A REST duty is its own money bag: `{ id, shop_money, presentment_money, tax_lines }`.
    duties:
      readEach(node, "duties", (duty) => readMoney({ duty: duty["price_set"] ?? duty }, "duty", money)) ?? [],
    lineItemGroupId: readOptionalNumericId(node, "sales_line_item_group_id") ?? null,
    attributes: readRestAttributes(node, "properties"),
  };
}

/** One of `shipping_lines`. */
export function decodeRestShippingLine(
  node: JsonObject,
  { money, applications }: RestOrderFrame,
): ShippingLinePart {
  return {
    title: readOptionalString(node, "title") ?? "Shipping",
    code: readText(node, "code"),
    isRemoved: readOptionalBoolean(node, "is_removed") ?? false,
    originalPrice: readRestMoney(node, "price", money),
    allocations: allocations(node, money, applications),
    discountedPrice: readOptionalRestMoney(node, "discounted_price", money),
  };
}

export function decodeRestTaxLines(node: JsonObject, money: Currencies): TaxLine[] {
  return (
    readEach(node, "tax_lines", (line) => ({
      title: readText(line, "title") ?? "Tax",
      rate: readOptionalDecimal(line, "rate") ?? null,
      amount: readRestMoney(line, "price", money),
    })) ?? []
  );
}

/**
 * `note_attributes` and `properties`. GraphQL's values are text; REST lets through whatever an app wrote
 * (numbers, true, lists), and old apps write one object instead of a list.
 */
export function readRestAttributes(node: JsonObject, key: string): OrderAttribute[] {
  const told = node[key];
  const list = isObject(told) ? Object.entries(told).map(([name, value]) => ({ name, value })) : told;
  return (
    readEach({ [key]: list }, key, (child) => ({
      name: readOptionalString(child, "name") ?? "",
      value: attributeText(child),
    })) ?? []
  );
}

function attributeText(child: JsonObject): string | null {
  const value = child["value"];
  const isText = value === undefined || value === null || typeof value === "string";
  return isText ? (readOptionalString(child, "value") ?? null) : JSON.stringify(value);
}

/** What was taken off a line. `total_discount` is no help: it says "0.00" while the allocations hold the discounts. */
function allocations(
  node: JsonObject,
  money: Currencies,
  applications: readonly unknown[],
): DiscountAllocation[] {
  return (
    readEach(node, "discount_allocations", (allocation) => {
      const index = readOptionalInteger(allocation, "discount_application_index") ?? -1;
      const told = applications[index];
      const application = isObject(told) ? told : {};
      return {
        amount: readRestMoney(allocation, "amount", money),
        title: readText(application, "code") ?? readText(application, "title"),
        level:
          application["target_selection"] === "all" && application["allocation_method"] === "across"
            ? ("order" as const)
            : ("line" as const),
      };
    }) ?? []
  );
}
