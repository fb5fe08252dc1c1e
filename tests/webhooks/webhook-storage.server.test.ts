import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { handleNews } from "#app/jobs/handle-news.server.ts";
import { createTestDatabase } from "#tests/setup/test-database.ts";
import type { TestDatabase } from "#tests/setup/test-database.ts";

import { aDelivery, anOrderPayload, aShop, utf8 } from "./a-delivery.ts";
import type { DeliveryOptions } from "./a-delivery.ts";
import { serveWebhookRoutes } from "./serve-webhook-routes.ts";
import { aWebhookContext, receivedAt } from "./webhook-context.ts";

let database: TestDatabase;
let served: Awaited<ReturnType<typeof serveWebhookRoutes>>;
beforeEach(async () => {
  database = await createTestDatabase();
  served = await serveWebhookRoutes(aWebhookContext(database.db));
});
afterEach(async () => {
  await served.close();
  await database.drop();
});

async function deliver(route: string, options: DeliveryOptions) {
  const response = await fetch(`${served.url}/api/webhooks/shopify/${route}`, aDelivery(options));
  await response.arrayBuffer();
  return response.status;
}

async function rowsOf(table: string, columns: string) {
  return (
    await database.db.pool.query<Record<string, unknown>>(`select ${columns} from "${table}" order by 1, 2`)
  ).rows;
}

describe("a record", () => {
  test("of an order is stored word for word, with its place in time and the columns a page lists", async () => {
    const body = JSON.stringify(anOrderPayload({ note: "₹ “quoted” \\ \t" }), null, 2);
    const webhookId = randomUUID();
    expect(await deliver("orders", { topic: "orders/updated", body, webhookId })).toBe(200);

    expect(await rowsOf("ShopifyOrderCache", "*")).toMatchObject([
      {
        shop: aShop,
        id: "5678901234567",
        rawData: body,
        rawShape: "rest",
        source: "webhook",
        shopifyUpdatedAt: new Date("2026-11-22T10:00:00Z"),
        triggeredAt: new Date("2026-11-22T10:00:00.123Z"),
        receivedAt,
        orderNumber: "#1001",
        financialStatus: "PENDING",
        fulfillmentStatus: "UNFULFILLED",
        processedAt: null,
        errorCode: null,
      },
    ]);
    expect(await rowsOf("WebhookDelivery", "*")).toMatchObject([
      {
        shop: aShop,
        webhookId,
        eventId: "98880550-7158-44d4-b7cd-2c97c8a091b5",
        topic: "orders/updated",
        apiVersion: "2026-10",
        kind: "order",
        recordId: "5678901234567",
        outcome: "stored",
        duplicates: 0,
        body: null,
        receivedAt,
      },
    ]);
  });

  test.each([
    [
      "products",
      "products/update",
      "ShopifyProductCache",
      { id: 5, title: "Kurta", handle: "kurta" },
      "id, title, handle",
    ],
    ["customers", "customers/create", "ShopifyCustomerCache", { id: 5, email: "" }, "id"],
    [
      "inventory",
      "inventory_levels/update",
      "ShopifyInventoryCache",
      { inventory_item_id: 5, location_id: 6, available: 3 },
      'id, "shopifyInventoryItemId", "shopifyLocationId"',
    ],
  ])("of %s (%s) goes to its own cache", async (route, topic, table, body, columns) => {
    expect(await deliver(route, { topic, body })).toBe(200);
    const rows = await rowsOf(table, `"rawData", ${columns}`.replace(", id", ", id"));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      rawData: JSON.stringify(body),
      ...(table === "ShopifyInventoryCache" ? { id: "5@6" } : { id: "5" }),
    });
  });

  test("with an id above 2^53 keeps every digit", async () => {
    const body =
      '{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508","name":"#9999"}';
    expect(await deliver("orders", { body })).toBe(200);
    expect(await rowsOf("ShopifyOrderCache", "id, shop")).toEqual([
      { id: "820982911946154508", shop: aShop },
    ]);
  });

  test("of two shops with the same id are two", async () => {
    await deliver("orders", { body: anOrderPayload() });
    await deliver("orders", { body: anOrderPayload(), shop: "other.myshopify.com" });
    expect(await rowsOf("ShopifyOrderCache", "shop, id")).toHaveLength(2);
  });

  test("that comes to another topic's address is stored by its topic", async () => {
    expect(await deliver("products", { topic: "orders/create", body: anOrderPayload() })).toBe(200);
    expect(await rowsOf("ShopifyOrderCache", "shop, id")).toHaveLength(1);
  });
});

