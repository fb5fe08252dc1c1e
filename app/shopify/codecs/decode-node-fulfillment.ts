import type { FulfillmentPart } from "./order-parts.ts";
import { readRequiredGid, readQuantity, readText } from "./read-order-fields.ts";
import {
  hasNextPage,
  readEach,
  readOptionalInteger,
  readOptionalObject,
  readOptionalTime,
  Unreadable,
  type JsonObject,
} from "./read.ts";

/** One of an order node's `fulfillments`. */
export function decodeNodeFulfillment(node: JsonObject): FulfillmentPart {
  return {
    id: readRequiredGid(node, "id"),
    name: readText(node, "name"),
    status: readText(node, "status") ?? "SUCCESS",
    deliveryStatus: deliveryStatus(node),
    createdAt: readOptionalTime(node, "createdAt") ?? null,
    updatedAt: readOptionalTime(node, "updatedAt") ?? null,
    inTransitAt: readOptionalTime(node, "inTransitAt") ?? null,
    deliveredAt: readOptionalTime(node, "deliveredAt") ?? null,
    locationId: readOptionalObject(node, "location", (child) => readRequiredGid(child, "id")) ?? null,
    totalQty: readOptionalInteger(node, "totalQuantity") ?? undefined,
    tracking:
      readEach(node, "trackingInfo", (info) => ({
        company: readText(info, "company"),
        number: readText(info, "number"),
        url: readText(info, "url"),
      })) ?? [],
    lines: readFulfillmentLines(node),
  };
}

/**
 * `displayStatus` mixes what a carrier said with words for "somebody pressed fulfil"; the latter are in `status`, and a
 * webhook's `shipment_status` is null for them.
 */
const NO_NEWS = new Set(["FULFILLED", "MARKED_AS_FULFILLED", "SUBMITTED", "CANCELED"]);

function deliveryStatus(node: JsonObject): string | null {
  const told = readText(node, "displayStatus");
  return told === null || NO_NEWS.has(told) ? null : told;
}

/** The lines of a fulfilment where the payload carries all of them (`fulfillmentLineItems`). */
export function readFulfillmentLines(node: JsonObject): FulfillmentPart["lines"] {
  if (hasNextPage(node, "fulfillmentLineItems")) return undefined;
  return readEach(node, "fulfillmentLineItems", (line) => {
    const lineId = readOptionalObject(line, "lineItem", (child) => readRequiredGid(child, "id"));
    if (!lineId) throw new Unreadable("lineItem", "a line item");
    return { lineId, qty: readQuantity(line, "quantity") };
  });
}
