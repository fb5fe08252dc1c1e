import { durationWords } from "#app/lib/duration-words.ts";

/** Median and 99th percentile, in milliseconds. */
export type Spread = { medianMs: number; p99Ms: number };

/** One topic over the period; `lastSeenAt` (ISO, UTC) is the last delivery the log still knows, null = none. */
export type TopicHealth = {
  topic: string;
  lastSeenAt: string | null;
  count: number;
  /** How often a delivery came again that we had. */
  duplicates: number;
  /** Deliveries that could not be read or handled. */
  failures: number;
  /** From Shopify's trigger to our receipt. */
  delay: Spread | null;
  /**
   * From our receipt until the record it carried was in the ERP, 0 where it had been already. Null where no record came so:
   * news carries none, and is done when what follows from it is wished for.
   */
  processing: Spread | null;
};

/** Updates of one kind of record over the period. */
export type KindHealth = {
  kind: string;
  /** First told by a webhook. */
  byWebhook: number;
  /** Found by the look-back, no webhook had brought them. */
  missed: number;
  /** `missed` of both, 0 to 1; null where there was no update. */
  missedShare: number | null;
};

export type WebhookHealth = {
  /** Where the period begins, ISO in UTC. */
  since: string;
  topics: TopicHealth[];
  kinds: KindHealth[];
  /** The last delivery of any topic, null = none is known. */
  lastDeliveryAt: string | null;
  /** In words, when no webhook has come for too long although orders changed; else null. */
  silence: string | null;
};

const HOUR_MS = 3_600_000;

/**
 * Whether a shop is too quiet (law 10): silent for more than twice the longest gap of its last 7 days, and at least an
 * hour, while orders changed at Shopify that other roads brought. A quiet shop where nothing happens is no alarm.
 * @returns the alarm in words, or null
 */
export function silenceWords({
  silentMs,
  longestGapMs,
  newerOrders,
  isAtLeast = false,
}: {
  /** Since the last delivery, or since the install where there was none. */
  silentMs: number;
  longestGapMs: number | null;
  /** Orders changed at Shopify since then that the look-back or a dump brought. */
  newerOrders: number;
  /** Whether there may be more of them, not counted. */
  isAtLeast?: boolean;
}): string | null {
  if (newerOrders === 0 || silentMs <= Math.max(HOUR_MS, 2 * (longestGapMs ?? 0))) return null;
  const changed =
    newerOrders === 1
      ? "1 order"
      : `${isAtLeast ? "at least " : ""}${newerOrders.toLocaleString("en")} orders`;
  const rhythm =
    longestGapMs === null ? "" : ` (the longest gap of the last 7 days was ${durationWords(longestGapMs)})`;
  return `No webhook has come for ${durationWords(silentMs)}${rhythm}, though ${changed} changed at Shopify meanwhile. The look-back brings them in, later. Check that Shopify reaches the app's address, and deploy the app's configuration again.`;
}
