import { isObject, readOptionalDecimal, trimDecimal } from "./read.ts";
import type { JsonObject } from "./read.ts";

/** Grams in Shopify's `WeightUnit`s. A unit that we do not know gives no weight rather than a wrong one. */
const GRAMS_IN = new Map([
  ["GRAMS", 1],
  ["KILOGRAMS", 1000],
  ["OUNCES", 28.349523125],
  ["POUNDS", 453.59237],
]);

/**
 * Weight of an inventory item (`measurement { weight { value unit } }`) in grams, to a millionth.
 * @returns a trimmed decimal, null when Shopify says there is none, undefined when it does not say
 */
export function decodeWeightGrams(inventoryItem: JsonObject): string | null | undefined {
  const measurement = inventoryItem["measurement"];
  if (!isObject(measurement)) return measurement === null ? null : undefined;
  const weight = measurement["weight"];
  if (!isObject(weight)) return weight === null ? null : undefined;
  const value = readOptionalDecimal(weight, "value");
  const factor = GRAMS_IN.get(String(weight["unit"]));
  if (value === null || value === undefined || factor === undefined) return undefined;
  return trimDecimal((Number(value) * factor).toFixed(6));
}
