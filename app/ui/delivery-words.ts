import type { CacheKind } from "#app/cache/cache-tables.ts";
import type { DeliveryState } from "#app/cache/delivery-state.ts";

import type { Format } from "./format.ts";
import { delayWords } from "./webhook-health-words.ts";
import type { DeliveryView } from "./webhook-pages-view.ts";

/** What a delivery can be about, as the log is filtered by it. */
export const deliveryKinds = [
  "order",
  "fulfillment_order",
  "product",
  "customer",
  "inventory",
  "other",
] as const satisfies readonly (CacheKind | "other")[];

const KINDS: Record<string, string> = {
  order: "Order",
  fulfillment_order: "Fulfilment order",
  product: "Product",
  customer: "Customer",
  inventory: "Stock level",
  other: "The shop or the app",
};

/** What a person calls what a delivery is about. */
export function deliveryKindWords(kind: string): string {
  return KINDS[kind] ?? sentence(kind);
}

function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/** "Order 5678901234"; null where no record is named. */
export function recordWords({ kind, recordId }: Pick<DeliveryView, "kind" | "recordId">): string | null {
  return kind === null || recordId === null ? null : `${deliveryKindWords(kind)} ${recordId}`;
}

/** Where the cache entry of a delivery's record is shown; null where it has none. */
export function recordPath({ kind, recordId }: Pick<DeliveryView, "kind" | "recordId">): string | null {
  const hasEntry = kind !== null && kind !== "other" && (deliveryKinds as readonly string[]).includes(kind);
  return hasEntry && recordId !== null ? `/app/cache/${kind}/${encodeURIComponent(recordId)}` : null;
}

/** How long one step of a delivery took, "420 ms"; null where one of its ends is not known. */
export function stepWords(from: string | null, to: string | null, format: Format): string | null {
  return from === null || to === null ? null : delayWords(Date.parse(to) - Date.parse(from), format);
}

const MEANS: Record<DeliveryState, string> = {
  stored: "It brought a record that was new, or newer than ours. It stands in the cache.",
  known:
    "It brought a record that we had already, as it is now: another way was quicker. Nothing had to change.",
  superseded: "It brought a record older than ours. Ours stands; the older one is kept in its history.",
  waiting: "It brought a piece of news, not a whole record. The worker takes it within seconds.",
  handled:
    "It brought a piece of news, and what follows from it was done: mostly the whole record was asked for.",
  noted: "It tells nothing that anything follows from. It is kept in this log and nowhere else.",
  failed: "It could not be read or handled. Nothing of it is lost: its bytes are kept.",
  redacted: "It was about somebody the shop has forgotten, so nothing of it was kept.",
};

/** What has become of a delivery, in a sentence. */
export function stateMeans(state: DeliveryState): string {
  return MEANS[state];
}

/** Why the same webhook can come more than once, and that this did no harm. */
export function duplicateWords(duplicates: number, { number }: Pick<Format, "number">): string {
  if (duplicates === 0) return "It came once.";
  const times = duplicates === 1 ? "once more" : `${number(duplicates)} times more`;
  return `It came ${times} under the same id. Shopify sends a webhook again when our answer did not reach it in 5 seconds. Only the first one counted; the others changed nothing.`;
}
