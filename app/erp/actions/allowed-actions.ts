import type { ActionTarget, AllowedAction, Units } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import { cancelFor } from "./cancel.ts";
import { decideOrderAction, notWorkedOn } from "./decide-order-action.ts";
import { goodsActions, goodsFor, relabelFor } from "./goods.ts";
import { handOverFor } from "./hand-over.ts";
import type { OrderActionName, RefusedAction } from "./order-action.ts";
import { wayActions, wayOf } from "./parcel-way.ts";
import { confirmFor } from "./release.ts";
import { closableAs, receivableOf, returnFor } from "./returns.ts";

type Verdict = { units: Units[] } | { refused: RefusedAction } | null;

/** Every action on the order, its parcels, cases and holds: that it can be done, with how many units at most, or why not. */
export function allowedActions(state: ActionState): AllowedAction[] {
  const stopped = notWorkedOn(state);
  const say = (action: OrderActionName, target: ActionTarget, ask: () => Verdict): AllowedAction => {
    const verdict = stopped ?? ask();
    if (verdict !== null && "refused" in verdict)
      return { action, target, ok: false, refused: verdict.refused };
    return { action, target, ok: true, units: verdict?.units ?? [] };
  };
  const ofOrder = [
    ...goodsActions.map((action) => say(action, null, () => goodsFor(state, action))),
    say("relabel", null, () => relabelFor(state)),
    say("hand_over", null, () => handOverFor(state)),
    say("confirm_stop_ship", null, () => confirmFor(state)),
    say("cancel", null, () => cancelFor(state)),
    say("open_return", null, () => returnFor(state)),
  ];
  const ofParcels = state.quantities.shipped.parcels
    .filter(({ left }) => left)
    .flatMap(({ id: parcelId, lines }) => [
      ...wayActions.map((action) => say(action, { parcelId }, () => wayOf(state, action, parcelId))),
      say("take_back", { parcelId }, () => {
        const decided = decideOrderAction(state, { action: "take_back", parcelId });
        return "refused" in decided ? decided : { units: lines ?? [] };
      }),
      say("update_tracking", { parcelId }, () => null),
    ]);
  const ofCases = state.cases.flatMap(({ id: caseId }) => [
    say("receive_return", { caseId }, () => receivableOf(state, caseId)),
    say("close_case", { caseId }, () => {
      const restocked = closableAs(state, caseId, "restocked");
      return restocked && closableAs(state, caseId, "lost") ? restocked : null;
    }),
  ]);
  const ofHolds = state.holds.map(({ key, kind }) =>
    say("release_hold", { hold: kind }, () => {
      const decided = decideOrderAction(state, { action: "release_hold", hold: key ?? kind });
      return "refused" in decided ? decided : null;
    }),
  );
  return [...ofOrder, ...ofParcels, ...ofCases, ...ofHolds];
}
