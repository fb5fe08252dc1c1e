import { hasMoved } from "./merge-fulfillments.ts";
import { decodeOrder } from "./decode-order.ts";

/** Facts of an order that no later payload takes back (law 3): which gateways were ever named, which parcels ever moved. */
export type WhatOnlyGrows = { gateways: string[]; movedFulfillments: string[] };

/**
 * What a payload that leaves its slot takes with it, so that it can be kept. A payload no codec can read showed nothing.
 * @param shape "rest" is a webhook's body; "bulk" and "detail" are GraphQL nodes
 */
export function readWhatOnlyGrows(shape: "rest" | "bulk" | "detail", text: string): WhatOnlyGrows {
  try {
    const { gateways, fulfillments } = decodeOrder(shape, text);
    return { gateways, movedFulfillments: fulfillments.filter(hasMoved).map(({ id }) => id) };
  } catch {
    return { gateways: [], movedFulfillments: [] };
  }
}
