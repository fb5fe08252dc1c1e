import { describe, expect } from "vitest";

import type { Database } from "#app/lib/db.server.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadWebhookHealth } from "./load-webhook-health.server.ts";

const shop = "a.myshopify.com";
const now = new Date("2026-11-22T12:00:00.000Z");
const since = new Date("2026-11-21T12:00:00.000Z");
const MINUTE = 60_000;

let number = 0;
type Delivery = {
  shop?: string;
  topic?: string;
  kind?: string;
  outcome?: string;
  errorCode?: string;
  duplicates?: number;
  /** How long ago it was received, how long it had been under way, and how long it took us. */
  agoMs: number;
  delayMs?: number;
  processingMs?: number;
};

async function receive(database: Database, deliveries: readonly Delivery[]) {
  const at = (ms: number) => new Date(now.getTime() - ms);
  for (const { agoMs, delayMs, processingMs, ...row } of deliveries)
    await database.prisma.webhookDelivery.create({
      data: {
        ...{ shop, webhookId: String(++number), topic: "orders/updated", kind: "order", outcome: "stored" },
        ...row,
        receivedAt: at(agoMs),
        triggeredAt: delayMs === undefined ? null : at(agoMs + delayMs),
        processedAt: processingMs === undefined ? null : at(agoMs - processingMs),
      },
    });
}

async function findOrders(
  database: Database,
  orders: { source: string; changedAgoMs: number; shop?: string }[],
) {
  for (const { source, changedAgoMs, ...row } of orders)
    await database.prisma.shopifyOrderCache.create({
      data: {
        ...{
          shop,
          id: String(++number),
          rawData: "{}",
          rawShape: "bulk",
          contentHash: "0",
          source,
          receivedAt: now,
        },
        ...row,
        shopifyUpdatedAt: new Date(now.getTime() - changedAgoMs),
      },
    });
}

const load = (database: Database) => loadWebhookHealth(database.pool, { shop, since, now });
const topicOf = async (database: Database, topic: string) =>
  (await load(database)).topics.find((health) => health.topic === topic);

test("each topic's figures are those of the period, its last delivery of ever", async ({ database }) => {
  await receive(database, [
    { agoMs: 10 * MINUTE, delayMs: 100, processingMs: 1000 },
    { agoMs: 20 * MINUTE, delayMs: 200, processingMs: 3000, duplicates: 2 },
    { agoMs: 30 * MINUTE, delayMs: 900, outcome: "failed", errorCode: "PAYLOAD_UNREADABLE" },
    { agoMs: 40 * MINUTE, duplicates: 1 },
    { agoMs: 25 * 60 * MINUTE, delayMs: 1_000_000, duplicates: 50 },
    { topic: "products/update", kind: "product", agoMs: 48 * 60 * MINUTE },
  ]);
  expect(await topicOf(database, "orders/updated")).toEqual({
    ...{
      topic: "orders/updated",
      lastSeenAt: "2026-11-22T11:50:00.000Z",
      count: 4,
      duplicates: 3,
      failures: 1,
    },
    // Of 100, 200 and 900: the 99th percentile lies 98 % of the way from the second to the third.
    delay: { medianMs: 200, p99Ms: 886 },
    processing: { medianMs: 2000, p99Ms: 2980 },
  });
  expect(await topicOf(database, "products/update")).toEqual({
    ...{
      topic: "products/update",
      lastSeenAt: "2026-11-20T12:00:00.000Z",
      count: 0,
      duplicates: 0,
      failures: 0,
    },
    ...{ delay: null, processing: null },
  });
});

test("every topic the app subscribes to is there, seen or not, and one that came unasked", async ({
  database,
}) => {
  await receive(database, [{ topic: "carts/update", agoMs: MINUTE }]);
  const { topics } = await load(database);
  expect(topics.map(({ topic }) => topic)).toEqual([...webhookTopics.keys(), "carts/update"].sort());
  expect(topics.find(({ topic }) => topic === "orders/create")?.lastSeenAt).toBeNull();
});

test("news that failed when it was handled counts as a failure", async ({ database }) => {
  await receive(database, [
    { topic: "refunds/create", outcome: "news", agoMs: MINUTE },
    { topic: "refunds/create", outcome: "news", errorCode: "INTERNAL", agoMs: MINUTE },
  ]);
  expect(await topicOf(database, "refunds/create")).toMatchObject({ count: 2, failures: 1 });
});

test("processing is measured of records that reached the ERP, not of news, nor of what needed none", async ({
  database,
}) => {
  const took = (outcome: string, processingMs: number) => ({ outcome, processingMs, agoMs: MINUTE });
  await receive(database, [
    ...[took("stored", 1000), took("superseded", 2000), took("known", 3000), { agoMs: MINUTE }],
    // A record that is put aside is done when it has gone into the ERP after all; what is unreadable is never.
    ...[took("news", 50_000), took("noted", 0), took("redacted", 50_000), took("failed", 50_000)],
    { ...took("news", 10), topic: "refunds/create" },
  ]);
  expect((await topicOf(database, "orders/updated"))?.processing).toEqual({ medianMs: 2000, p99Ms: 2980 });
  expect(await topicOf(database, "refunds/create")).toMatchObject({ count: 1, processing: null });
});

