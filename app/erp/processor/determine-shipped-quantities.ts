import type { FulfillmentPart, OrderLinePart } from "#app/shopify/codecs/order-parts.ts";

export type ShippedQuantities = {
  /** Line id → units that left in fulfilments that were not cancelled. */
  shipped: ReadonlyMap<string, number>;
  /** Fulfilment id → its lines; null where more than one answer fits. */
  linesOf: ReadonlyMap<string, { lineId: string; qty: number }[] | null>;
  /** False when Shopify's figures allow more than one answer: the order is computed with the least, and asked for. */
  exact: boolean;
};

/** Fulfilments that put something on the road. */
export function isLive(fulfillment: FulfillmentPart): boolean {
  return !["CANCELLED", "ERROR", "FAILURE"].includes(fulfillment.status);
}

/**
 * What has shipped, per line and per fulfilment. Bulk payloads do not carry the lines of a fulfilment, but each
 * line's `quantity`, `currentQuantity` and `unfulfilledQuantity`, and each fulfilment's total: mostly only one
 * answer fits. What is derived is derived, never guessed: where two answers fit, `exact` is false.
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
 * `removed` units (quantity − currentQuantity) left either before shipping (they never shipped) or after (they
 * shipped and came back or were forgiven). The fulfilments' totals tell which, where all went one way.
 */
function deriveShipped(lines: readonly OrderLinePart[], live: readonly FulfillmentPart[]): { shipped: Map<string, number>; exact: boolean } {
  const physical = lines.filter((line) => !neverFulfilled(line));
  const least = new Map<string, number>();
  const most = new Map<string, number>();
  for (const line of physical) {
    const low = Math.max(0, line.currentQty - line.unfulfilledQty);
    const high = Math.max(0, line.qty - line.unfulfilledQty);
    if (low > 0) least.set(line.id, low);
    if (high > 0) most.set(line.id, high);
  }
  const sumOf = (quantities: Map<string, number>) => [...quantities.values()].reduce((sum, qty) => sum + qty, 0);
  const total = live.reduce<number | undefined>(
    (sum, { totalQty }) => (sum === undefined || totalQty === undefined ? undefined : sum + totalQty),
    0,
  );
  if (sumOf(least) === sumOf(most) || total === sumOf(least)) return { shipped: least, exact: true };
  if (total === sumOf(most)) return { shipped: most, exact: true };
  return { shipped: least, exact: false };
}

/** A tip is a line, but nothing anyone could ever ship. */
export function neverFulfilled(line: OrderLinePart): boolean {
  return !line.requiresShipping && !line.isGiftCard && line.variantId === null && line.unfulfilledQty === 0;
}
