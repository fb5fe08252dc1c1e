import type { SimNode } from "#simulator/store/types.ts";
import { checkGidOf } from "../global-id.ts";
import type { Mutation } from "./mutation-desk.ts";
import { readInputs } from "./read-args.ts";
import { attempt, userError } from "./user-errors.ts";

/**
 * Another location is to send a fulfilment order, or units of it. The words and where they stand are Shopify's for
 * "Location not found." and "Cannot change location."; see the act for what is assumed.
 */
export const fulfillmentOrderMove: Mutation = ({ desk, args }) => {
  const fulfillmentOrder = checkGidOf(String(args["id"]), "FulfillmentOrder");
  const location = checkGidOf(String(args["newLocationId"]), "Location");
  const lines = readInputs(args, "fulfillmentOrderLineItems").map((one) => ({
    id: checkGidOf(String(one["id"]), "FulfillmentOrderLineItem"),
    quantity: Number(one["quantity"]),
  }));
  const moved = attempt(() =>
    desk.perform({
      act: "moveFulfillment",
      fulfillmentOrder,
      location,
      ...(lines.length > 0 ? { lines } : {}),
    }),
  );
  if ("words" in moved) {
    const field = /^(Location not found|Fulfillment order does not exist)/.test(moved.words) ? ["id"] : null;
    return payload(null, null, [userError(field, moved.words)]);
  }
  const { store } = desk.shop;
  const original = store.node(fulfillmentOrder);
  return payload(store.node(moved.done.id), original, []);
};

function payload(moved: SimNode | null, original: SimNode | null, userErrors: unknown[]) {
  const remaining = moved?.id === original?.id ? null : original;
  return {
    movedFulfillmentOrder: moved,
    originalFulfillmentOrder: original,
    remainingFulfillmentOrder: remaining,
    userErrors,
  };
}