test("an order that another road was first with is an information, no failure", async ({ database }) => {
  await receive(database, [{ outcome: "known", errorCode: "ORDER_EXISTS", agoMs: MINUTE }]);
  expect(await topicOf(database, "orders/updated")).toMatchObject({ count: 1, failures: 0 });
});

test("by kind: what a webhook was the first to tell, and what never came by one", async ({ database }) => {
  await receive(database, [
    { agoMs: MINUTE },
    { agoMs: MINUTE, outcome: "superseded" },
    { agoMs: MINUTE, topic: "orders/paid" },
    // The same update by another topic, a piece of one, and one before the period.
    { agoMs: MINUTE, outcome: "known" },
    { agoMs: MINUTE, outcome: "news", topic: "refunds/create" },
    { agoMs: 25 * 60 * MINUTE },
  ]);
  await database.prisma.shopifyMissedUpdate.createMany({
    data: [
      { shop, kind: "order", id: "1", shopifyUpdatedAt: since, foundAt: now },
      { shop, kind: "order", id: "2", shopifyUpdatedAt: since, foundAt: new Date("2026-11-21T11:59:59Z") },
      { shop: "b.myshopify.com", kind: "order", id: "1", shopifyUpdatedAt: since, foundAt: now },
    ],
  });
  const { kinds } = await load(database);
  expect(kinds.find(({ kind }) => kind === "order")).toEqual({
    kind: "order",
    byWebhook: 3,
    missed: 1,
    missedShare: 0.25,
  });
  expect(kinds.find(({ kind }) => kind === "product")).toEqual({
    kind: "product",
    byWebhook: 0,
    missed: 0,
    missedShare: null,
  });
});

describe("silence", () => {
  const hours = (count: number) => count * 60 * MINUTE;

  test("longer than twice the longest gap, while orders changed, is said", async ({ database }) => {
    await receive(database, [{ agoMs: hours(5) }, { agoMs: hours(5) + 40 * MINUTE }]);
    await findOrders(database, [
      { source: "lookback", changedAgoMs: hours(2) },
      { source: "dump", changedAgoMs: hours(1) },
      // Before the last delivery; and one that a person fetched.
      { source: "lookback", changedAgoMs: hours(6) },
      { source: "fetch", changedAgoMs: hours(1) },
    ]);
    const { silence, lastDeliveryAt } = await load(database);
    expect(lastDeliveryAt).toBe("2026-11-22T07:00:00.000Z");
    expect(silence).toMatch(
      /^No webhook has come for 5 h 0 min .*was 40 min 0 s\), though 2 orders changed at Shopify/,
    );
  });

  test.for([
    ["nothing changed at Shopify", [{ agoMs: hours(5) }], []],
    ["the shop is used to it", [{ agoMs: hours(5) }, { agoMs: hours(8) }], [hours(1)]],
    ["it is less than an hour", [{ agoMs: 59 * MINUTE }, { agoMs: 60 * MINUTE }], [MINUTE]],
  ] as const)("is none when %s", async ([, deliveries, changed], { database }) => {
    await receive(database, deliveries);
    await findOrders(
      database,
      changed.map((changedAgoMs) => ({ source: "lookback", changedAgoMs })),
    );
    expect((await load(database)).silence).toBeNull();
  });

  test("a gap of more than 7 days ago is forgotten", async ({ database }) => {
    await receive(database, [{ agoMs: hours(5) }, { agoMs: hours(6) }, { agoMs: hours(24 * 7 + 1) }]);
    await findOrders(database, [{ source: "lookback", changedAgoMs: hours(1) }]);
    expect((await load(database)).silence).toContain("was 1 h 0 min");
  });

  test("a shop that never had a webhook is silent since its install", async ({ database }) => {
    await database.prisma.shop.create({ data: { shop, installedAt: new Date(now.getTime() - hours(3)) } });
    await findOrders(database, [{ source: "lookback", changedAgoMs: hours(4) }]);
    expect((await load(database)).silence).toBeNull();
    await findOrders(database, [{ source: "lookback", changedAgoMs: hours(1) }]);
    expect((await load(database)).silence).toMatch(
      /^No webhook has come for 3 h 0 min, though 1 order changed/,
    );
  });
});

test("law 11: another shop's deliveries and orders do not count", async ({ database }) => {
  const before = await load(database);
  await receive(database, [
    { shop: "b.myshopify.com", agoMs: MINUTE, delayMs: 5, processingMs: 5 },
    { shop: "b.myshopify.com", agoMs: MINUTE, topic: "carts/update" },
  ]);
  await findOrders(database, [{ shop: "b.myshopify.com", source: "lookback", changedAgoMs: MINUTE }]);
  expect(await load(database)).toEqual(before);
});
