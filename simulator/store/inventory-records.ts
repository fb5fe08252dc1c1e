import { gidOf, idNumber, makeGid } from "./ids.ts";
import { isTracked, planStock } from "./inventory-plan.ts";
import { LOCATIONS } from "./location-records.ts";
import { moneyV2 } from "./money.ts";
import { planVariant } from "./product-plan.ts";
import type { ProductPlan } from "./product-plan.ts";
import type { Find } from "./record-source.ts";
import { SHOP_CURRENCY } from "./shop-record.ts";
import type { StoreContext } from "./store-context.ts";
import { formatTime } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

/** The inventory item of variant `i`. */
export function buildInventoryItem(context: StoreContext, plan: ProductPlan, i: number): SimNode {
  const variant = planVariant(context.seed, plan, i);
  const number = idNumber("InventoryItem", plan.p, i);
  const tracked = isTracked(context.seed, plan, i);
  const variantGid = gidOf("ProductVariant", plan.p, i);
  return {
    __typename: "InventoryItem",
    id: makeGid("InventoryItem", number),
    legacyResourceId: String(number),
    sku: variant.sku,
    tracked,
    requiresShipping: !plan.isGiftCard,
    countryCodeOfOrigin: plan.p % 4 === 3 ? null : "IN",
    provinceCodeOfOrigin: null,
    harmonizedSystemCode: plan.isGiftCard ? null : "621143",
    createdAt: formatTime(plan.createdMs),
    updatedAt: formatTime(plan.updatedMs),
    unitCost: plan.p % 3 === 2 ? null : moneyV2(Math.round(variant.price * 0.38), SHOP_CURRENCY),
    measurement: {
      id: makeGid("InventoryItemMeasurement", number + 7),
      weight: {
        value: variant.grams % 1000 === 0 ? variant.grams / 1000 : variant.grams,
        unit: variant.grams % 1000 === 0 ? "KILOGRAMS" : "GRAMS",
      },
    },
    locationsCount: { count: tracked ? LOCATIONS.length : 1, precision: "EXACT" },
    variant: () => context.find(variantGid),
    variants: () => {
      const record = context.find(variantGid);
      return record ? [record] : [];
    },
    inventoryLevels: () => inventoryLevels(context, plan, i),
    inventoryLevel: (args) =>
      inventoryLevels(context, plan, i).find((_, l) => LOCATIONS[l]?.id === args["locationId"]) ?? null,
  };
}

/** One level per location. */
function inventoryLevels(context: StoreContext, plan: ProductPlan, i: number): SimNode[] {
  const item = idNumber("InventoryItem", plan.p, i);
  const places = isTracked(context.seed, plan, i) ? LOCATIONS : LOCATIONS.slice(0, 1);
  return places.map((place, l) =>
    buildInventoryLevel(context.find, {
      item: String(item),
      location: place.id,
      number: String(place.level),
      counts: () => planStock(context.seed, plan.p, i, l),
      createdAt: formatTime(plan.createdMs),
      updatedAt: formatTime(plan.updatedMs),
    }),
  );
}

/** What lies of an item at a location, by state; a level's id needs its query part to be unique. */
export function buildInventoryLevel(
  find: Find,
  level: {
    /** The number in the item's gid, and that of the level. */
    item: string;
    number: string;
    location: string;
    counts: () => Readonly<Record<string, number>>;
    createdAt: string;
    updatedAt: string;
  },
): SimNode {
  const { item, number, updatedAt } = level;
  // Made when asked for: a search by time reads thousands of levels and no quantity.
  const all = () =>
    Object.entries(level.counts()).map(([name, quantity]) => ({
      id: `${makeGid("InventoryQuantity", number)}?inventory_item_id=${item}&name=${name}`,
      name,
      quantity,
      updatedAt: name === "on_hand" ? null : updatedAt,
    }));
  return {
    __typename: "InventoryLevel",
    id: `${makeGid("InventoryLevel", number)}?inventory_item_id=${item}`,
    isActive: true,
    canDeactivate: true,
    deactivationAlert: null,
    createdAt: level.createdAt,
    updatedAt,
    location: () => find(level.location),
    item: () => find(makeGid("InventoryItem", item)),
    quantities: ({ names }) =>
      Array.isArray(names) ? all().filter((one) => names.includes(one.name)) : all(),
  };
}
