import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";

/** Orders of which something may still be to be picked: only for those a hold means anything, though others keep theirs written. */
export const heldStatuses: readonly OrderStatus[] = ["on_hold", "partially_shipped", "partially_delivered"];

/**
 * SQL: whether an order is on hold, as every page counts it, along the index `Order_held`. Its status says it, whether for a reason
 * to hold it or for packed goods that must not leave; of one that has left in part its reasons do.
 */
export function isOnHold(order: string): string {
  const statuses = heldStatuses.map((status) => `'${status}'`).join(", ");
  return `(${order}.status = 'on_hold' OR (${order}.holds <> '[]' AND ${order}.status IN (${statuses})))`;
}
