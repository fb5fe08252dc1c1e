import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { afterShopTime, decimals, numberOf, type Json } from "./rest-values.ts";

/** The body of inventory_levels/update and connect: `available` and no other quantity. */
export function renderRestLevel(level: SimNode): Json {
  const quantities = typeof level["quantities"] === "function" ? level["quantities"] : () => [];
  const [available] = readNodes(quantities({ names: ["available"] }));
  return {
    ...renderRestLevelKey(level),
    available: readField(available, "quantity") ?? null,
    updated_at: afterShopTime(level["updatedAt"]),
    admin_graphql_api_id: level.id,
  };
}

/** The body of inventory_levels/disconnect: which item no longer lies where. */
export function renderRestLevelKey(level: SimNode): Json {
  return {
    // The level's id ends in its item's: known even when the item itself is gone.
    inventory_item_id: Number(/inventory_item_id=(\d+)/.exec(level.id)?.[1] ?? numberOf(itemId(level))),
    location_id: numberOf(readField(level, "location", "id")),
  };
}

function itemId(level: SimNode): string {
  return readText(level, "item", "id");
}

const WEIGHT_UNITS: Readonly<Record<string, string>> = {
  KILOGRAMS: "kg",
  GRAMS: "g",
  POUNDS: "lb",
  OUNCES: "oz",
};

/** The body of inventory_items/create and update. The store knows no codes by country: the list is empty. */
export function renderRestInventoryItem(item: SimNode): Json {
  const cost = readField(item, "unitCost");
  return {
    sku: item["sku"],
    created_at: afterShopTime(item["createdAt"]),
    updated_at: afterShopTime(item["updatedAt"]),
    requires_shipping: readField(item, "requiresShipping"),
    cost: cost ? decimals(cost) : null,
    tracked: readField(item, "tracked"),
    weight_value: readField(item, "measurement", "weight", "value") ?? 0,
    weight_unit: WEIGHT_UNITS[readText(item, "measurement", "weight", "unit")] ?? "kg",
    ...renderRestDeletedItem(item),
  };
}

/** The body of inventory_items/delete: what customs want to know stays in it. */
export function renderRestDeletedItem(item: SimNode): Json {
  return {
    id: numberOf(item.id),
    country_code_of_origin: item["countryCodeOfOrigin"],
    province_code_of_origin: item["provinceCodeOfOrigin"],
    harmonized_system_code: item["harmonizedSystemCode"],
    country_harmonized_system_codes: [],
    admin_graphql_api_id: item.id,
  };
}

/** The body of locations/create, update, activate and deactivate. */
export function renderRestLocation(location: SimNode): Json {
  const of = (name: string) => readField(location, "address", name) ?? null;
  return {
    id: numberOf(location.id),
    name: location["name"],
    address1: of("address1"),
    address2: of("address2"),
    city: of("city"),
    zip: of("zip"),
    province: of("province"),
    country: of("countryCode"),
    phone: of("phone"),
    created_at: afterShopTime(location["createdAt"]),
    updated_at: afterShopTime(location["updatedAt"]),
    country_code: of("countryCode"),
    country_name: of("country"),
    province_code: of("provinceCode"),
    legacy: readField(location, "isFulfillmentService") ?? false,
    active: readField(location, "isActive"),
    admin_graphql_api_id: location.id,
  };
}
