import { holdFulfillmentOrders, partsOf, releaseFulfillmentOrders } from "#simulator/store/draw-parcels.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import { beginOrderAct, commitOrderAct, told } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

export const HOLD_REASONS = [
  "AWAITING_PAYMENT",
  "AWAITING_RETURN_ITEMS",
  "HIGH_RISK_OF_FRAUD",
  "INCORRECT_ADDRESS",
  "INVENTORY_OUT_OF_STOCK",
  "ONLINE_STORE_POST_PURCHASE_CROSS_SELL",
  "OTHER",
  "UNKNOWN_DELIVERY_DATE",
] as const;

export type HoldOrder = { order: string; reason?: (typeof HOLD_REASONS)[number]; notes?: string | null };

/** Holds all that is left to send. Assumed: the words; one merchant places no second hold without a handle. */
export function holdFulfillment(shop: LiveShop, act: HoldOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, random } = under;
  if (draft.fulfillmentOrders.some((one) => one.status === "ON_HOLD"))
    refuse(
      "The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment order.",
    );
  if (
    draft.cancelledMs !== null ||
    draft.fulfillmentOrders.every((one) => one.lines.every((line) => line.remaining === 0))
  )
    refuse("Fulfillment order is not in a holdable state.");
  holdFulfillmentOrders(random, plan, draft);
  const held = draft.fulfillmentOrders.filter((one) => one.status === "ON_HOLD");
  for (const hold of held.flatMap((one) => one.holds)) {
    if (act.reason !== undefined) {
      hold.reason = act.reason;
      hold.displayReason = act.reason.toLowerCase().replace(/_/g, " ");
      hold.notes = null;
    }
    if (act.notes !== undefined) hold.notes = act.notes;
  }
  return finish(shop, under, "fulfillment_orders/placed_on_hold", held);
}

export function releaseHold(shop: LiveShop, act: { order: string }): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft } = under;
  const held = draft.fulfillmentOrders.filter((one) => one.status === "ON_HOLD");
  if (held.length === 0) refuse("Fulfillment order is not on hold.");
  releaseFulfillmentOrders(draft);
  for (const one of held) {
    const sent = draft.fulfillments.some(
      (parcel) =>
        parcel.status === "SUCCESS" && partsOf(parcel).some((part) => draft.fulfillmentOrders[part] === one),
    );
    if (sent) one.status = "IN_PROGRESS";
  }
  return finish(shop, under, "fulfillment_orders/hold_released", held);
}

function finish(
  shop: LiveShop,
  under: ReturnType<typeof beginOrderAct>,
  topic: string,
  parts: readonly { gid: string }[],
): ActDone {
  const order = commitOrderAct(shop, under);
  const records = readNodes(order, "fulfillmentOrders").filter((one) =>
    parts.some(({ gid }) => gid === one.id),
  );
  return {
    id: order.id,
    happenings: [...records.map((one) => told(topic, one, { order })), told("orders/updated", order)],
  };
}