describe("what is no entire record", () => {
  const about = (kind: string | null, recordId: string | null = null, outcome = "news") => ({
    kind,
    recordId,
    outcome,
  });
  const merge = {
    admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1",
    admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/2",
  };
  const onHold = { fulfillment_order: { id: "gid://shopify/FulfillmentOrder/1" } };
  test.each([
    ["orders", "orders/edited", { order_edit: { order_id: 1 } }, about("order", "1")],
    ["orders", "orders/delete", { id: 1 }, about("order", "1")],
    ["orders", "refunds/create", { id: 2, order_id: 1 }, about("order", "1")],
    ["orders", "returns/close", { id: 3, order_id: 1 }, about("order", "1")],
    ["orders", "fulfillment_orders/placed_on_hold", onHold, about("fulfillment_order", "1")],
    ["products", "products/delete", { id: 3 }, about("product", "3")],
    ["customers", "customers/merge", merge, about("customer")],
    [
      "inventory",
      "inventory_levels/disconnect",
      { inventory_item_id: 1, location_id: 2 },
      about("inventory", "1@2"),
    ],
    ["app", "app/uninstalled", { id: 4, domain: aShop }, about(null)],
    ["compliance", "customers/redact", { shop_domain: aShop, customer: { id: 1 } }, about(null)],
    ["orders", "draft_orders/create", { id: 5 }, about(null, null, "noted")],
  ])("(%s: %s) is kept as it came", async (route, topic, body, told) => {
    expect(await deliver(route, { topic, body })).toBe(200);
    expect(await rowsOf("WebhookDelivery", "*")).toMatchObject([
      { topic, ...told, errorCode: null, body: Buffer.from(JSON.stringify(body)) },
    ]);
    for (const table of [
      "ShopifyOrderCache",
      "ShopifyProductCache",
      "ShopifyCustomerCache",
      "ShopifyInventoryCache",
    ])
      expect(await rowsOf(table, "shop, id")).toEqual([]);
  });
});

test("an event of Shopify's newer family, whose topic is none of ours, is kept as it came", async () => {
  const { headers, ...event } = aDelivery({ family: "shopify-", topic: "Product", body: { id: 5 } });
  const response = await fetch(`${served.url}/api/webhooks/shopify/products`, {
    ...event,
    headers: { ...headers, "shopify-Action": "update" },
  });
  expect(response.status).toBe(200);
  expect(await rowsOf("WebhookDelivery", "*")).toMatchObject([
    { topic: "product/update", outcome: "noted", errorCode: null, body: Buffer.from('{"id":5}') },
  ]);
  expect(await rowsOf("ShopifyProductCache", "shop, id")).toEqual([]);
});

describe("S13: a body that cannot be read", () => {
  test.each([
    ["not JSON", utf8('{"id":1,'), "The body is not JSON"],
    ["no object", utf8("[1]"), "The body is JSON, but not an object"],
    ["a NUL byte", utf8('{"id":1,"note":"\0"}'), "The body holds a NUL byte"],
    ["not UTF-8", Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d), "The body is not UTF-8"],
    ["empty", new Uint8Array(), "The body is empty"],
    ["no id", utf8('{"name":"#1001"}'), 'There is no exact id at "id"'],
  ])("(%s) is answered 200 and kept byte for byte with its problem", async (_, body, error) => {
    expect(await deliver("orders", { body })).toBe(200);
    expect(await rowsOf("WebhookDelivery", "*")).toMatchObject([
      {
        outcome: "failed",
        errorCode: "PAYLOAD_UNREADABLE",
        error,
        kind: "order",
        recordId: null,
        body: Buffer.from(body),
      },
    ]);
    expect(await rowsOf("ShopifyOrderCache", "shop, id")).toEqual([]);
  });

  test("(a NUL spelled as an escape, in a column's place) does not stop the order", async () => {
    const body = String.raw`{"id":1,"name":"#1\u0000"}`;
    expect(await deliver("orders", { body })).toBe(200);
    expect(await rowsOf("ShopifyOrderCache", `id, "orderNumber", "rawData"`)).toEqual([
      { id: "1", orderNumber: null, rawData: body },
    ]);
  });
});

