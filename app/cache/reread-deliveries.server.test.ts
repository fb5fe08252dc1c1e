import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { at, handle, now, requests, rows, shop } from "#tests/webhooks/told-news.ts";
import { ingestDelivery } from "./ingest-delivery.server.ts";
import { countFailedDeliveries, listFailedDeliveries } from "./list-failed-deliveries.server.ts";
import { retryFailedNews } from "./news-log.server.ts";
import { rereadDeliveries } from "./reread-deliveries.server.ts";
import { setTombstones } from "./tombstones.server.ts";

const other = "other.myshopify.com";
const anOrder = { id: 7001, name: "#1001", updated_at: at };

/** A delivery that an older version of the app could not read. */
async function unreadable(pool: Pool, webhookId: string, topic: string, body: unknown, of = shop) {
  await ingestDelivery(pool, {
    ...{ shop: of, webhookId, topic, eventId: null, apiVersion: "2026-10", triggeredAt: at, now },
    ...{ kind: null, recordId: null, payload: null, isNews: false },
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    problem: { code: "PAYLOAD_UNREADABLE", message: "An older version's reason" },
  });
}

const log = (pool: Pool) =>
  rows(
    pool,
    `select "webhookId" as id, outcome, kind, "recordId", "errorCode", error, attempts, body is not null as kept
     from "WebhookDelivery" order by "webhookId"`,
  );

describe("a delivery that could not be read", () => {
  test("becomes what it is once it can: a record, news, or nothing that follows", async ({
    database: { pool },
  }) => {
    await unreadable(pool, "a-record", "orders/create", anOrder);
    await unreadable(pool, "b-news", "orders/delete", { id: 7002 });
    await unreadable(pool, "c-nothing", "draft_orders/create", { id: 1 });
    expect(await rereadDeliveries(pool, { shop, now })).toEqual({ read: 3, unreadable: 0 });
    const done = { errorCode: null, error: null, attempts: 0 };
    expect(await log(pool)).toEqual([
      { id: "a-record", outcome: "news", kind: "order", recordId: "7001", kept: true, ...done },
      { id: "b-news", outcome: "news", kind: "order", recordId: "7002", kept: true, ...done },
      { id: "c-nothing", outcome: "noted", kind: null, recordId: null, kept: true, ...done },
    ]);

    expect(await handle(pool)).toBe(2);
    expect(await log(pool)).toMatchObject([
      { id: "a-record", outcome: "stored", recordId: "7001", kept: false, ...done },
      { id: "b-news", outcome: "news", ...done },
      {},
    ]);
    expect(await rows(pool, `select id, "rawData", "triggeredAt" from "ShopifyOrderCache"`)).toEqual([
      { id: "7001", rawData: JSON.stringify(anOrder), triggeredAt: new Date(at) },
    ]);
    expect(await requests(pool)).toMatchObject([{ kind: "order", id: "7002" }]);
    expect(await countFailedDeliveries(pool, { shop })).toBe(0);
  });

  test("stays failed with today's reason while it cannot, and says how often it was tried", async ({
    database: { pool },
  }) => {
    for (let index = 0; index < 45; index++)
      await unreadable(pool, `id-${String(index).padStart(2, "0")}`, "orders/create", "{ Asha");
    expect(await rereadDeliveries(pool, { shop, now })).toEqual({ read: 0, unreadable: 45 });
    const [first] = await listFailedDeliveries(pool, { shop, limit: 1 });
    expect(first).toEqual({
      ...{ id: "id-00", topic: "orders/create", receivedAt: now, errorCode: "PAYLOAD_UNREADABLE" },
      ...{ error: "The body is not JSON", attempts: 2, nextRetryAt: null, waitsForPerson: true },
    });
    expect(await countFailedDeliveries(pool, { shop })).toBe(45);
  });

  test("is read alone when one is named, and never another shop's", async ({ database: { pool } }) => {
    await unreadable(pool, "mine", "orders/create", anOrder);
    await unreadable(pool, "mine-too", "orders/create", anOrder);
    await unreadable(pool, "theirs", "orders/create", anOrder, other);
    expect(await rereadDeliveries(pool, { shop, webhookId: "theirs", now })).toEqual({
      read: 0,
      unreadable: 0,
    });
    expect(await rereadDeliveries(pool, { shop, webhookId: "mine", now })).toEqual({
      read: 1,
      unreadable: 0,
    });
    const outcomes = (await log(pool)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["news", "failed", "failed"]);
  });

  test("does not bring back whom the shop has forgotten since", async ({ database: { pool } }) => {
    const customer = { id: 501, first_name: "Asha", updated_at: at };
    await unreadable(pool, "customer", "customers/update", customer);
    await unreadable(pool, "order", "orders/create", { ...anOrder, email: "asha@example.com", customer });
    await setTombstones(pool, { shop, kind: "customer", ids: ["501"], now });
    await rereadDeliveries(pool, { shop, now });
    await handle(pool);
    expect(await log(pool)).toMatchObject([
      { id: "customer", outcome: "redacted", kept: false },
      { id: "order", outcome: "stored", kept: false },
    ]);
    expect(await rows(pool, `select id from "ShopifyCustomerCache"`)).toEqual([]);
    const [order] = await rows(pool, `select "rawData" from "ShopifyOrderCache"`);
    expect(String(order?.["rawData"])).not.toMatch(/asha/i);
  });
});

test("news that failed is listed with its next try, the newest first, and one piece is due again alone", async ({
  database: { pool },
}) => {
  const due = new Date(now.getTime() + 60_000);
  await pool.query(
    `insert into "WebhookDelivery" (shop, "webhookId", topic, "receivedAt", outcome, body, "errorCode", error, attempts, "nextRetryAt",
       "quarantinedAt", "processedAt")
     values ($1, 'waits', 'orders/delete', $3, 'news', '{}', 'TOKEN_REFUSED', 'No token', 2, $4, null, null),
       ($1, 'aside', 'shop/redact', $3::timestamptz + interval '1 s', 'news', '{}', 'INTERNAL', 'A bug', 7, null, $3, null),
       ($1, 'known', 'orders/create', $3, 'known', null, 'ORDER_EXISTS', 'Order already exists', 0, null, null, $3),
       ($1, 'pending', 'orders/delete', $3, 'news', '{}', null, null, 0, null, null, null),
       ($2, 'theirs', 'orders/delete', $3, 'news', '{}', 'INTERNAL', 'A bug', 7, null, $3, null)`,
    [shop, other, now, due],
  );
  expect(await listFailedDeliveries(pool, { shop, limit: 9 })).toMatchObject([
    { id: "aside", attempts: 7, nextRetryAt: null, waitsForPerson: true },
    { id: "waits", attempts: 2, nextRetryAt: due, waitsForPerson: false },
  ]);
  expect(await retryFailedNews(pool, { shop, webhookId: "theirs" })).toBe(0);
  expect(await retryFailedNews(pool, { shop, webhookId: "aside" })).toBe(1);
  expect((await listFailedDeliveries(pool, { shop, limit: 9 })).map(({ id }) => id)).toEqual(["waits"]);
  expect(await rereadDeliveries(pool, { shop, now })).toEqual({ read: 0, unreadable: 0 });
});
