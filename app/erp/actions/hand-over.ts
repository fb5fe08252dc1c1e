/** Parcels that leave. */
import { fromMinor } from "#app/lib/money.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { refuse, type ActionDecision, type Units } from "./action-outcome.ts";
import { withFacts, type ActionState } from "./action-state.ts";
import { awbUsed } from "./find-parcel.ts";
import { goneOrder, nextOfGoods, onHold, stopped } from "./goods.ts";
import { sayAmount, withLabel } from "./label-facts.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";
import { linesNow, mostOf, sayUnits, takeUnits, unitsByLine } from "./order-units.ts";
import { reachQuantities } from "./reach-quantities.ts";
import { trackingOf } from "./tracking.ts";

/** What can leave now. */
export function handOverFor(state: ActionState): { units: Units[] } | { refused: RefusedAction } {
  const no = goneOrder(state) ?? stopped(state) ?? onHold(state);
  if (no) return no;
  const units = mostOf(linesNow(state), ({ packedQty }) => packedQty);
  if (units.length > 0) return { units };
  return refuse("Nothing is packed that could leave", nextOfGoods(state));
}

export function decideHandOver(
  state: ActionState,
  action: Extract<OrderAction, { action: "hand_over" }>,
): ActionDecision {
  const can = handOverFor(state);
  if ("refused" in can) return can;
  const taken = takeUnits(state.order, action.lines, can.units, "handed over");
  if ("refused" in taken) return taken;
  const parcelId = action.parcelId ?? state.newId;
  const used = idUsed(state, parcelId) ?? awbUsed(state, action.awbNumber);
  if (used) return used;

  const { units } = taken;
  const tracking = trackingOf(action);
  // Where it left from, for whoever receives it back; without one Shopify knows.
  const from = action.locationId === undefined ? tracking : { ...tracking, locationId: action.locationId };
  const left = handedOverFacts(state, { parcelId, units, details: from });
  const after = withFacts(state, left);
  const unclear = openMovedBy(state, after, units, -1);
  if (unclear) return unclear;
  const collects = after.collect.byParcel.get(parcelId) ?? 0;
  const before = state.order.fulfillments.map(({ id }) => id);
  // What its label says, whatever becomes of the rest of the order: the courier asks for that.
  const label = { amountToCollect: fromMinor(collects, state.order.presentmentCurrency) };
  const facts =
    state.payment.paymentMethod === "COD"
      ? handedOverFacts(state, { parcelId, units, details: { ...from, ...label } })
      : left;
  return {
    facts: withLabel(state, facts),
    intents: [
      ...freeInShopify(state, units),
      {
        ...{ kind: "fulfillmentCreate", entity: "order", entityId: state.order.id },
        payload: {
          ...{ parcelId, lines: units, locationId: action.locationId ?? null },
          ...{ notifyCustomer: action.notifyCustomer, ...tracking },
          ...(before.length > 0 ? { before } : {}),
        },
      },
    ],
    words: [
      `${sayUnits(state.order, units)} handed over`,
      ...(tracking.courier === null ? [] : [`to ${tracking.courier}`]),
      ...(tracking.awbNumber === null ? [] : [`as ${tracking.awbNumber}`]),
      ...(collects === 0
        ? []
        : [`to collect ${sayAmount(fromMinor(collects, state.order.presentmentCurrency), state)}`]),
    ].join(", "),
  };
}

/**
 * Goods that came back undelivered and leave again are still fulfilled in Shopify, which fulfils nothing twice: the fulfilments they
 * went out with are cancelled first, and so their units are open there again as they are here. One fulfilment stays one box: with
 * the new AWB on the old one its failure would be the new parcel's.
 */
function freeInShopify(state: ActionState, units: readonly Units[]): OutboxIntent[] {
  const leaving = unitsByLine(units);
  const again = new Set(
    linesNow(state).flatMap(({ lineId, unsentQty }) =>
      (leaving.get(lineId) ?? 0) > unsentQty ? [lineId] : [],
    ),
  );
  if (again.size === 0) return [];
  return state.quantities.shipped.parcels
    .filter(
      ({ state: way, left, cancelledInShopify, lines }) =>
        left &&
        way === "rto_received" &&
        !cancelledInShopify &&
        (lines === null || lines.some(({ lineId }) => again.has(lineId))),
    )
    .map(({ id: parcelId }) => ({
      ...{ kind: "fulfillmentCancel", entity: "order", entityId: state.order.id },
      payload: { parcelId },
    }));
}

function handedOverFacts(
  state: ActionState,
  { parcelId, units, details }: { parcelId: string; units: readonly Units[]; details: NewFact["details"] },
): NewFact[] {
  const leaving = unitsByLine(units);
  return linesNow(state).flatMap((line): NewFact[] => {
    const qty = leaving.get(line.lineId);
    if (qty === undefined) return [];
    return [
      { kind: "handed_over", lineId: line.lineId, parcelId, qty, details },
      ...reachQuantities(line, line.own.handedOver + qty, {
        allocatedQty: line.allocatedQty - qty,
        pickedQty: line.pickedQty - qty,
        packedQty: line.packedQty - qty,
      }),
    ];
  });
}

/** An id names one box for good, also one that was taken back. */
function idUsed({ factRows, quantities }: ActionState, parcelId: string): { refused: RefusedAction } | null {
  const isUsed =
    factRows.some((row) => row.parcelId === parcelId) ||
    quantities.shipped.parcels.some(({ aliases }) => aliases.includes(parcelId));
  if (!isUsed) return null;
  return refuse(
    `This order has had a parcel ${parcelId} already`,
    "Give the parcel another id, or leave the id out: it then gets one of its own.",
  );
}

/**
 * Whether the units of these lines that are here changed as the facts say. Where Shopify's figures leave open what is in its own
 * parcels they may not, and then nobody could tell the boxes apart.
 */
export function openMovedBy(
  before: ActionState,
  after: ActionState,
  units: readonly Units[],
  sign: 1 | -1,
): { refused: RefusedAction } | null {
  const open = new Map(linesNow(after).map(({ lineId, openQty }) => [lineId, openQty]));
  const moved = unitsByLine(units);
  const isClear = linesNow(before).every(
    ({ lineId, openQty }) => open.get(lineId) === openQty + sign * (moved.get(lineId) ?? 0),
  );
  if (isClear) return null;
  return refuse(
    "Shopify has not said yet what is in the parcels of this order that were made there",
    "Wait for the order to be read again from Shopify, then try it once more.",
  );
}
