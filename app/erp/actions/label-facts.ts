import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { addressKey } from "#app/erp/processor/determine-stop-ship.ts";
import { withFacts, type ActionState } from "./action-state.ts";

/** A label printed now: the order's address, what is to be collected for the packed goods, every line it has. */
export function labelAnew({ order, packedAmount }: ActionState): NewFact {
  const details = {
    addressKey: addressKey(order.shippingAddress),
    amountToCollect: packedAmount,
    lineIds: order.lines.map(({ id }) => id),
  };
  return { kind: "labelled", lineId: null, parcelId: null, qty: null, details };
}

/**
 * Part of the packed goods went into a box, out of it or away: what is left has a label with its own amount. Everything else on it
 * stays as it was said, and a stop-ship over the amount that stood before stays too.
 */
export function withLabel(before: ActionState, facts: readonly NewFact[]): NewFact[] {
  const after = withFacts(before, facts);
  const { label } = after.facts;
  const isPacked = [...after.quantities.lines.values()].some(({ packedQty }) => packedQty > 0);
  const stoodBefore = before.stopShip.some(({ key }) => key.startsWith("amount-"));
  if (label === null || !isPacked || stoodBefore || label.amountToCollect === after.packedAmount)
    return [...facts];
  const details = { ...label, amountToCollect: after.packedAmount };
  return [...facts, { kind: "labelled", lineId: null, parcelId: null, qty: null, details }];
}

export function sayAmount(decimal: string, { order }: Pick<ActionState, "order">): string {
  return `${decimal} ${order.presentmentCurrency}`;
}
