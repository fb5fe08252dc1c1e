import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { webhookRoutes } from "#app/shopify/webhooks/topics.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { aDelivery, aSecret, aShop } from "#tests/webhooks/a-delivery.ts";

import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";

let database: TestDatabase;
let web: Child;
const send = (address: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${web.ready[1] ?? ""}${address}`, init);

beforeAll(async () => {
  await ensureBuild();
  database = await createTestDatabase();
  web = await startChild({
    name: "web",
    args: ["--import", "./simulator/preload.mjs", "app/server.ts"],
    ready: /"port":(\d+),"msg":"web process listening"/,
    cwd: path.resolve(import.meta.dirname, "../.."),
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: database.url, PORT: "0", NODE_ENV: "production" },
      SIMULATOR_URL: "http://127.0.0.1:1", // nothing leaves this machine
      SHOPIFY_SHOP_DOMAIN: aShop,
      SHOPIFY_ACCESS_TOKEN: "a-fixed-token",
      SHOPIFY_WEBHOOK_SECRET: aSecret,
    },
    onLine: () => undefined,
  });
});

afterAll(async () => {
  await web.stop();
  await database.drop();
});

test.each(webhookRoutes)("the built web process receives webhooks about %s", async (route) => {
  const address = `/api/webhooks/shopify/${route}`;
  const stored = await send(address, aDelivery({ webhookId: `to-${route}` }));
  expect(stored.status).toBe(200);
  expect(stored.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await send(address, aDelivery({ secret: "another" }))).status).toBe(401);
  expect((await send(address)).status).toBe(405);
  expect((await send(`${address}/?a=b`, aDelivery({ webhookId: `to-${route}` }))).status).toBe(200);
  const { rows } = await database.db.pool.query(
    `SELECT duplicates FROM "WebhookDelivery" WHERE "webhookId" = $1`,
    [`to-${route}`],
  );
  expect(rows).toEqual([{ duplicates: 1 }]);
});

test("an address below them that is none of them answers 404", async () => {
  expect((await send("/api/webhooks/shopify/nothing", aDelivery())).status).toBe(404);
});

test("what webhooks cost is measured apart from the pages", async () => {
  await send("/api/webhooks/shopify/orders");
  const metrics = await (await send("/metrics")).text();
  expect(metrics).toMatch(
    /http_request_duration_seconds_count\{method="GET",area="webhooks",status="405"\} \d/,
  );
});

test("a web process that is told to end still notes what it answered last", async () => {
  expect((await send("/api/webhooks/shopify/orders", aDelivery({ webhookId: "the-last" }))).status).toBe(200);
  await web.stop();
  const { rows } = await database.db.pool.query<{ noted: boolean }>(
    `SELECT "answeredAt" IS NOT NULL AS noted FROM "WebhookDelivery" WHERE "webhookId" = 'the-last'`,
  );
  expect(rows).toEqual([{ noted: true }]);
});
