import { refuse, type ActionDecision } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import { decideCancel } from "./cancel.ts";
import { decideGoods, decideRelabel } from "./goods.ts";
import { decideHandOver } from "./hand-over.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";
import { decideWay } from "./parcel-way.ts";
import { decideConfirm, decideRelease } from "./release.ts";
import { decideCloseCase, decideOpenReturn, decideReceiveReturn } from "./returns.ts";
import { decideTakeBack } from "./take-back.ts";
import { decideTracking } from "./tracking.ts";

/**
 * What an action writes (facts) and wishes in Shopify (intents), or why it cannot be done now and what to do instead
 * (docs/erp-actions.md has every state and action as a table). Pure: quantities are those of `determineOrderStatus`, before and after.
 */
export function decideOrderAction(state: ActionState, action: OrderAction): ActionDecision {
  const no = notWorkedOn(state);
  if (no) return no;
  switch (action.action) {
    case "allocate":
    case "deallocate":
    case "pick":
    case "pack":
    case "unpack":
      return decideGoods(state, action);
    case "relabel":
      return decideRelabel(state);
    case "hand_over":
      return decideHandOver(state, action);
    case "update_tracking":
      return decideTracking(state, action);
    case "take_back":
      return decideTakeBack(state, action);
    case "deliver":
    case "lose":
    case "initiate_rto":
    case "receive_rto":
      return decideWay(state, action);
    case "cancel":
      return decideCancel(state, action);
    case "open_return":
      return decideOpenReturn(state, action);
    case "receive_return":
      return decideReceiveReturn(state, action);
    case "close_case":
      return decideCloseCase(state, action);
    case "confirm_stop_ship":
      return decideConfirm(state);
    case "release_hold":
      return decideRelease(state, action);
  }
}

/** Orders that are only shown. */
export function notWorkedOn({ order, isHistory, notInErp }: ActionState): { refused: RefusedAction } | null {
  if (notInErp !== null)
    return refuse(
      `The order is not in the ERP: ${notInErp}`,
      "Look at its cache entry: it says what keeps it out, and lets you try it again.",
    );
  if (order.test)
    return refuse("This is a test order", "Nothing is done with test orders; place a real one.");
  if (isHistory)
    return refuse(
      "The order is from before the cut-over date: it is history here",
      "Work on it where it was worked on before, or choose an earlier cut-over date in the settings.",
    );
  return null;
}
