/** One try to deliver a webhook. */
export type WebhookDelivery = {
  topic: string;
  url: string;
  webhookId: string;
  eventId: string;
  attempt: number;
  /** When the try began. */
  at: string;
  status: number | null;
  error: string | null;
};

/** How many webhooks came to what so far, and how many are where now. Forged ones and raw ones are not counted. */
export type WebhookStats = {
  /** Happenings of a subscribed topic. */
  told: number;
  /** Sent once more under the same id by a fault. */
  doubled: number;
  delivered: number;
  /** Tries after a webhook's first. */
  retried: number;
  givenUp: number;
  /** Lost by a fault, before any try. */
  dropped: number;
  inFlight: number;
  queued: number;
  /** For a retry, or late or held back by a fault. */
  waiting: number;
};

export type RawWebhook = {
  topic: string;
  body: Buffer | string;
  /** In place of those Shopify would send, by name; null takes one away. */
  headers?: Readonly<Record<string, string | null>>;
};
