import { describe, expect, test } from "vitest";

import { readEnvelope } from "./read-envelope.ts";

const sent = {
  Topic: "orders/create",
  "Shop-Domain": "Kurta-House.myshopify.com",
  "Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  "Event-Id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
  "API-Version": "2026-10",
  "Triggered-At": "2026-03-30T14:30:00.123456789Z",
};
const withPrefix = (prefix: string, headers: Record<string, string> = sent) =>
  new Headers(Object.entries(headers).map(([name, value]): [string, string] => [prefix + name, value]));

const envelope = {
  topic: "orders/create",
  shop: "kurta-house.myshopify.com",
  webhookId: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  eventId: "98880550-7158-44d4-b7cd-2c97c8a091b5",
  apiVersion: "2026-10",
  triggeredAt: "2026-03-30T14:30:00.123456Z",
};

describe("a delivery's headers", () => {
  test.each(["X-Shopify-", "x-shopify-", "X-SHOPIFY-", "Shopify-", "shopify-"])(
    "are read from %s",
    (prefix) => {
      expect(readEnvelope(withPrefix(prefix))).toEqual(envelope);
    },
  );

  test("of the event family name the action apart", () => {
    const headers = withPrefix("shopify-", { ...sent, Topic: "Product", Action: "update" });
    expect(readEnvelope(headers)).toMatchObject({ topic: "product/update" });
  });

  test("beyond topic, shop and id may be absent", () => {
    const { Topic, "Shop-Domain": shop, "Webhook-Id": id } = sent;
    expect(readEnvelope(withPrefix("X-Shopify-", { Topic, "Shop-Domain": shop, "Webhook-Id": id }))).toEqual({
      ...envelope,
      eventId: null,
      apiVersion: null,
      triggeredAt: null,
    });
  });

  test.each([
    ["Topic", "X-Shopify-Topic"],
    ["Shop-Domain", "X-Shopify-Shop-Domain"],
    ["Webhook-Id", "X-Shopify-Webhook-Id"],
  ])("without %s are refused by name, absent or blank", (name, missing) => {
    const absent = Object.fromEntries(Object.entries(sent).filter(([key]) => key !== name));
    expect(readEnvelope(withPrefix("X-Shopify-", absent))).toEqual({ missing: [missing] });
    expect(readEnvelope(withPrefix("X-Shopify-", { ...sent, [name]: " " }))).toEqual({ missing: [missing] });
  });

  test("name every missing one, not the first", () => {
    expect(readEnvelope(new Headers())).toEqual({
      missing: ["X-Shopify-Topic", "X-Shopify-Shop-Domain", "X-Shopify-Webhook-Id"],
    });
  });

  test.each([
    "example.com",
    "myshopify.com",
    "a.b.myshopify.com",
    "shop.myshopify.com.evil.example",
    "-x.myshopify.com",
  ])("with %s as shop are refused", (shop) => {
    expect(readEnvelope(withPrefix("X-Shopify-", { ...sent, "Shop-Domain": shop }))).toEqual({
      missing: ["X-Shopify-Shop-Domain"],
    });
  });
});
