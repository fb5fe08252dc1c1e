/** What comes back after delivery, and how every case ends. */
import type { ReturnCase } from "#app/erp/returns/return-case.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { refuse, type ActionDecision, type Restock, type Units } from "./action-outcome.ts";
import { withFacts, type ActionState } from "./action-state.ts";
import { findParcel, parcelName } from "./find-parcel.ts";
import { nextOfGoods } from "./goods.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";
import { linesNow, mostOf, sayUnits, takeUnits, unitsByLine } from "./order-units.ts";

/** Delivered units that are in no return yet. */
export function returnFor(state: ActionState): { units: Units[] } | { refused: RefusedAction } {
  const inCases = unitsByLine(
    state.cases.filter(({ kind }) => kind === "return").flatMap(({ lines }) => lines),
  );
  const units = mostOf(
    linesNow(state),
    ({ lineId, deliveredQty }) => deliveredQty - (inCases.get(lineId) ?? 0),
  );
  if (units.length > 0) return { units };
  if (linesNow(state).some(({ deliveredQty }) => deliveredQty > 0))
    return refuse(
      "Everything that was delivered is in a return already",
      state.cases.every(({ closedAt }) => closedAt !== null)
        ? "Nothing is to be done: its returns are closed."
        : "Receive that return, or close it.",
    );
  return refuse(
    "Nothing has been delivered yet",
    state.quantities.shipped.parcels.some(({ left }) => left)
      ? "Mark the parcel delivered, or start an RTO if it comes back undelivered."
      : nextOfGoods(state),
  );
}

export function decideOpenReturn(
  state: ActionState,
  { lines: asked, reason, parcelId }: Extract<OrderAction, { action: "open_return" }>,
): ActionDecision {
  const can = returnFor(state);
  if ("refused" in can) return can;
  const taken = takeUnits(state.order, asked, can.units, "returned");
  if ("refused" in taken) return taken;
  const { units } = taken;
  const wrong = parcelId === undefined ? null : notFrom(state, parcelId, units);
  if (wrong) return wrong;
  const fact: NewFact = {
    ...{ kind: "return_opened", lineId: null, parcelId: parcelId ?? null, qty: null },
    details: { caseId: state.newId, lines: units, ...(reason === undefined ? {} : { reason }) },
  };
  // Where Shopify's news is about the same goods, they are in its case.
  const opened = withFacts(state, [fact]).cases.find(({ id }) => id === state.newId);
  const inCase = unitsByLine(opened?.lines ?? []);
  if (units.some(({ lineId, qty }) => inCase.get(lineId) !== qty))
    return refuse("These goods are in another case of this order", "Receive that case instead, or close it.");
  return { facts: [fact], intents: [], words: `Return of ${sayUnits(state.order, units)} opened` };
}

function notFrom(
  state: ActionState,
  parcelId: string,
  units: readonly Units[],
): { refused: RefusedAction } | null {
  const found = findParcel(state, parcelId);
  if ("refused" in found) return found;
  const { parcel } = found;
  if (parcel.state !== "delivered")
    return refuse(
      `${parcelName(parcel)} has not been delivered`,
      "Leave the parcel out, or name the one that was.",
    );
  const held = unitsByLine(parcel.lines ?? []);
  if (parcel.lines !== null && units.some(({ lineId, qty }) => qty > (held.get(lineId) ?? 0)))
    return refuse(
      `${parcelName(parcel)} did not hold all of these goods`,
      "Leave the parcel out, or open one return for each parcel.",
    );
  return null;
}

/** What of a case can still be received; of one whose goods Shopify has not told, what was delivered. */
export function receivableOf(
  state: ActionState,
  caseId: string,
): { units: Units[] } | { refused: RefusedAction } {
  const found = findCase(state, caseId);
  if ("refused" in found) return found;
  const { kind, lines, state: at } = found.one;
  if (kind === "rto")
    return refuse(
      "These goods come back undelivered, with their parcel",
      "Receive the parcel back (RTO) instead.",
    );
  if (!["requested", "initiated", "received"].includes(at))
    return refuse(`This return is closed: ${at}`, "Open another return for goods that came later.");
  const inHand = new Map(linesNow(state).map((line) => [line.lineId, line.deliveredQty - line.returnedQty]));
  const units =
    lines.length > 0
      ? lines.map(({ lineId, qty, receivedQty }) => ({
          lineId,
          qty: Math.min(qty - receivedQty, inHand.get(lineId) ?? 0),
        }))
      : [...inHand].map(([lineId, qty]) => ({ lineId, qty }));
  const there = units.filter(({ qty }) => qty > 0);
  return there.length > 0
    ? { units: there }
    : refuse("All of this return has been received", "Close it: restocked, damaged or lost.");
}

