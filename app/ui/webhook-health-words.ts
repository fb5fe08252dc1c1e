import type { KindHealth, Spread, TopicHealth } from "#app/cache/webhook-health.ts";

import type { Format } from "./format.ts";

/** What a person calls the records of each kind. */
const KINDS: Record<string, string> = {
  order: "orders",
  fulfillment_order: "fulfilment orders",
  product: "products",
  customer: "customers",
  inventory: "stock levels",
};

/** "120 ms", "3.4 s", "2 min 5 s": as exact as a delay is worth. */
export function delayWords(ms: number, format: Format): string {
  if (Math.abs(ms) < 1000) return `${format.number(ms)} ms`;
  if (Math.abs(ms) < 10_000) return `${format.number(Math.round(ms / 100) / 10)} s`;
  return format.duration(ms);
}

/** "120 ms / 3.4 s"; a dash where nothing was measured. */
export function spreadWords(spread: Spread | null, format: Format): string {
  return spread === null
    ? "—"
    : `${delayWords(spread.medianMs, format)} / ${delayWords(spread.p99Ms, format)}`;
}

/** "orders 3 of 120 (2.5%)": what no webhook brought, of all updates; null where there were none. */
export function missedWords(
  { kind, byWebhook, missed, missedShare }: KindHealth,
  format: Format,
): string | null {
  if (missedShare === null) return null;
  const percent = format.number(Math.round(missedShare * 1000) / 10);
  return `${KINDS[kind] ?? kind} ${format.number(missed)} of ${format.number(byWebhook + missed)} (${percent}%)`;
}

/** Topics somebody has seen, those with most deliveries first; and the names of the others. */
export function sortTopics(topics: readonly TopicHealth[]): { seen: TopicHealth[]; neverSeen: string[] } {
  const seen = topics.filter(({ lastSeenAt }) => lastSeenAt !== null);
  return {
    seen: seen.sort((a, b) => b.count - a.count || a.topic.localeCompare(b.topic)),
    neverSeen: topics.filter(({ lastSeenAt }) => lastSeenAt === null).map(({ topic }) => topic),
  };
}
