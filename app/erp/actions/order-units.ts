import { NO_LINE_FACTS, type LineFacts } from "#app/erp/facts/order-facts.ts";
import type { LineState } from "#app/erp/processor/determine-line-quantities.ts";
import { lineName } from "#app/erp/orders/line-name.ts";
import { unitsOf } from "#app/erp/processor/not-applied.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { refuse, type Units } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import type { RefusedAction } from "./order-action.ts";

/** A line as its actions see it. */
export type LineNow = LineState & {
  lineId: string;
  title: string;
  own: Readonly<LineFacts>;
  /** Units that are here and are to be sent: never sent, or come back undelivered. */
  openQty: number;
  /** Units that were never sent, of those the customer still gets. */
  unsentQty: number;
};

export function linesNow({ order, quantities, facts }: ActionState): LineNow[] {
  return order.lines.flatMap(({ id, title, qty }) => {
    const line = quantities.lines.get(id);
    if (!line) return [];
    const unsentQty = qty - line.cancelledQty - line.shippedQty;
    const own = facts.lines.get(id) ?? NO_LINE_FACTS;
    return [{ ...line, lineId: id, title, own, unsentQty, openQty: unsentQty + line.rtoQty }];
  });
}

/** The most units of each line; lines of which there are none are left out. */
export function mostOf(lines: readonly LineNow[], of: (line: LineNow) => number): Units[] {
  return lines.flatMap((line) => {
    const qty = of(line);
    return qty > 0 ? [{ lineId: line.lineId, qty }] : [];
  });
}

/**
 * The units that were asked for, each line once, or all that can be where none were named.
 * @param verb as in "can be picked"
 */
export function takeUnits(
  order: OrderSnapshot,
  asked: readonly Units[] | undefined,
  most: readonly Units[],
  verb: string,
): { units: Units[] } | { refused: RefusedAction } {
  if (asked === undefined) return { units: [...most] };
  const left = new Map(most.map(({ lineId, qty }) => [lineId, qty]));
  const units = new Map<string, number>();
  for (const { lineId, qty } of asked) units.set(lineId, (units.get(lineId) ?? 0) + qty);
  for (const [lineId, qty] of units) {
    const line = order.lines.find(({ id }) => id === lineId);
    if (line === undefined)
      return refuse(
        `This order has no line ${lineId}`,
        "Look at the order's lines again, and name one of them.",
      );
    const can = left.get(lineId) ?? 0;
    const title = lineName(line);
    if (qty > can)
      return refuse(
        can === 0
          ? `Nothing of ${title} can be ${verb} now`
          : `Only ${unitsOf(can, title)} can be ${verb} now`,
        can === 0
          ? "Leave this line out, or look at the order again: it says what can be done with each line."
          : `Ask for ${String(can)} or less.`,
      );
  }
  return { units: [...units].map(([lineId, qty]) => ({ lineId, qty })) };
}

/** "2 × Kurta, 1 × Scarf" */
export function sayUnits(order: OrderSnapshot, units: readonly Units[]): string {
  return units
    .map(({ lineId, qty }) => {
      const line = order.lines.find(({ id }) => id === lineId);
      return unitsOf(qty, line ? lineName(line) : `line ${lineId}`);
    })
    .join(", ");
}

export function unitsByLine(units: readonly Units[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { lineId, qty } of units) sums.set(lineId, (sums.get(lineId) ?? 0) + qty);
  return sums;
}
