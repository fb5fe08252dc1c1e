import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

/** One try to deliver a webhook. */
export type WebhookDelivery = {
  topic: string;
  url: string;
  webhookId: string;
  attempt: number;
  status: number | null;
  error: string | null;
};

export type WebhookTargets = {
  /** The app's address, without trailing slash; null = nobody to tell. */
  appUrl: string | null;
  /** Path by topic, like `{"bulk_operations/finish": "/webhooks/bulk"}`. */
  paths: Record<string, string>;
  /** Signs; the API secret. */
  secret: string;
};

export type WebhookSender = {
  readonly targets: WebhookTargets;
  /** Sends (and retries) in the background. Nothing happens when the topic has no address. */
  send(topic: string, payload: unknown, options?: { copies?: number }): void;
  deliveries(): readonly WebhookDelivery[];
  /** Ends retries. */
  close(): Promise<void>;
};

/** Shopify waits 1 s for a connection and 5 s in all. */
const TIMEOUT_MS = 5000;
const KEPT_DELIVERIES = 500;

/**
 * Delivers webhooks as Shopify does (docs, "Deliver webhooks through HTTPS"): signed over the raw body,
 * eight retries with the original payload and the same webhook id, redirects count as failures.
 *
 * @param retryWaitsMs the waits between tries; Shopify's eight span four hours.
 */
export function createWebhookSender(options: {
  domain: string;
  apiVersion: string;
  targets: WebhookTargets;
  retryWaitsMs: readonly number[];
  now(): Date;
}): WebhookSender {
  const { targets } = options;
  const deliveries: WebhookDelivery[] = [];
  const stop = new AbortController();
  const sends = new Set<Promise<void>>();

  async function deliver(
    topic: string,
    url: string,
    body: string,
    webhookId: string,
    eventId: string,
  ): Promise<void> {
    const triggeredAt = options
      .now()
      .toISOString()
      .replace(/(\.\d{3})Z$/, "$1000000Z");
    for (let attempt = 1; attempt <= options.retryWaitsMs.length + 1; attempt++) {
      if (attempt > 1)
        await wait(options.retryWaitsMs[attempt - 2] ?? 0, undefined, {
          signal: stop.signal,
          ref: false,
        }).catch(() => undefined);
      if (stop.signal.aborted) return;
      const delivery: WebhookDelivery = { topic, url, webhookId, attempt, status: null, error: null };
      deliveries.push(delivery);
      if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
      try {
        const response = await fetch(url, {
          method: "POST",
          redirect: "manual",
          signal: AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
          headers: {
            "Content-Type": "application/json",
            "User-Agent": "Shopify-Captain-Hook",
            "X-Shopify-Topic": topic,
            "X-Shopify-Hmac-Sha256": createHmac("sha256", targets.secret).update(body).digest("base64"),
            "X-Shopify-Shop-Domain": options.domain,
            "X-Shopify-API-Version": options.apiVersion,
            "X-Shopify-Webhook-Id": webhookId,
            "X-Shopify-Event-Id": eventId,
            "X-Shopify-Triggered-At": triggeredAt,
          },
          body,
        });
        delivery.status = response.status;
        await response.arrayBuffer();
        if (response.ok) return;
      } catch (error) {
        delivery.error = error instanceof Error ? error.message : String(error);
      }
    }
  }

  return {
    targets,
    send(topic, payload, { copies = 1 } = {}) {
      const path = targets.paths[topic];
      if (targets.appUrl === null || path === undefined || stop.signal.aborted) return;
      const body = JSON.stringify(payload);
      const [webhookId, eventId] = [randomUUID(), randomUUID()];
      for (let copy = 0; copy < copies; copy++) {
        const sending = deliver(topic, targets.appUrl + path, body, webhookId, eventId).finally(() =>
          sends.delete(sending),
        );
        sends.add(sending);
      }
    },
    deliveries: () => deliveries,
    async close() {
      stop.abort();
      await Promise.allSettled(sends);
    },
  };
}
