import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";

/** Orders of which something may still be to be picked: only for those a hold means anything, though others keep theirs written. */
export const heldStatuses: readonly OrderStatus[] = ["on_hold", "partially_shipped", "partially_delivered"];
