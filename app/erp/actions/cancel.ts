/** An order, or units of it, that will not be sent. */
import { cancelledInShopify } from "#app/erp/processor/determine-line-quantities.ts";
import { neverFulfilled } from "#app/erp/processor/determine-shipped-quantities.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { refuse, type ActionDecision, type Units } from "./action-outcome.ts";
import { withFacts, type ActionState } from "./action-state.ts";
import { withLabel } from "./label-facts.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";
import { linesNow, mostOf, sayUnits, takeUnits, unitsByLine, type LineNow } from "./order-units.ts";
import { reachQuantities, unitFact } from "./reach-quantities.ts";

type Cancel = Extract<OrderAction, { action: "cancel" }>;

/** Units that can be cancelled: those that never left. */
export function cancelFor(state: ActionState): { units: Units[] } | { refused: RefusedAction } {
  const units = mostOf(linesNow(state), ({ unsentQty }) => unsentQty);
  if (units.length > 0) return { units };
  if (state.quantities.status === "cancelled")
    return refuse("The order is cancelled already", "Nothing is to be done.");
  // What is here has been out once: it is fulfilled in Shopify, and that it came back is how it ends.
  return linesNow(state).some(({ openQty }) => openQty > 0)
    ? refuse(
        "What is here of this order has come back undelivered",
        "Put it back on the shelf, and close its case: restocked, damaged or lost.",
      )
    : refuse(
        "Everything of this order has been handed over",
        "Take a parcel back that has not moved yet, start an RTO for one that has, or open a return for what arrived.",
      );
}

export function decideCancel(state: ActionState, action: Cancel): ActionDecision {
  const can = cancelFor(state);
  if ("refused" in can) return can;
  const taken = takeUnits(state.order, action.lines, can.units, "cancelled");
  if ("refused" in taken) return taken;
  const units = unitsByLine(taken.units);
  const lines = linesNow(state);
  const facts = lines.flatMap((line) => {
    const qty = units.get(line.lineId);
    return qty === undefined ? [] : cancelledFacts(line, qty);
  });

  const isWhole = isCancelledWhole(state, facts);
  const toTell = unitsToTell(state, lines, units);
  const intents = intentsOf(state, action, isWhole, toTell);
  // Also where Shopify need not be told at all: nobody is to think that money went back.
  if (action.refund && !intents.some(({ kind }) => kind === "orderCancel"))
    return refuse(
      "Money is sent back only with the cancellation of a whole order of which nothing has left, and that Shopify has open",
      "Cancel these units without a refund, then refund them on the order's page in Shopify.",
    );
  const words = `${isWhole ? "The whole order" : sayUnits(state.order, taken.units)} cancelled`;
  return { facts: withLabel(state, facts), intents, words };
}

/** Packed units come out of the box last: what nobody has touched is cancelled first. */
function cancelledFacts(line: LineNow, qty: number) {
  const left = line.openQty - qty;
  return [
    // Counted with what Shopify cancelled, for the two are the same units.
    unitFact("cancelled", line.lineId, line.cancelledQty + qty - line.own.cancelled),
    ...reachQuantities(line, line.own.handedOver, {
      allocatedQty: Math.min(line.allocatedQty, left),
      pickedQty: Math.min(line.pickedQty, left),
      packedQty: Math.min(line.packedQty, left),
    }),
  ].filter((fact) => fact.qty !== 0);
}

/** Nothing has left, and nothing is to leave any more. */
function isCancelledWhole(state: ActionState, facts: Parameters<typeof withFacts>[1]): boolean {
  const { order, quantities } = withFacts(state, facts);
  const goods = order.lines.filter((line) => !neverFulfilled(line));
  return goods.every(({ id, qty }) => quantities.lines.get(id)?.cancelledQty === qty);
}

/** Units that Shopify still lists: what it has taken off itself need not be told. */
function unitsToTell(
  { order, quantities }: ActionState,
  lines: readonly LineNow[],
  units: ReadonlyMap<string, number>,
): Units[] {
  return mostOf(lines, ({ lineId, cancelledQty }) => {
    const asked = units.get(lineId) ?? 0;
    const part = order.lines.find(({ id }) => id === lineId);
    if (asked === 0 || part === undefined) return 0;
    const gone = cancelledInShopify(part, order, quantities.shipped.inShopify.get(lineId) ?? 0);
    return cancelledQty + asked - Math.max(gone, cancelledQty);
  });
}

function intentsOf({ order }: ActionState, action: Cancel, isWhole: boolean, lines: Units[]): OutboxIntent[] {
  if (order.cancelledAt !== null || order.deletedAt) return [];
  const told = { entity: "order", entityId: order.id } as const;
  const said = { restock: action.restock, notifyCustomer: action.notifyCustomer, staffNote: action.note };
  if (isWhole)
    return [
      { kind: "orderCancel", ...told, payload: { ...said, reason: action.reason, refund: action.refund } },
    ];
  return lines.length === 0 ? [] : [{ kind: "orderEdit", ...told, payload: { ...said, lines } }];
}
