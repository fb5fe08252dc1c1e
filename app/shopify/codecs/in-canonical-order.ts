import { Unreadable } from "./read.ts";
import type { ShippingLinePart } from "./order-parts.ts";

/**
 * Lists in one order whichever shape told them (law 4): the children of a bulk node come sorted by their bytes, those
 * of a webhook as the order shows them. Ids are numbers as text: the shorter is the smaller.
 * Sorts in place, and mostly finds nothing to do. @throws Unreadable when an id stands twice: two records of one key.
 */
export function inIdOrder<T extends { id: string }>(list: T[]): T[] {
  if (list.length < 2) return list;
  list.sort((a, b) => a.id.length - b.id.length || compare(a.id, b.id));
  for (let i = 1; i < list.length; i++)
    if (list[i]?.id === list[i - 1]?.id)
      throw new Unreadable(`(${String(list[i]?.id)} twice)`, "each id once");
  return list;
}

/** Shipping lines have no id that every shape tells exactly; equal ones are interchangeable. */
export function inTitleOrder(list: ShippingLinePart[]): ShippingLinePart[] {
  return list.length < 2
    ? list
    : list.sort(
        (a, b) =>
          compare(a.title, b.title) ||
          compare(a.code ?? "", b.code ?? "") ||
          a.originalPrice.presentment - b.originalPrice.presentment ||
          Number(a.isRemoved) - Number(b.isRemoved) ||
          compare(JSON.stringify(a), JSON.stringify(b)),
      );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
