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
  /** Two payloads of one instant of which nobody here can say which one stands: only Shopify can. */
  asksForFetch: boolean;
};

/** What such an entry says of itself until Shopify's own answer (a detail payload) has come. */
export const SAME_INSTANT = "Two different contents at the same instant";

/**
 * Shopify's instants are whole seconds. Two webhooks of one second with different contents leave open which came last, and so
 * does a webhook that was triggered after Shopify answered us within that second. An answer asked for after both settles it.
 */
function leavesDoubt(a: Stamp, b: Stamp): boolean {
  if (a.updatedAtMicros !== b.updatedAtMicros) return false;
  if (a.shape === b.shape)
    return (
      a.contentHash !== b.contentHash && (a.shape === "rest" || a.triggeredAtMicros === b.triggeredAtMicros)
    );
  const [told, answer] = a.shape === "rest" ? [a, b] : [b, a];
  return told.shape === "rest" && answer.shape === "detail" && cameAfter(told, answer);
}

/** Whether a webhook was triggered only when the answer had been asked for, so that the answer may not know of it. */
function cameAfter(told: Stamp, answer: Stamp): boolean {
  return (told.triggeredAtMicros ?? -1) >= (answer.triggeredAtMicros ?? -1);
}

/** Where an incoming payload goes in an entry that holds `known` (at most one stamp of each shape, at least one). */
export function placePayload(known: readonly Stamp[], incoming: Stamp): Placement {
  const same = known.find((stamp) => stamp.shape === incoming.shape);
  let action: Placement["action"] = "stored";
  if (same) {
    const sameInstant = same.updatedAtMicros === incoming.updatedAtMicros;
    if (sameInstant && same.contentHash === incoming.contentHash)
      action = (incoming.triggeredAtMicros ?? -1) > (same.triggeredAtMicros ?? -1) ? "touched" : "unchanged";
    else if (compareStamps(incoming, same) < 0) action = "superseded";
  }
  const now =
    action === "stored" || action === "touched"
      ? [...known.filter((stamp) => stamp.shape !== incoming.shape), incoming]
      : known;
  const main = now.reduce((newest, stamp) => (compareStamps(stamp, newest) > 0 ? stamp : newest));
  const isSettled = now.some(
    (stamp) =>
      stamp.shape === "detail" &&
      ((stamp.updatedAtMicros ?? -1) > (incoming.updatedAtMicros ?? -1) ||
        (stamp.updatedAtMicros === incoming.updatedAtMicros && !cameAfter(incoming, stamp))),
  );
  const asksForFetch =
    action !== "unchanged" && !isSettled && known.some((stamp) => leavesDoubt(stamp, incoming));
  return { action, main: main.shape, asksForFetch };
}
