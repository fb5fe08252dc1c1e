/** `x-shopify-…` of webhooks, or `shopify-…` of Shopify's newer events, where topic and action stand apart. */
export type HeaderFamily = "webhooks" | "events";

/** What the headers of one try tell. */
export type WebhookEnvelope = {
  topic: string;
  domain: string;
  apiVersion: string;
  webhookId: string;
  eventId: string;
  /** In nanosecond form. */
  triggeredAt: string;
  /** Base64 of HMAC-SHA256 over the raw body. */
  signature: string;
  /** The subscription's name, if it has one. */
  name: string | undefined;
};

/** The headers of a delivery (Shopify's docs, "Structure of a webhook"; the newer family as Shopify's library reads it). */
export function buildWebhookHeaders(family: HeaderFamily, of: WebhookEnvelope): Record<string, string> {
  const common = { "Content-Type": "application/json", "User-Agent": "Shopify-Captain-Hook" };
  if (family === "webhooks") {
    return {
      ...common,
      "X-Shopify-Topic": of.topic,
      "X-Shopify-Hmac-Sha256": of.signature,
      "X-Shopify-Shop-Domain": of.domain,
      "X-Shopify-API-Version": of.apiVersion,
      "X-Shopify-Webhook-Id": of.webhookId,
      "X-Shopify-Event-Id": of.eventId,
      "X-Shopify-Triggered-At": of.triggeredAt,
      ...(of.name === undefined ? {} : { "X-Shopify-Name": of.name }),
    };
  }
  const [topic = "", action = ""] = of.topic.split("/");
  return {
    ...common,
    "shopify-topic": topic,
    "shopify-action": action,
    "shopify-hmac-sha256": of.signature,
    "shopify-shop-domain": of.domain,
    "shopify-api-version": of.apiVersion,
    "shopify-webhook-id": of.webhookId,
    "shopify-event-id": of.eventId,
    "shopify-triggered-at": of.triggeredAt,
    ...(of.name === undefined ? {} : { "shopify-handle": of.name }),
  };
}

/** Replaces headers by name, whatever its case; null takes one away. */
export function replaceHeaders(
  headers: Readonly<Record<string, string>>,
  by: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const replaced = new Set(Object.keys(by).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  const given = Object.entries(by).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return Object.fromEntries([...kept, ...given]);
}

/** Time as Shopify stamps it: to the nanosecond, later for whatever is stamped later (up to 1,000 in a millisecond). */
export function createTriggerClock(now: () => Date): () => string {
  let lastMs = 0;
  let micros = 0;
  return () => {
    const ms = now().getTime();
    micros = ms === lastMs ? Math.min(micros + 1, 999) : 0;
    lastMs = ms;
    return `${new Date(ms).toISOString().slice(0, -1)}${String(micros).padStart(3, "0")}000Z`;
  };
}
