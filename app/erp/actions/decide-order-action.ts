import { refuse, type ActionDecision } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import type { OrderAction } from "./order-action.ts";

/**
 * What an action writes (facts) and wishes in Shopify (intents), or why it cannot be done now and what to do instead
 * (docs/erp-actions.md has every state and action as a table).
 */
export function decideOrderAction(_state: ActionState, { action }: OrderAction): ActionDecision {
  return refuse(`${action} is not there yet`, "Wait.");
}
