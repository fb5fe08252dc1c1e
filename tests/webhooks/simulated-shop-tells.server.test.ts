import { afterAll, beforeAll, expect, test } from "vitest";

import { exampleHappenings } from "#simulator/fixtures/example-happenings.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { Simulator } from "#simulator/start-simulator.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { createTestDatabase } from "#tests/setup/test-database.ts";
import type { TestDatabase } from "#tests/setup/test-database.ts";

import { aSecret } from "./a-delivery.ts";
import { serveWebhookRoutes } from "./serve-webhook-routes.ts";
import { aWebhookContext } from "./webhook-context.ts";

const webhookPaths = readAppSubscriptions("shopify.app.toml");
const topics = Object.keys(webhookPaths);

let database: TestDatabase;
let served: Awaited<ReturnType<typeof serveWebhookRoutes>>;
let shop: Simulator;
beforeAll(async () => {
  database = await createTestDatabase();
  served = await serveWebhookRoutes(aWebhookContext(database.db));
  shop = await startSimulator({ orders: 60, appUrl: served.url, apiSecret: aSecret, webhookPaths });
});
afterAll(async () => {
  await shop.close();
  await served.close();
  await database.drop();
});

test("what the simulated shop tells of every topic, the app takes and can read", async () => {
  for (const topic of topics) {
    const [happening] = exampleHappenings(shop.store, topic);
    if (happening === undefined) throw new Error(`Nothing in the store is a subject of ${topic}.`);
    shop.webhooks.tell([happening]);
  }
  await shop.webhooks.idle();

  expect(shop.webhooks.stats()).toMatchObject({ told: topics.length, delivered: topics.length, retried: 0 });
  const { rows } = await database.db.pool.query<{ topic: string; outcome: string; shop: string }>(
    'select topic, outcome, shop from "WebhookDelivery"',
  );
  expect(rows.map(({ topic }) => topic).sort()).toEqual([...topics].sort());
  expect(rows.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(new Set(rows.map((row) => row.shop))).toEqual(new Set([shop.domain]));
});

test("what is forged on the way is refused and leaves nothing", async () => {
  shop.faults.add({ kind: "webhook-forged", count: 1 });
  const [happening] = exampleHappenings(shop.store, "products/delete");
  if (happening) shop.webhooks.tell([happening]);
  await shop.webhooks.idle();

  const statuses = shop.webhooks.deliveries().slice(-2);
  expect(statuses.map(({ status }) => status).sort()).toEqual([200, 401]);
  const forged = statuses.find(({ status }) => status === 401)?.webhookId;
  const { rowCount } = await database.db.pool.query(
    'select from "WebhookDelivery" where shop = $1 and "webhookId" = $2',
    [shop.domain, forged],
  );
  expect(rowCount).toBe(0);
});
