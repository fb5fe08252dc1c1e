import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";

/** What the chart of orders tells apart: five states that can be told apart at a glance, of ten statuses. */
export const orderStates = ["delivered", "shipped", "back", "held", "open"] as const;
export type OrderState = (typeof orderStates)[number];

const stateOf: Record<OrderStatus, OrderState> = {
  open: "open",
  on_hold: "held",
  partially_shipped: "shipped",
  shipped: "shipped",
  partially_delivered: "shipped",
  delivered: "delivered",
  cancelled: "back",
  rto: "back",
  partially_returned: "back",
  returned: "back",
};

/** The state of an order's status; one that this version does not know waits like an open one. */
export function orderState(status: string): OrderState {
  return new Map<string, OrderState>(Object.entries(stateOf)).get(status) ?? "open";
}

/** What a person calls it. */
export const orderStateWords: Record<OrderState, string> = {
  delivered: "Delivered",
  shipped: "Shipped",
  back: "Cancelled or returned",
  held: "On hold",
  open: "Open",
};
