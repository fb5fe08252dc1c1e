import { expect } from "vitest";

import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dropOldDeliveries } from "./drop-old-deliveries.server.ts";
import { dropOldHistory } from "./drop-old-history.server.ts";

const shop = "a.myshopify.com";
const now = new Date("2026-11-22T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
/** A second before and after 30 days ago, the default retention. */
const old = new Date(daysAgo(30).getTime() - 1000);
const young = new Date(daysAgo(30).getTime() + 1000);

const aDelivery = (webhookId: string, receivedAt: Date, row: Record<string, unknown> = {}) => ({
  ...{ shop, webhookId, topic: "orders/updated", outcome: "stored", receivedAt },
  ...row,
});

test("deliveries are kept for the retention; news that waits, and other shops' rows, for longer", async ({
  database,
}) => {
  await database.prisma.webhookDelivery.createMany({
    data: [
      aDelivery("old", old),
      aDelivery("young", young),
      aDelivery("waits", old, { outcome: "news" }),
      aDelivery("given up", old, { outcome: "news", quarantinedAt: now, errorCode: "INTERNAL" }),
      aDelivery("handled", old, { outcome: "news", processedAt: old }),
      aDelivery("unreadable", old, { outcome: "failed" }),
      aDelivery("old", old, { shop: "b.myshopify.com" }),
    ],
  });
  const missed = (foundAt: Date, of = shop) => ({
    ...{ shop: of, kind: "order", id: "1", shopifyUpdatedAt: foundAt, foundAt },
  });
  await database.prisma.shopifyMissedUpdate.createMany({
    data: [missed(old), missed(young), missed(old, "b.myshopify.com")],
  });
  expect(await dropOldDeliveries(database.pool, { shop, now })).toBe(3);
  expect(await database.prisma.shopifyMissedUpdate.findMany({ orderBy: { shop: "asc" } })).toEqual([
    missed(young),
    missed(old, "b.myshopify.com"),
  ]);
  const { rows } = await database.pool.query(
    `select shop, "webhookId" as id from "WebhookDelivery" order by 1, 2`,
  );
  expect(rows).toEqual([
    { shop, id: "given up" },
    { shop, id: "waits" },
    { shop, id: "young" },
    { shop: "b.myshopify.com", id: "old" },
  ]);
});

test("more than one statement's worth goes too, and a shop's own retention counts", async ({ database }) => {
  await database.prisma.shop.create({
    data: { shop, settings: { deliveryLogRetentionDays: 2, historyRetentionDays: 2 } },
  });
  await database.pool.query(
    `insert into "WebhookDelivery" (shop, "webhookId", topic, outcome, "receivedAt")
       select $1, n::text, 'orders/updated', 'stored', $2 from generate_series(1, 10001) n`,
    [shop, daysAgo(3)],
  );
  await database.pool.query(
    `insert into "ShopifyPayloadHistory" (shop, kind, id, shape, "contentHash", "rawData", source, "receivedAt", "supersededAt")
       select $1, 'order', n::text, 'rest', 'hash', '{}', 'webhook', $2, $2 from generate_series(1, 10001) n`,
    [shop, daysAgo(3)],
  );
  expect(await dropOldDeliveries(database.pool, { shop, now })).toBe(10_001);
  expect(await dropOldHistory(database.pool, { shop, now })).toBe(10_001);
});

test("replaced payloads are kept for the retention since they were replaced", async ({ database }) => {
  const past = (id: string, shape: string, supersededAt: Date, of = shop) => ({
    ...{ shop: of, kind: "order", id, shape, contentHash: "hash", rawData: "{}", source: "webhook" },
    ...{ receivedAt: daysAgo(90), supersededAt },
  });
  await database.prisma.shopifyPayloadHistory.createMany({
    data: [
      past("1", "rest", old),
      past("1", "bulk", young),
      past("2", "rest", old),
      past("1", "rest", old, "b.myshopify.com"),
    ],
  });
  expect(await dropOldHistory(database.pool, { shop, now })).toBe(2);
  const { rows } = await database.pool.query(
    `select shop, id, shape from "ShopifyPayloadHistory" order by 1, 2`,
  );
  expect(rows).toEqual([
    { shop, id: "1", shape: "bulk" },
    { shop: "b.myshopify.com", id: "1", shape: "rest" },
  ]);
});
