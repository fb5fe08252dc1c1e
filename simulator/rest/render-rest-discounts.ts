import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { decimals, lower, sumBags, type Json } from "./rest-values.ts";

const TYPES: Readonly<Record<string, string>> = {
  DiscountCodeApplication: "discount_code",
  ManualDiscountApplication: "manual",
  AutomaticDiscountApplication: "automatic",
  ScriptDiscountApplication: "script",
};

/**
 * `discount_applications`, and `discount_codes` as Shopify still writes them: the amount is money even where the type is
 * `percentage`, and a draft order's manual discount is listed under its title.
 */
export function renderRestDiscounts(order: SimNode): Json {
  const applications = readNodes(order, "discountApplications");
  const allocations = [...readNodes(order, "lineItems"), ...readNodes(order, "shippingLines")].flatMap(
    (line) => readNodes(line, "discountAllocations"),
  );
  const takenOff = (index: number): string =>
    decimals(
      readField(
        sumBags(
          order,
          allocations
            .filter((one) => readField(one, "discountApplication", "index") === index)
            .map((one) => one["allocatedAmountSet"]),
        ),
        "shopMoney",
      ),
    );
  return {
    discount_codes: applications.flatMap((one, index) => {
      const code =
        readText(one, "code") ||
        (one["__typename"] === "ManualDiscountApplication" && readText(one, "title"));
      if (!code) return [];
      const type = one["targetType"] === "SHIPPING_LINE" ? "shipping" : valueOf(one).value_type;
      return [{ code, amount: takenOff(index), type }];
    }),
    discount_applications: applications.map((one) => ({
      target_type: lower(one["targetType"]),
      type: TYPES[readText(one, "__typename")] ?? "manual",
      ...valueOf(one),
      allocation_method: lower(one["allocationMethod"]),
      target_selection: lower(one["targetSelection"]),
      ...(readText(one, "code") ? { code: one["code"] } : { title: one["title"] }),
      ...(readText(one, "description") ? { description: one["description"] } : {}),
    })),
  };
}

function valueOf(application: SimNode): { value: string; value_type: "percentage" | "fixed_amount" } {
  const percentage = readField(application, "value", "percentage");
  if (typeof percentage !== "number")
    return { value: readText(application, "value", "amount"), value_type: "fixed_amount" };
  return {
    value: Number.isInteger(percentage) ? percentage.toFixed(1) : String(percentage),
    value_type: "percentage",
  };
}
