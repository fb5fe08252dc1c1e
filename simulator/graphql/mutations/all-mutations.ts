import { setTimeout as wait } from "node:timers/promises";
import { fulfillmentCreate } from "./fulfillment-create.ts";
import { fulfillmentOrderMove } from "./fulfillment-order-move.ts";
import {
  fulfillmentCancel,
  fulfillmentEventCreate,
  fulfillmentTrackingInfoUpdate,
} from "./fulfillment-updates.ts";
import { idempotent } from "./idempotent.ts";
import { inventoryAdjustQuantities, inventorySetQuantities } from "./inventory-quantities.ts";
import type { Mutation } from "./mutation-desk.ts";
import { orderCancel } from "./order-cancel.ts";
import { orderEditBegin, orderEditCommit, orderEditSetQuantity } from "./order-edit.ts";
import { orderCreateManualPayment, orderMarkAsPaid } from "./order-payments.ts";

const PLAIN: Readonly<Record<string, Mutation>> = {
  fulfillmentCreate,
  fulfillmentTrackingInfoUpdate,
  fulfillmentEventCreate,
  fulfillmentCancel,
  fulfillmentOrderMove,
  orderCancel,
  orderEditBegin,
  orderEditSetQuantity,
  orderEditCommit,
  orderMarkAsPaid,
  orderCreateManualPayment,
};

const noGroup = (error: unknown) => ({ inventoryAdjustmentGroup: null, userErrors: [error] });

const MUTATIONS = new Map<string, Mutation>([
  ...Object.entries(PLAIN).map(([name, mutation]) => [name, slowly(mutation)] as const),
  ["inventorySetQuantities", idempotent(slowly(inventorySetQuantities), noGroup)],
  ["inventoryAdjustQuantities", idempotent(slowly(inventoryAdjustQuantities), noGroup)],
]);

/** The mutation of a name; null = not simulated. */
export function findMutation(name: string): Mutation | null {
  return MUTATIONS.get(name) ?? null;
}

/** The fault `mutation-slow`: Shopify is at work for a while, and the thing happens at the end of it. */
function slowly(mutation: Mutation): Mutation {
  return async (call) => {
    const slow = call.desk.faults.strike("mutation-slow", { operations: [call.name] });
    if (slow !== null) await wait(slow.delayMs ?? 1_000, undefined, { ref: false });
    return mutation(call);
  };
}
