import type { FulfillmentPart, OrderLinePart } from "#app/shopify/codecs/order-parts.ts";

export type ShippedQuantities = {
  /** Line id → units that left in fulfilments that were not cancelled. */
  shipped: ReadonlyMap<string, number>;
  /** Fulfilment id → its lines; null where more than one answer fits. */
  linesOf: ReadonlyMap<string, { lineId: string; qty: number }[] | null>;
  /** False when Shopify's figures allow more than one answer per line: then the order asks for a fetch. */
  exact: boolean;
};

/** Fulfilments that put something on the road. */
export function isLive(fulfillment: FulfillmentPart): boolean {
  return !["CANCELLED", "ERROR", "FAILURE"].includes(fulfillment.status);
}

/**
 * What has shipped, per line and per fulfilment. Bulk payloads do not carry the lines of a fulfilment, but each
 * line's `quantity`, `currentQuantity` and `unfulfilledQuantity`, and each fulfilment's total: mostly only one
 * answer fits; where two fit, `exact` is false.
 */
export function determineShippedQuantities(
  lines: readonly OrderLinePart[],
  fulfillments: readonly FulfillmentPart[],
): ShippedQuantities {
  const live = fulfillments.filter(isLive);
  const linesOf = new Map<string, { lineId: string; qty: number }[] | null>();
  if (live.length === 0) return { shipped: new Map(), linesOf, exact: true };

  if (live.every((fulfillment) => fulfillment.lines !== undefined)) {
    const shipped = new Map<string, number>();
    for (const fulfillment of live) {
      const held = fulfillment.lines ?? [];
      linesOf.set(fulfillment.id, held);
      for (const { lineId, qty } of held) shipped.set(lineId, (shipped.get(lineId) ?? 0) + qty);
    }
    return { shipped, linesOf, exact: true };
  }

  const { shipped, exact } = deriveShipped(lines, live);
  const only = live.length === 1 ? live[0] : undefined;
  for (const fulfillment of live) {
    const derived = only && exact ? [...shipped].map(([lineId, qty]) => ({ lineId, qty })) : null;
    linesOf.set(fulfillment.id, fulfillment.lines ?? derived);
  }
  return { shipped, linesOf, exact: exact && ![...linesOf.values()].includes(null) };
}

/**
 * `removed` units (quantity − currentQuantity) left either before shipping (they never shipped) or after (they shipped and
 * came back or were forgiven): so each line has a least and a most. The fulfilments' totals mostly leave one answer; where
 * they leave several, the sum is kept right, the first lines take it, and `exact` is false.
 */
function deriveShipped(
  lines: readonly OrderLinePart[],
  live: readonly FulfillmentPart[],
): { shipped: Map<string, number>; exact: boolean } {
  const bounds = lines
    .filter((line) => !neverFulfilled(line))
    .map((line) => ({
      id: line.id,
      least: Math.max(0, line.currentQty - line.unfulfilledQty),
      most: Math.max(0, line.qty - line.unfulfilledQty),
    }));
  const least = bounds.reduce((sum, line) => sum + line.least, 0);
  const most = bounds.reduce((sum, line) => sum + line.most, 0);
  const told = live.reduce<number | undefined>(
    (sum, { totalQty }) => (sum === undefined || totalQty === undefined ? undefined : sum + totalQty),
    0,
  );
  let extra = Math.min(most, Math.max(least, told ?? least)) - least;
  const exact = least === most || told === least || told === most;
  const shipped = new Map<string, number>();
  for (const line of bounds) {
    const more = Math.min(extra, line.most - line.least);
    extra -= more;
    if (line.least + more > 0) shipped.set(line.id, line.least + more);
  }
  return { shipped, exact };
}

/** A tip is a line, but nothing anyone could ever ship. */
export function neverFulfilled(line: OrderLinePart): boolean {
  return !line.requiresShipping && !line.isGiftCard && line.variantId === null && line.unfulfilledQty === 0;
}
