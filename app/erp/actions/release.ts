/** A person's word against what stops goods: a stop-ship, a hold. */
import { refuse, type ActionDecision } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import { goneOrder, nextOfGoods } from "./goods.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";

export function confirmFor(state: ActionState): { refused: RefusedAction } | null {
  if (state.stopShip.length === 0)
    return refuse("Nothing stops what is packed from leaving", nextOfGoods(state));
  return goneOrder(state);
}

/** Every reason that stands now, each once; news that comes later stops the goods anew. */
export function decideConfirm(state: ActionState): ActionDecision {
  const no = confirmFor(state);
  if (no) return no;
  const { stopShip } = state;
  return {
    facts: [
      {
        ...{ kind: "stop_ship_confirmed", lineId: null, parcelId: null, qty: null },
        details: { keys: stopShip.map(({ key }) => key) },
      },
    ],
    intents: [],
    words: `May leave as it is packed, though: ${stopShip.map(({ words }) => words).join("; ")}`,
  };
}

export function decideRelease(
  { holds }: ActionState,
  { hold: named }: Extract<OrderAction, { action: "release_hold" }>,
): ActionDecision {
  // By its kind too: what a hold is known by names every line it is about.
  const hold = holds.find(({ key, kind }) => key === named || kind === named);
  if (hold === undefined)
    return refuse(
      `This order has no hold ${named}`,
      holds.length === 0 ? "Nothing holds it: go on." : "Look at the order again: it says what holds it now.",
    );
  if (hold.key === null) return refuse(`${hold.words}: this cannot be released here`, `${hold.releasedBy}.`);
  return {
    facts: [{ kind: "hold_released", lineId: null, parcelId: null, qty: null, details: { hold: hold.key } }],
    intents: [],
    words: `Released: ${hold.words}`,
  };
}
