import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { computeOrder, type ComputedOrder, type OrderRules } from "#app/erp/processor/compute-order.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/** What an order's state is computed from: Shopify's news, the ERP's facts, the shop's rules. */
type StateSource = {
  order: OrderSnapshot;
  /** Oldest first. */
  factRows: readonly FactRow[];
  rules: OrderRules;
  /** What a parcel or case that an action makes will be called; never used before. */
  newId: string;
  /** Why the ERP has no rows of it, in words; null when it has. */
  notInErp: string | null;
};

/** An order as computed now, as far as the rules of its actions ask. Quantities: `quantities.lines`; parcels: `quantities.shipped.parcels`. */
export type ActionState = StateSource & ComputedOrder & { facts: OrderFacts };

/** Pure: the same source is the same state. `rules.now` is when the new facts happen. */
export function computeActionState(source: StateSource): ActionState {
  const facts = readOrderFacts(source.factRows);
  return { ...source, facts, ...computeOrder(source.order, facts, source.rules) };
}

/** The state once these facts are written too. */
export function withFacts(state: ActionState, facts: readonly NewFact[]): ActionState {
  const { order, factRows, rules, newId, notInErp } = state;
  const at = rules.now.toISOString();
  return computeActionState({
    ...{ order, rules, newId, notInErp },
    factRows: [...factRows, ...facts.map((fact) => ({ ...fact, at }))],
  });
}
