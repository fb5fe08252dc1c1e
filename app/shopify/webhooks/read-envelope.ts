import { readTimestamp } from "./read-timestamp.ts";

/** What the headers of a delivery say. */
export type WebhookEnvelope = {
  /** "orders/create"; for an event of the newer family "product/update" (its topic and action). */
  topic: string;
  /** The shop's myshopify.com domain, lower case. */
  shop: string;
  /** Unique per delivery and subscription, the same on Shopify's retries: the key of de-duplication. */
  webhookId: string;
  /** The merchant's act behind it, shared by all deliveries about it. */
  eventId: string | null;
  apiVersion: string | null;
  /** UTC, to the microsecond. */
  triggeredAt: string | null;
};

const shopDomain = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** A header of either family: `x-shopify-…` of webhooks, `shopify-…` of Shopify's newer events. */
export function shopifyHeader(headers: Headers, name: string): string | null {
  const value = headers.get(`x-shopify-${name}`) ?? headers.get(`shopify-${name}`);
  return value === null || value.trim() === "" ? null : value.trim();
}

/**
 * The envelope of a delivery, or the names of the headers it lacks (Shopify's docs, "structure of a webhook":
 * topic, shop and id are always sent). Names are case-insensitive, as HTTP/2 wants.
 */
export function readEnvelope(headers: Headers): WebhookEnvelope | { missing: string[] } {
  const topic = shopifyHeader(headers, "topic");
  const action = shopifyHeader(headers, "action");
  const shop = shopifyHeader(headers, "shop-domain")?.toLowerCase() ?? null;
  const webhookId = shopifyHeader(headers, "webhook-id");

  const missing: string[] = [];
  if (topic === null) missing.push("X-Shopify-Topic");
  if (shop === null || !shopDomain.test(shop)) missing.push("X-Shopify-Shop-Domain");
  if (webhookId === null) missing.push("X-Shopify-Webhook-Id");
  if (topic === null || shop === null || webhookId === null || missing.length > 0) return { missing };

  return {
    topic: (action === null ? topic : `${topic}/${action}`).toLowerCase(),
    shop,
    webhookId,
    eventId: shopifyHeader(headers, "event-id"),
    apiVersion: shopifyHeader(headers, "api-version"),
    triggeredAt: readTimestamp(shopifyHeader(headers, "triggered-at")),
  };
}