const nobody = () => Promise.reject(new Error("not meant"));
const handleAllNews = () =>
  handleNews(database.db.pool, {
    ...{ shop: aShop, now: receivedAt },
    handlers: { uninstall: nobody, scopes: nobody, privacy: nobody },
  });

test("the answer does not wait for the processor: a record that it holds is put aside and taken from there", async () => {
  await deliver("orders", { topic: "orders/create", body: anOrderPayload() });
  const processor = new pg.Client({ connectionString: database.url });
  await processor.connect();
  await processor.query(`begin`);
  await processor.query(`select 1 from "ShopifyOrderCache" for update`);
  const news = anOrderPayload({ updated_at: "2026-11-22T11:00:00Z", note: "while it was held" });
  expect(await deliver("orders", { topic: "orders/updated", body: news })).toBe(200);
  const log = () =>
    rowsOf("WebhookDelivery", `topic, outcome, kind, "recordId", body is null as emptied, "errorCode"`);
  const told = { topic: "orders/updated", kind: "order", recordId: "5678901234567", errorCode: null };
  expect(await log()).toMatchObject([{}, { ...told, outcome: "news", emptied: false }]);

  await processor.query("commit");
  await processor.end();
  await handleAllNews();
  expect(await log()).toMatchObject([{}, { ...told, outcome: "stored", emptied: true }]);
  const [entry] = await rowsOf("ShopifyOrderCache", `id, "rawData", "triggeredAt"`);
  expect(JSON.parse(String(entry?.["rawData"]))).toMatchObject({ note: "while it was held" });
  expect(entry?.["triggeredAt"]).toEqual(new Date("2026-11-22T10:00:00.123Z"));
});

describe("a delivery", () => {
  test("of an order that another road was first with says so: an information, not an error", async () => {
    const body = anOrderPayload();
    await deliver("orders", { topic: "orders/create", body });
    await deliver("orders", { topic: "orders/paid", body });
    await deliver("orders", {
      topic: "orders/updated",
      body: anOrderPayload({ updated_at: "2001-01-01T00:00:00Z", note: "from long ago" }),
    });
    expect(
      await rowsOf("WebhookDelivery", `topic, outcome, "errorCode", error, "processedAt"`),
    ).toMatchObject([
      { topic: "orders/create", outcome: "stored", errorCode: null },
      { topic: "orders/paid", outcome: "known", errorCode: "ORDER_EXISTS", error: "Order already exists" },
      { topic: "orders/updated", outcome: "superseded", errorCode: null },
    ]);
  });

  test("is logged with the time of its answer", async () => {
    await deliver("orders", { body: anOrderPayload() });
    await expect
      .poll(() => rowsOf("WebhookDelivery", `outcome, "answeredAt"`))
      .toEqual([{ outcome: "stored", answeredAt: receivedAt }]);
  });

  test("that comes again, also 20 at once, is handled once and counted", async () => {
    const webhookId = randomUUID();
    const again = Array.from({ length: 20 }, () => deliver("orders", { webhookId, body: anOrderPayload() }));
    expect(new Set(await Promise.all(again))).toEqual(new Set([200]));
    expect(await rowsOf("WebhookDelivery", `"webhookId", outcome, duplicates`)).toEqual([
      { webhookId, outcome: "stored", duplicates: 19 },
    ]);
  });

  test("whose id another shop used is not taken for that one", async () => {
    const webhookId = randomUUID();
    await deliver("orders", { webhookId, body: anOrderPayload() });
    await deliver("orders", { webhookId, body: anOrderPayload(), shop: "other.myshopify.com" });
    expect(await rowsOf("WebhookDelivery", "shop, duplicates")).toEqual([
      { shop: aShop, duplicates: 0 },
      { shop: "other.myshopify.com", duplicates: 0 },
    ]);
  });

  test("S8: 50 of one order in the same instant are all stored, one order, the newest content on top", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const updated_at = `2026-11-22T10:00:${String(n).padStart(2, "0")}Z`;
        return deliver("orders", {
          topic: "orders/updated",
          body: anOrderPayload({ updated_at, note: `news ${String(n)}` }),
        });
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await rowsOf("WebhookDelivery", `"webhookId", outcome`)).toHaveLength(50);
    // Those that met a busy moment are the worker's.
    await handleAllNews();
    const orders = (await rowsOf("ShopifyOrderCache", `id, "rawData"`)) as { rawData: string }[];
    expect(orders.map(({ rawData }) => JSON.parse(rawData) as unknown)).toMatchObject([{ note: "news 49" }]);
  });
});

