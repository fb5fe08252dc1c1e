import { readFulfillmentLines } from "./decode-node-fulfillment.ts";
import type { DecodedFulfillmentOrder } from "./order-parts.ts";
import {
  decodePayload,
  readEach,
  readOptionalGid,
  readOptionalObject,
  readOptionalString,
  readOptionalTime,
  type JsonObject,
} from "./read.ts";

/** A cached fulfilment order (bulk node with children, or fetched). @throws AppError PAYLOAD_UNREADABLE */
export function decodeFulfillmentOrder(raw: string): DecodedFulfillmentOrder {
  return decodePayload(raw, decodeFulfillmentOrderNode);
}

/** One that came within its order. */
export function decodeFulfillmentOrderNode(node: JsonObject): DecodedFulfillmentOrder {
  return {
    id: readOptionalGid(node, "id") ?? "",
    updatedAt: readOptionalTime(node, "updatedAt") ?? null,
    status: readOptionalString(node, "status") ?? null,
    methodType:
      readOptionalObject(node, "deliveryMethod", (method) => readOptionalString(method, "methodType")) ??
      null,
    locationId:
      readOptionalObject(node, "assignedLocation", (assigned) =>
        readOptionalObject(assigned, "location", (location) => readOptionalGid(location, "id")),
      ) ?? null,
    holds:
      readEach(
        node,
        "fulfillmentHolds",
        (hold) => readOptionalString(hold, "displayReason") ?? "On hold in Shopify",
      ) ?? [],
    fulfillments:
      readEach(node, "fulfillments", (fulfillment) => ({
        id: readOptionalGid(fulfillment, "id") ?? "",
        lines: readFulfillmentLines(fulfillment),
      })) ?? [],
  };
}
