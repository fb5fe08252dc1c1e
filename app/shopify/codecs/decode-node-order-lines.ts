import { idFromGid } from "#app/lib/gid.ts";
import type {
  DiscountAllocation,
  OrderAttribute,
  OrderLinePart,
  ShippingLinePart,
  TaxLine,
} from "./order-parts.ts";
import { readMoney, readOptionalMoney, type Currencies } from "./read-money.ts";
import { readOptionalQuantity, readQuantity, readRequiredGid, readText } from "./read-order-fields.ts";
import {
  isObject,
  readEach,
  readOptionalBoolean,
  readOptionalDecimal,
  readOptionalObject,
  readOptionalString,
  readString,
  type JsonObject,
} from "./read.ts";

/** One of `lineItems`. */
export function decodeNodeLine(node: JsonObject, money: Currencies): OrderLinePart {
  const qty = readQuantity(node, "quantity");
  const id = (key: string) => readOptionalObject(node, key, (child) => readRequiredGid(child, "id")) ?? null;
  return {
    id: readRequiredGid(node, "id"),
    title: readOptionalString(node, "title") ?? "",
    variantTitle: readText(node, "variantTitle"),
    sku: readText(node, "sku"),
    productId: id("product"),
    variantId: id("variant"),
    variantIsGone: false,
    qty,
    currentQty: readOptionalQuantity(node, "currentQuantity") ?? qty,
    unfulfilledQty: readOptionalQuantity(node, "unfulfilledQuantity") ?? 0,
    requiresShipping: readOptionalBoolean(node, "requiresShipping") ?? true,
    isGiftCard: readOptionalBoolean(node, "isGiftCard") ?? false,
    originalUnitPrice: readMoney(node, "originalUnitPriceSet", money),
    allocations: allocations(node, money),
    taxLines: decodeNodeTaxLines(node, money),
    duties: readEach(node, "duties", (duty) => readMoney(duty, "price", money)) ?? [],
    lineItemGroupId: readOptionalObject(node, "lineItemGroup", decodeGroupId) ?? null,
    attributes: decodeNodeAttributes(node, "customAttributes"),
  };
}

/** One of `shippingLines`. */
export function decodeNodeShippingLine(node: JsonObject, money: Currencies): ShippingLinePart {
  return {
    title: readOptionalString(node, "title") ?? "Shipping",
    code: readText(node, "code"),
    isRemoved: readOptionalBoolean(node, "isRemoved") ?? false,
    originalPrice: readMoney(node, "originalPriceSet", money),
    allocations: allocations(node, money),
    discountedPrice: readOptionalMoney(node, "discountedPriceSet", money),
  };
}

export function decodeNodeTaxLines(node: JsonObject, money: Currencies): TaxLine[] {
  return (
    readEach(node, "taxLines", (line) => ({
      title: readText(line, "title") ?? "Tax",
      rate: readOptionalDecimal(line, "rate") ?? null,
      amount: readMoney(line, "priceSet", money),
    })) ?? []
  );
}

export function decodeNodeAttributes(node: JsonObject, key: string): OrderAttribute[] {
  return (
    readEach(node, key, (child) => ({
      name: readString(child, "key"),
      value: readOptionalString(child, "value") ?? null,
    })) ?? []
  );
}

function allocations(node: JsonObject, money: Currencies): DiscountAllocation[] {
  return (
    readEach(node, "discountAllocations", (allocation) => {
      const application = isObject(allocation["discountApplication"])
        ? allocation["discountApplication"]
        : {};
      return {
        amount: readMoney(allocation, "allocatedAmountSet", money),
        title: readText(application, "code") ?? readText(application, "title"),
        level:
          application["targetSelection"] === "ALL" && application["allocationMethod"] === "ACROSS"
            ? ("order" as const)
            : ("line" as const),
      };
    }) ?? []
  );
}

/** A group is known by its number, as a webhook has it. */
function decodeGroupId(group: JsonObject): string | null {
  const id = readText(group, "id");
  return id?.startsWith("gid://") ? idFromGid(id) : id;
}