export function decideReceiveReturn(
  state: ActionState,
  { caseId, lines: asked }: Extract<OrderAction, { action: "receive_return" }>,
): ActionDecision {
  const can = receivableOf(state, caseId);
  if ("refused" in can) return can;
  const taken = takeUnits(state.order, asked, can.units, "received");
  if ("refused" in taken) return taken;
  return {
    facts: taken.units.map(({ lineId, qty }) => ({
      ...{ kind: "returned", lineId, parcelId: null, qty },
      details: { caseId },
    })),
    intents: [],
    words: `${sayUnits(state.order, taken.units)} received back`,
  };
}

/** Whether the case can end so. */
export function closableAs(
  state: ActionState,
  caseId: string,
  outcome: "restocked" | "damaged" | "lost",
): { refused: RefusedAction } | null {
  const found = findCase(state, caseId);
  if ("refused" in found) return found;
  const { state: at, kind } = found.one;
  if (at === "received") return null;
  // Also one that the courier lost: its case says lost, and nobody has closed it here.
  if (
    outcome === "lost" &&
    (at === "initiated" || (at === "lost" && !state.facts.cases.get(caseId)?.outcome))
  )
    return null;
  if (at === "initiated" || at === "requested")
    return refuse(
      `Nothing of this ${kind === "rto" ? "RTO" : "return"} has been received yet`,
      `Receive it first${at === "initiated" ? ", or close it as lost" : ""}.`,
    );
  return refuse(`This case is closed: ${at}`, "Nothing is to be done.");
}

export function decideCloseCase(
  state: ActionState,
  { caseId, outcome, locationId }: Extract<OrderAction, { action: "close_case" }>,
): ActionDecision {
  const no = closableAs(state, caseId, outcome);
  if (no) return no;
  const restocked = outcome === "restocked" ? backOnTheShelf(state, caseId) : null;
  return {
    ...(restocked === null ? {} : { restock: { ...restocked, locationId: locationId ?? null } }),
    facts: [{ kind: "case_closed", lineId: null, parcelId: null, qty: null, details: { caseId, outcome } }],
    intents: [],
    words: { restocked: "Back on the shelf", damaged: "Written off: damaged", lost: "Written off: lost" }[
      outcome
    ],
  };
}

/**
 * What of a case is here to be sold again. Of a return what was received; where only Shopify says that it was, all of it. Of an RTO
 * what has not gone out again meanwhile, and what no other case has ended with since: a unit that came back twice stands in two of
 * them. One whose case had ended before was another unit.
 */
function backOnTheShelf(state: ActionState, caseId: string): Omit<Restock, "locationId"> | null {
  const found = findCase(state, caseId);
  if ("refused" in found) return null;
  const { kind, lines, parcelId, receivedAt } = found.one;
  const isCounted = kind === "return" && lines.some(({ receivedQty }) => receivedQty > 0);
  const back = new Map(linesNow(state).map(({ lineId, rtoQty }) => [lineId, rtoQty]));
  const ended = rtoUnitsEndedSince(state, receivedAt ?? "");
  const units = lines.map(({ lineId, qty, receivedQty }) => ({
    lineId,
    qty:
      kind === "rto"
        ? Math.min(qty, (back.get(lineId) ?? 0) - (ended.get(lineId) ?? 0))
        : isCounted
          ? receivedQty
          : qty,
  }));
  return { parcelId, units: units.filter(({ qty }) => qty > 0) };
}

/** Units by line that came back undelivered and whose case a person has closed since, whatever became of them. */
function rtoUnitsEndedSince({ cases, quantities }: ActionState, since: string): ReadonlyMap<string, number> {
  const { parcels } = quantities.shipped;
  const isBack = (id: string | null) => parcels.some((one) => one.id === id && one.state === "rto_received");
  return unitsByLine(
    cases
      .filter(
        ({ kind, parcelId, closedAt }) => kind === "rto" && (closedAt ?? "") > since && isBack(parcelId),
      )
      .flatMap(({ lines }) => lines),
  );
}

function findCase({ cases }: ActionState, caseId: string): { one: ReturnCase } | { refused: RefusedAction } {
  const one = cases.find(({ id }) => id === caseId);
  return one === undefined
    ? refuse(`This order has no case ${caseId}`, "Look at the order's returns again, and name one of them.")
    : { one };
}
