import type { FulfillmentPart } from "./order-parts.ts";
import { readFulfillmentLines } from "./decode-order-node.ts";
import { decodePayload, readEach, readOptionalGid, readOptionalObject, readOptionalString } from "./read.ts";

/** What a fulfilment order adds to its order: the lines of each fulfilment, and why it may be held. */
export type DecodedFulfillmentOrder = {
  status: string | null;
  /** SHIPPING, PICK_UP, …: how the goods reach the buyer; null where the payload does not say. */
  methodType: string | null;
  holds: string[];
  fulfillments: { id: string; lines: FulfillmentPart["lines"] }[];
};

/** A cached fulfilment order (bulk node with children, or fetched). @throws AppError PAYLOAD_UNREADABLE */
export function decodeFulfillmentOrder(raw: string): DecodedFulfillmentOrder {
  return decodePayload(raw, (node) => ({
    status: readOptionalString(node, "status") ?? null,
    methodType:
      readOptionalObject(node, "deliveryMethod", (method) => readOptionalString(method, "methodType")) ??
      null,
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
  }));
}
