import { gidOf, idNumber, optionValueGid } from "./ids.ts";
import { availableQuantity, isTracked } from "./inventory-plan.ts";
import { formatFixed } from "./money.ts";
import { planVariant } from "./product-plan.ts";
import type { ProductPlan } from "./product-plan.ts";
import type { StoreContext } from "./store-context.ts";
import { formatTime } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

function selectedOptions(plan: ProductPlan, values: readonly string[]) {
  const options = plan.isDefaultOnly ? [{ name: "Title", values: ["Default Title"] }] : plan.options;
  return options.map((option, o) => {
    const value = plan.isDefaultOnly ? "Default Title" : (values[o] ?? "");
    return {
      name: option.name,
      value,
      optionValue: {
        id: optionValueGid(plan.p, o, option.values.indexOf(value)),
        name: value,
        hasVariants: true,
      },
    };
  });
}

/** Variant `i` of a product; its product and inventory item are looked up when asked for. */
export function buildVariant(context: StoreContext, plan: ProductPlan, i: number): SimNode {
  const { seed } = context;
  const variant = planVariant(seed, plan, i);
  const itemGid = gidOf("InventoryItem", plan.p, i);
  const tracked = isTracked(seed, plan, i);
  return {
    __typename: "ProductVariant",
    id: gidOf("ProductVariant", plan.p, i),
    legacyResourceId: String(idNumber("ProductVariant", plan.p, i)),
    title: variant.title,
    displayName: `${plan.title} - ${variant.title}`,
    sku: variant.sku,
    barcode:
      i % 3 === 0
        ? `890${String(1_000_000_000 + ((plan.p * 2_048 + i) % 1_000_000_000)).slice(0, 10)}`
        : i % 3 === 1
          ? null
          : "",
    position: i + 1,
    price: formatFixed(variant.price, 2),
    compareAtPrice: plan.p % 3 === 0 ? formatFixed(variant.price + 50_000, 2) : null,
    taxable: !plan.isGiftCard,
    availableForSale: () => !tracked || availableQuantity(seed, plan.p, i) > 0,
    inventoryQuantity: () => (tracked ? availableQuantity(seed, plan.p, i) : 0),
    inventoryPolicy: i % 11 === 10 ? "CONTINUE" : "DENY",
    requiresComponents: false,
    createdAt: formatTime(plan.createdMs),
    updatedAt: formatTime(plan.updatedMs),
    selectedOptions: () => selectedOptions(plan, variant.values),
    unitPrice: null,
    showUnitPrice: false,
    inventoryItem: () => context.find(itemGid),
    product: () => context.find(gidOf("Product", plan.p)),
    media: () => [],
  };
}
