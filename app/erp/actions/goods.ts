/** Goods that are here: allocated, picked, packed, and the label on them. */
import { refuse, type ActionDecision, type Units } from "./action-outcome.ts";
import { withFacts, type ActionState } from "./action-state.ts";
import { labelAnew, sayAmount, withLabel } from "./label-facts.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";
import { linesNow, mostOf, sayUnits, takeUnits, unitsByLine, type LineNow } from "./order-units.ts";
import { reachQuantities, type Readied } from "./reach-quantities.ts";

export const goodsActions = ["allocate", "deallocate", "pick", "pack", "unpack"] as const;
export type GoodsAction = (typeof goodsActions)[number];

/** By action: units of a line it can be done with, what then is allocated, picked and packed, and its words. */
const goods: Readonly<
  Record<
    GoodsAction,
    {
      most: (line: LineNow) => number;
      becomes: (line: LineNow, qty: number) => Readied;
      done: string;
      /** Why there is nothing that it can be done with; without a next step of its own, that of the goods (`nextOfGoods`). */
      nothing: { message: string; next?: string };
    }
  >
> = {
  allocate: {
    most: (line) => line.openQty - line.allocatedQty,
    becomes: (line, qty) => ({ ...line, allocatedQty: line.allocatedQty + qty }),
    done: "allocated",
    nothing: { message: "Nothing is left to allocate" },
  },
  deallocate: {
    most: (line) => line.allocatedQty - line.packedQty,
    // Picked goods go back to the shelf too, those that were only allocated first.
    becomes: (line, qty) => {
      const allocatedQty = line.allocatedQty - qty;
      return { ...line, allocatedQty, pickedQty: Math.min(line.pickedQty, allocatedQty) };
    },
    done: "put back on the shelf",
    nothing: {
      message: "Nothing is allocated that is not in a box already",
      next: "Unpack what is packed first; what has left cannot be put back.",
    },
  },
  pick: {
    most: (line) => line.openQty - line.pickedQty,
    // Whoever has the goods in hand has them for this order: what was not allocated yet is allocated with it.
    becomes: (line, qty) => {
      const pickedQty = line.pickedQty + qty;
      return { ...line, pickedQty, allocatedQty: Math.max(line.allocatedQty, pickedQty) };
    },
    done: "picked",
    nothing: { message: "Nothing is left to pick" },
  },
  pack: {
    most: (line) => line.pickedQty - line.packedQty,
    becomes: (line, qty) => ({ ...line, packedQty: line.packedQty + qty }),
    done: "packed",
    nothing: { message: "Nothing is picked that is not packed" },
  },
  unpack: {
    most: (line) => line.packedQty,
    becomes: (line, qty) => ({ ...line, packedQty: line.packedQty - qty }),
    done: "unpacked",
    nothing: {
      message: "Nothing is packed",
      next: "Look at the order again: it may have left, or been unpacked already.",
    },
  },
};

/** What of the goods an action can be done with now. */
export function goodsFor(
  state: ActionState,
  action: GoodsAction,
): { units: Units[] } | { refused: RefusedAction } {
  const stopped = stoppedFor(state, action);
  if (stopped) return stopped;
  const units = mostOf(linesNow(state), goods[action].most);
  if (units.length > 0) return { units };
  const { message, next } = goods[action].nothing;
  return refuse(message, next ?? nextOfGoods(state));
}

/** The step that the goods of an order can take now: what is said where another one was asked for must not be refused as well. */
export function nextOfGoods(state: ActionState): string {
  const stop = goneOrder(state) ?? onHold(state) ?? stopped(state);
  if (stop) return stop.refused.next;
  const lines = linesNow(state);
  const some = (of: (line: LineNow) => number) => lines.some((line) => of(line) > 0);
  if (some(({ pickedQty, packedQty }) => pickedQty - packedQty)) return "Pack what is picked.";
  if (some(({ openQty, pickedQty }) => openQty - pickedQty)) return "Pick the goods first.";
  if (some(({ packedQty }) => packedQty)) return "Hand over what is packed.";
  return state.quantities.status === "cancelled"
    ? "Nothing is to be done: the order is cancelled."
    : "Look at its parcels: nothing of it is here to be sent.";
}

export function decideGoods(
  state: ActionState,
  { action, lines: asked }: Extract<OrderAction, { action: GoodsAction }>,
): ActionDecision {
  const can = goodsFor(state, action);
  if ("refused" in can) return can;
  const { becomes, done } = goods[action];
  const taken = takeUnits(state.order, asked, can.units, done);
  if ("refused" in taken) return taken;
  const units = unitsByLine(taken.units);
  const facts = linesNow(state).flatMap((line) => {
    const qty = units.get(line.lineId);
    return qty === undefined ? [] : reachQuantities(line, line.own.handedOver, becomes(line, qty));
  });
  const words = `${sayUnits(state.order, taken.units)} ${done}`;
  if (action === "pack") {
    const label = labelAnew(withFacts(state, facts));
    return { facts: [...facts, label], intents: [], words: `${words}. ${sayLabel(state, label.details)}` };
  }
  return { facts: action === "unpack" ? withLabel(state, facts) : facts, intents: [], words };
}

/** A hold keeps goods on the shelf, and a stop-ship is looked at before a new label hides it. */
function stoppedFor(state: ActionState, action: GoodsAction): { refused: RefusedAction } | null {
  if (action === "deallocate" || action === "unpack") return null;
  const gone = goneOrder(state);
  if (gone) return gone;
  return onHold(state) ?? (action === "pack" ? stopped(state) : null);
}

/** An order of which nothing more is to leave. */
export function goneOrder({ order }: ActionState): { refused: RefusedAction } | null {
  const how = order.cancelledAt !== null ? "cancelled" : order.deletedAt ? "deleted" : null;
  if (how === null) return null;
  return refuse(
    `The order was ${how} in Shopify`,
    "Unpack what is packed; nothing more of this order is to be sent.",
  );
}

export function onHold({ holds }: ActionState): { refused: RefusedAction } | null {
  const [first] = holds;
  if (first === undefined) return null;
  return refuse(
    `The order is on hold. ${holds.map(({ words }) => words).join("; ")}`,
    `${first.releasedBy}.`,
  );
}

export function stopped({ stopShip }: ActionState): { refused: RefusedAction } | null {
  if (stopShip.length === 0) return null;
  return refuse(
    `What is packed must not leave as it is. ${stopShip.map(({ words }) => words).join("; ")}`,
    "Unpack it, print the label again, or confirm that it may leave all the same.",
  );
}

export function relabelFor(state: ActionState): { units: Units[] } | { refused: RefusedAction } {
  const units = mostOf(linesNow(state), ({ packedQty }) => packedQty);
  if (units.length === 0)
    return refuse("Nothing is packed, so there is no label to print", nextOfGoods(state));
  return goneOrder(state) ?? { units };
}

export function decideRelabel(state: ActionState): ActionDecision {
  const can = relabelFor(state);
  if ("refused" in can) return can;
  const label = labelAnew(state);
  return { facts: [label], intents: [], words: sayLabel(state, label.details) };
}

function sayLabel(state: ActionState, { amountToCollect }: { amountToCollect?: unknown }): string {
  return `The label says to collect ${sayAmount(String(amountToCollect), state)}`;
}
