/**
 * Law 3, the part about one shape: which payload a slot keeps. The order is total — Shopify's updated_at, then
 * triggered-at, then content — so the order of arrival cannot matter. Pure.
 */
import type { PayloadShape } from "./cache-tables.ts";

/** A payload's place in time; times in microseconds since 1970. */
export type Stamp = {
  shape: PayloadShape;
  updatedAtMicros: number | null;
  triggeredAtMicros: number | null;
  contentHash: string;
};

/** Between shapes at the same instant: the answer to our own question tells most, a webhook least. */
const RANK = { detail: 2, bulk: 1, rest: 0 } as const satisfies Record<PayloadShape, number>;

/** Negative when `a` is older than `b`. Zero only for the same content at the same times. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return (
    (a.updatedAtMicros ?? -1) - (b.updatedAtMicros ?? -1) ||
    RANK[a.shape] - RANK[b.shape] ||
    (a.triggeredAtMicros ?? -1) - (b.triggeredAtMicros ?? -1) ||
    (a.contentHash < b.contentHash ? -1 : a.contentHash > b.contentHash ? 1 : 0)
  );
}

export type Placement = {
  /**
   * unchanged: the same content is known; superseded: older than what this shape holds (kept in history);
   * touched: the same content, triggered later (only its time moves on); stored: it is this shape's newest now.
   */
  action: "unchanged" | "superseded" | "touched" | "stored";
  /** The shape whose payload is the newest of all from now on (`rawData`). */
  main: PayloadShape;
  /** Same instant, same shape, different content: only Shopify can say which one stands. */
  asksForFetch: boolean;
};

/** What such an entry says of itself until Shopify's own answer (a detail payload) has come. */
export const SAME_INSTANT = "Two different contents at the same instant";

/** Where an incoming payload goes in an entry that holds `known` (at most one stamp of each shape, at least one). */
export function placePayload(known: readonly Stamp[], incoming: Stamp): Placement {
  const same = known.find((stamp) => stamp.shape === incoming.shape);
  let action: Placement["action"] = "stored";
  let asksForFetch = false;
  if (same) {
    const sameInstant = same.updatedAtMicros === incoming.updatedAtMicros;
    if (sameInstant && same.contentHash === incoming.contentHash)
      action = (incoming.triggeredAtMicros ?? -1) > (same.triggeredAtMicros ?? -1) ? "touched" : "unchanged";
    else {
      asksForFetch = sameInstant;
      if (compareStamps(incoming, same) < 0) action = "superseded";
    }
  }
  const now =
    action === "stored" || action === "touched"
      ? [...known.filter((stamp) => stamp.shape !== incoming.shape), incoming]
      : known;
  const main = now.reduce((newest, stamp) => (compareStamps(stamp, newest) > 0 ? stamp : newest));
  return { action, main: main.shape, asksForFetch };
}