/** What the worker would hear on a channel. */
async function listenTo(channel: string) {
  const heard: string[] = [];
  const client = new pg.Client({ connectionString: database.url });
  client.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await client.connect();
  await client.query(`listen ${channel}`);
  return { heard, close: () => client.end() };
}

/**
 * Until all that is to be told of what was delivered has been heard. It is told a moment later (50 ms), so that what comes together is
 * told once; what is told after it is heard after it.
 */
async function toldAll(heard: readonly string[]) {
  const { pool } = database.db;
  await setTimeout(60);
  await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
  await pool.query("select pg_notify('cache_pending', 'all')");
  await expect.poll(() => heard).toContain("all");
}

describe("the worker", () => {
  test("is woken by records and news, once for those that come together, and by nothing else", async () => {
    const { heard, close } = await listenTo("cache_pending");
    try {
      const order = (id: number) => ({ body: anOrderPayload({ id, admin_graphql_api_id: null }) });
      await Promise.all(Array.from({ length: 40 }, (_, n) => deliver("orders", order(n + 1))));
      await expect.poll(() => heard.length).toBeGreaterThan(0);
      expect(heard.length).toBeLessThan(40);

      await toldAll(heard);
      heard.length = 0;
      const again = { ...order(99), webhookId: randomUUID() };
      await deliver("orders", again);
      await expect.poll(() => heard.length).toBe(1);
      await deliver("orders", again);
      await deliver("orders", { body: "not JSON" });
      await toldAll(heard);
      expect(heard).toEqual(["", "all"]);
      heard.pop();
      await deliver("orders", { topic: "orders/delete", body: { id: 1 } });
      await expect.poll(() => heard.length).toBe(2);
    } finally {
      await close();
    }
  });
});

describe("the end of a bulk operation", () => {
  const gid = "gid://shopify/BulkOperation/720918";
  const finished = { admin_graphql_api_id: gid, status: "completed", type: "query", error_code: null };
  let listener: Awaited<ReturnType<typeof listenTo>>;
  beforeEach(async () => {
    listener = await listenTo("shopify_bulk");
  });
  afterEach(() => listener.close());

  test("wakes its poller once, however often it is told", async () => {
    const webhookId = randomUUID();
    for (let i = 0; i < 3; i++)
      expect(await deliver("bulk", { topic: "bulk_operations/finish", body: finished, webhookId })).toBe(200);
    await expect.poll(() => listener.heard).toEqual([`${aShop} ${gid}`]);
  });

  test("with something else in the place of its id wakes nobody", async () => {
    const body = { ...finished, admin_graphql_api_id: "gid://shopify/Order/1" };
    expect(await deliver("bulk", { topic: "bulk_operations/finish", body })).toBe(200);
    await deliver("bulk", { topic: "bulk_operations/finish", body: finished });
    await expect.poll(() => listener.heard).toEqual([`${aShop} ${gid}`]);
  });
});
