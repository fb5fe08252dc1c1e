import type { FulfillmentPart } from "./order-parts.ts";
import { readQuantity, readRequiredRestId, readRestEnum, readText } from "./read-order-fields.ts";
import { readEach, readOptionalNumericId, readOptionalTime, readStrings, type JsonObject } from "./read.ts";

/** One of a webhook order's `fulfillments`: the only order payload that always says which lines are in the parcel. */
export function decodeRestFulfillment(node: JsonObject): FulfillmentPart {
  const lines = readEach(node, "line_items", (line) => ({
    lineId: readRequiredRestId(line),
    qty: readQuantity(line, "quantity"),
  }));
  return {
    id: readRequiredRestId(node),
    name: readText(node, "name"),
    status: readRestEnum(node, "status") ?? "SUCCESS",
    deliveryStatus: readRestEnum(node, "shipment_status"),
    createdAt: readOptionalTime(node, "created_at") ?? null,
    updatedAt: readOptionalTime(node, "updated_at") ?? null,
    inTransitAt: null,
    deliveredAt: null,
    locationId: readOptionalNumericId(node, "location_id") ?? null,
    totalQty: lines?.reduce((sum, line) => sum + line.qty, 0),
    tracking: decodeTracking(node),
    lines,
  };
}

/** The lists, else the single fields; numbers and links belong together by their place. */
function decodeTracking(node: JsonObject): FulfillmentPart["tracking"] {
  const company = readText(node, "tracking_company");
  const numbers = oneOrMany(node, "tracking_number");
  const urls = oneOrMany(node, "tracking_url");
  const count = Math.max(numbers.length, urls.length, company === null ? 0 : 1);
  return Array.from({ length: count }, (_, index) => ({
    company,
    number: numbers[index] ?? null,
    url: urls[index] ?? null,
  }));
}

function oneOrMany(node: JsonObject, key: string): string[] {
  const many = readStrings(node, `${key}s`) ?? [];
  if (many.length > 0) return many;
  const one = readText(node, key);
  return one === null ? [] : [one];
}
