import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { LineNow } from "./order-units.ts";

/** How many units of a line are to be allocated, picked and packed: each at most the one before. */
export type Readied = Pick<LineNow, "allocatedQty" | "pickedQty" | "packedQty">;

/**
 * The facts after which so many units of a line are allocated, picked and packed. Facts are counted since the order came, and
 * some may have lost their meaning meanwhile (allocated here, fulfilled by another app in Shopify): what is too much is taken back
 * with them, so that it never comes up again.
 * @param handedOver units the ERP has handed over, what the action hands over included
 */
export function reachQuantities(
  { lineId, own }: Pick<LineNow, "lineId" | "own">,
  handedOver: number,
  { allocatedQty, pickedQty, packedQty }: Readied,
): NewFact[] {
  const facts: NewFact[] = [];
  let beyond = 0;
  // What is packed is picked and allocated too: the furthest first.
  for (const [kind, wanted] of [
    ["packed", packedQty],
    ["picked", pickedQty],
    ["allocated", allocatedQty],
  ] as const) {
    const reached = Math.max(0, own[kind] - handedOver, beyond);
    if (reached !== wanted) facts.unshift(unitFact(kind, lineId, handedOver + wanted - own[kind]));
    beyond = wanted;
  }
  return facts.filter(({ qty }) => qty !== 0);
}

export function unitFact(
  kind: "allocated" | "picked" | "packed" | "cancelled",
  lineId: string,
  qty: number,
): NewFact {
  return { kind, lineId, parcelId: null, qty, details: {} };
}
