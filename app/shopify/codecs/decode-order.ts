import { decodeOrderNode } from "./decode-order-node.ts";
import { decodeOrderRest } from "./decode-order-rest.ts";
import type { DecodedOrder } from "./order-parts.ts";
import { decodePayload } from "./read.ts";

/**
 * A cached order payload of any shape.
 * @param shape "rest" is a webhook's body; "bulk" and "detail" are GraphQL nodes
 * @throws AppError PAYLOAD_UNREADABLE naming the path
 */
export function decodeOrder(shape: "rest" | "bulk" | "detail", text: string): DecodedOrder {
  return decodePayload(text, shape === "rest" ? decodeOrderRest : decodeOrderNode);
}
