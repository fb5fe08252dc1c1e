import type { AllowedAction } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";

/** Every action on the order, its parcels, cases and holds: that it can be done, or why not. */
export function allowedActions(_state: ActionState): AllowedAction[] {
  return [];
}
