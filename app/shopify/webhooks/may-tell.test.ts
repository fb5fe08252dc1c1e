import { expect, test } from "vitest";

import { mayTell } from "./may-tell.ts";
import { webhookTopics } from "./topics.ts";

const own = "kurta-house.myshopify.com";
const another = "another.myshopify.com";
const ofTheApp = { secret: "app", shop: null, signsForApp: true };
const byHand = { secret: "by hand", shop: own, signsForApp: false };
const ofOneShop = { secret: "one shop", shop: own, signsForApp: true };

test("the app's secret tells of every shop, a store's own of that store alone", () => {
  const topic = "orders/create";
  expect([ofTheApp, byHand, ofOneShop].map((secret) => mayTell(secret, { topic, shop: own }))).toEqual([
    true,
    true,
    true,
  ]);
  expect([ofTheApp, byHand, ofOneShop].map((secret) => mayTell(secret, { topic, shop: another }))).toEqual([
    true,
    false,
    false,
  ]);
});

test("webhooks made by hand tell of records and locations, never of the app or of privacy requests", () => {
  const refused = [...webhookTopics.keys()].filter((topic) => !mayTell(byHand, { topic, shop: own }));
  expect(refused.toSorted()).toEqual([
    "app/scopes_update",
    "app/uninstalled",
    "customers/data_request",
    "customers/redact",
    "shop/redact",
  ]);
  expect(mayTell(byHand, { topic: "app_subscriptions/update", shop: own })).toBe(false);
  for (const topic of webhookTopics.keys())
    expect([ofTheApp, ofOneShop].map((secret) => mayTell(secret, { topic, shop: own }))).toEqual([
      true,
      true,
    ]);
});
