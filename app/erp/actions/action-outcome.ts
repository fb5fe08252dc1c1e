import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import type { OrderActionName, RefusedAction } from "./order-action.ts";

export type Units = { lineId: string; qty: number };

/** Goods that are on the shelf again, and where: null is where the parcel came from. */
export type Restock = { units: Units[]; parcelId: string | null; locationId: string | null };

/** What is to be written for an action, and what it was, in words. */
export type DecidedAction = { facts: NewFact[]; intents: OutboxIntent[]; words: string; restock?: Restock };
export type ActionDecision = DecidedAction | { refused: RefusedAction };

/** The parcel, case or hold an action would be about; null: the order. */
export type ActionTarget = { parcelId: string } | { caseId: string } | { hold: string } | null;

/** One action as a page or another system offers it; `units`: the most that it can be done with (empty where it is not about units). */
export type AllowedAction = { action: OrderActionName; target: ActionTarget } & (
  { ok: true; units: Units[] } | { ok: false; refused: RefusedAction }
);

export function refuse(message: string, next: string): { refused: RefusedAction } {
  return { refused: { code: "ACTION_NOT_ALLOWED", message, next } };
}
