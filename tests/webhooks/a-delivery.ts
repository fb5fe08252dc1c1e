import { createHmac, randomUUID } from "node:crypto";

export type DeliveryOptions = {
  topic?: string;
  /** An object is sent as JSON; bytes and text as they are. */
  body?: object | string | Uint8Array<ArrayBuffer>;
  webhookId?: string;
  shop?: string;
  /** What it is signed with; null: not at all. */
  secret?: string | null;
  /** Of the classic webhooks, or of Shopify's newer events. */
  family?: "X-Shopify-" | "shopify-";
  triggeredAt?: string;
  /** Header names to leave out, without their prefix. */
  without?: string[];
};

export const aShop = "kurta-house.myshopify.com";
export const aSecret = "a secret of the app";

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

type Delivery = { method: string; body: Uint8Array<ArrayBuffer>; headers: Record<string, string> };

/** A delivery as Shopify sends it, signed over the bytes, ready for `fetch`. */
export function aDelivery(options: DeliveryOptions = {}): Delivery {
  const { body = {}, secret = aSecret, family = "X-Shopify-", without = [] } = options;
  const bytes =
    body instanceof Uint8Array
      ? new Uint8Array(body)
      : utf8(typeof body === "string" ? body : JSON.stringify(body));
  const headers: Record<string, string> = {
    Topic: options.topic ?? "orders/create",
    "Shop-Domain": options.shop ?? aShop,
    "Webhook-Id": options.webhookId ?? randomUUID(),
    "Event-Id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
    "API-Version": "2026-10",
    "Triggered-At": options.triggeredAt ?? "2026-11-22T10:00:00.123456789Z",
  };
  if (secret !== null) headers["Hmac-Sha256"] = createHmac("sha256", secret).update(bytes).digest("base64");
  for (const name of without) Reflect.deleteProperty(headers, name);
  return {
    method: "POST",
    body: bytes,
    headers: {
      "Content-Type": "application/json",
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [family + name, value])),
    },
  };
}

/** An order as REST words it, as far as its place in the cache is concerned. */
export function anOrderPayload(given: Record<string, unknown> = {}) {
  return {
    id: 5678901234567,
    admin_graphql_api_id: "gid://shopify/Order/5678901234567",
    name: "#1001",
    updated_at: "2026-11-22T15:30:00+05:30",
    financial_status: "pending",
    fulfillment_status: null,
    payment_gateway_names: ["Cash on Delivery (COD)"],
    ...given,
  };
}
