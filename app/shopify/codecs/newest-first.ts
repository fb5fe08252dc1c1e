/** When a slot's payload was true. Dates or ISO text, as the caller has them. */
export type SlotTime = {
  /** "rest": a webhook's body; "bulk": a node of a bulk file; "detail": a node fetched by itself. */
  shape: string;
  shopifyUpdatedAt: Date | string | null;
  triggeredAt: Date | string | null;
};

/** Richest last: at one and the same moment the shape that says most speaks first. */
const RICHNESS = ["rest", "bulk", "detail"];

/**
 * The slots of one record, newest first: by Shopify's `updated_at`, then shape, as the cache orders them. A
 * triggered-at tells webhooks of one instant apart; between shapes it says nothing, for only webhooks have one.
 * There is one slot per shape, so the order is total and the order of arrival cannot matter.
 * An unknown time is the oldest.
 */
export function newestFirst<T extends SlotTime>(slots: readonly T[]): T[] {
  if (slots.length < 2) return [...slots];
  return slots.toSorted(
    (a, b) =>
      millis(b.shopifyUpdatedAt) - millis(a.shopifyUpdatedAt) ||
      RICHNESS.indexOf(b.shape) - RICHNESS.indexOf(a.shape) ||
      millis(b.triggeredAt) - millis(a.triggeredAt),
  );
}

/**
 * @param values one field's value in each slot, newest first
 * @returns the newest that a slot carries at all (`null` counts: Shopify said "nothing");
 *   undefined when no slot carries the field.
 */
export function newestKnown<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}

function millis(time: Date | string | null): number {
  if (time === null) return 0;
  return typeof time === "string" ? Date.parse(time) || 0 : time.getTime();
}
