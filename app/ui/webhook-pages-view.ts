import type { DeliveryState } from "#app/cache/delivery-state.ts";
import type { ListPage } from "#app/lib/list-page.ts";
import type { ReadableBytes } from "#app/lib/readable-bytes.ts";

/** What the pages of webhooks show: plain data that survives JSON, so times are ISO strings in UTC. */

export type DeliveryView = {
  webhookId: string;
  topic: string;
  state: DeliveryState;
  kind: string | null;
  recordId: string | null;
  triggeredAt: string | null;
  receivedAt: string;
  answeredAt: string | null;
  processedAt: string | null;
  /** It tells of what this app changed in Shopify itself. */
  isOurs: boolean;
  /** How often it came again. */
  duplicates: number;
  error: { code: string; text: string; next: string } | null;
};

/** One delivery with everything its log knows. */
export type DeliveryDetailView = DeliveryView & {
  eventId: string | null;
  apiVersion: string | null;
  attempts: number;
  nextRetryAt: string | null;
  quarantined: boolean;
  /** Bytes of the body that are kept; null where none are. */
  bodySize: number | null;
};

/** The body of a delivery as a person can read it; `shown` bytes of `size`. */
export type DeliveryBodyView = ReadableBytes & { shown: number; size: number };

export type DeliveryPageView = { delivery: DeliveryDetailView; body: DeliveryBodyView | null };

/** Which secrets sign webhooks, and how many requests were refused because none had signed them. */
export type SignatureView = {
  /** How many secrets count: more than one while one is being replaced. */
  secrets: number;
  /** Since the app was started; null: not counted. */
  refused: number | null;
};

export type WebhookListView = {
  page: ListPage<DeliveryView>;
  ignored: string[];
  /** The position of the newest delivery shown, by which newer ones are counted; null where the list does not begin with the newest. */
  newest: string | null;
  /** The app's public address, without a slash at its end; empty where it is not known. */
  appUrl: string;
  signature: SignatureView;
};

/** How many deliveries have come since; `isMore`: at least so many. */
export type NewerDeliveries = { count: number; isMore: boolean };
