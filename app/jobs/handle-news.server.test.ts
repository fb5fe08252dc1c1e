import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { retryFailed } from "#app/cache/retry-failed.server.ts";
import { at, handle, log, nobody, now, requests, rows, shop, tell } from "#tests/webhooks/told-news.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { handleNews } from "./handle-news.server.ts";

const cached = (pool: Pool, kind: "order" | "product" | "customer", id: string) =>
  ingestPayloads(pool, {
    ...{ shop, kind, source: "webhook", now },
    payloads: [
      { id, shape: "rest", raw: `{"id":${id}}`, shopifyUpdatedAt: "2026-11-22T09:00:00Z", triggeredAt: null },
    ],
  });

const wishes = (pool: Pool, table = "ShopifyOrderCache") =>
  rows(pool, `select id, "needsFetch", "newsAt", "nextFetchAt" from "${table}" order by id`);

describe("a piece of a record", () => {
  test("wishes for the record; what its own webhook tells too is waited for a moment", async ({
    database: { pool },
  }) => {
    await cached(pool, "order", "1");
    await cached(pool, "order", "2");
    await tell(pool, "fulfillments/create", { order_id: 1 });
    await tell(pool, "orders/edited", { order_edit: { order_id: 2 } });
    expect(await handle(pool)).toBe(2);
    const newsAt = new Date(at);
    expect(await wishes(pool)).toEqual([
      {
        id: "1",
        needsFetch: "News: fulfillments/create",
        newsAt,
        nextFetchAt: new Date(now.getTime() + 15_000),
      },
      { id: "2", needsFetch: "News: orders/edited", newsAt, nextFetchAt: null },
    ]);
    expect(await requests(pool)).toEqual([]);
    expect(await log(pool)).toMatchObject([{ processedAt: now }, { processedAt: now }]);
    expect(await handle(pool)).toBe(0);
  });

  test("a wish keeps every topic that was told, in either order; what only a fetch can grant is due at once, and the newest time stands", async ({
    database: { pool },
  }) => {
    for (const id of ["1", "2"]) await cached(pool, "order", id);
    await tell(pool, "order_transactions/create", { order_id: 1 });
    await tell(pool, "refunds/create", { order_id: 2 });
    await handle(pool);
    await tell(pool, "refunds/create", { order_id: 1 }, "2026-11-22T09:59:59Z");
    await tell(pool, "order_transactions/create", { order_id: 2 }, "2026-11-22T09:00:00Z");
    await handle(pool);
    expect(await wishes(pool)).toMatchObject([
      {
        id: "1",
        needsFetch: "News: order_transactions/create, refunds/create",
        newsAt: new Date("2026-11-22T09:59:59Z"),
      },
      {
        id: "2",
        needsFetch: "News: order_transactions/create, refunds/create",
        newsAt: new Date(at),
        nextFetchAt: null,
      },
    ]);
  });

  test("of a record that is not here yet, or that only leads to an order, is a request of its own", async ({
    database: { pool },
  }) => {
    await tell(pool, "refunds/create", { order_id: 9 });
    await tell(pool, "products/delete", { id: 8 });
    await tell(pool, "fulfillment_orders/moved", {
      moved_fulfillment_order: { id: "gid://shopify/FulfillmentOrder/7" },
    });
    await tell(pool, "returns/update", { admin_graphql_api_id: "gid://shopify/Return/6" });
    await handle(pool);
    expect(await requests(pool)).toEqual([
      { kind: "fulfillment_order", id: "7", reason: "News: fulfillment_orders/moved" },
      { kind: "order", id: "9", reason: "News: refunds/create" },
      { kind: "product", id: "8", reason: "News: products/delete" },
      { kind: "return", id: "6", reason: "News: returns/update" },
    ]);
  });

  test("a deletion is no deletion before Shopify confirms it", async ({ database: { pool } }) => {
    await cached(pool, "customer", "5");
    await tell(pool, "customers/delete", { id: 5 });
    await handle(pool);
    expect(await wishes(pool, "ShopifyCustomerCache")).toMatchObject([
      { id: "5", needsFetch: "News: customers/delete" },
    ]);
    expect(await rows(pool, `select "deletedAt" from "ShopifyCustomerCache"`)).toEqual([{ deletedAt: null }]);
  });

  test("never reaches another shop's record of the same id", async ({ database: { pool } }) => {
    await cached(pool, "order", "1");
    await tell(pool, "orders/edited", { order_edit: { order_id: 1 } }, at, "other.myshopify.com");
    expect(await handle(pool)).toBe(0);
    await handleNews(pool, { shop: "other.myshopify.com", now, handlers: nobody });
    expect(await wishes(pool)).toMatchObject([{ id: "1", needsFetch: null }]);
    expect(await rows(pool, `select shop, id from "ShopifyFetchRequest"`)).toEqual([
      { shop: "other.myshopify.com", id: "1" },
    ]);
  });
});

test("customers/merge joins the two records", async ({ database: { pool } }) => {
  await tell(pool, "customers/merge", {
    admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1",
    admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/2",
  });
  await handle(pool);
  const merged = await rows(
    pool,
    `select gone."shopifyCustomerId" as gone, kept."shopifyCustomerId" as kept from "Customer" gone
       join "Customer" kept on kept.shop = gone.shop and kept.id = gone."mergedIntoId"`,
  );
  expect(merged).toEqual([{ gone: "2", kept: "1" }]);
});

test("a location's newest word stands, whichever came first; a deleted one stays deleted", async ({
  database: { pool },
}) => {
  const word = (name: string, updated_at: string) => ({ id: 5, name, active: true, updated_at });
  await tell(pool, "locations/update", word("Pune new", "2026-11-22T09:00:00Z"));
  await tell(pool, "locations/create", word("Pune", "2026-11-22T08:00:00Z"));
  await handle(pool);
  const places = () =>
    rows(pool, `select name, "isActive", "deletedAt" is not null as gone from "ShopifyLocation"`);
  expect(await places()).toEqual([{ name: "Pune new", isActive: true, gone: false }]);
  await tell(pool, "locations/delete", { id: 5 });
  await handle(pool);
  await tell(pool, "locations/update", word("Pune late", "2026-11-22T09:30:00Z"));
  await handle(pool);
  expect(await places()).toEqual([{ name: "Pune late", isActive: false, gone: true }]);
});

describe("news about the app or a person", () => {
  test("goes to who knows what to do, with its times", async ({ database: { pool } }) => {
    const heard: unknown[] = [];
    const note = (what: string) => (news: object) => Promise.resolve(void heard.push({ what, ...news }));
    await tell(pool, "app/uninstalled", { id: 1 });
    await tell(pool, "app/scopes_update", { current: ["read_orders"], updated_at: "2026-11-22T09:00:00Z" });
    await tell(pool, "customers/redact", { customer: { id: 1 } });
    await handle(pool, { uninstall: note("uninstall"), scopes: note("scopes"), privacy: note("privacy") });
    expect(heard).toHaveLength(3);
    expect(heard).toEqual(
      expect.arrayContaining([
        { what: "uninstall", shop, at: new Date(at), now },
        { what: "scopes", shop, body: { current: ["read_orders"], updated_at: "2026-11-22T09:00:00Z" }, now },
        {
          what: "privacy",
          shop,
          topic: "customers/redact",
          body: Buffer.from(`{"customer":{"id":1}}`),
          receivedAt: now,
          now,
        },
      ]),
    );
    expect(await log(pool)).toMatchObject(Array(3).fill({ processedAt: now }));
  });

  test("that fails is tried again later, at last put aside, and due again by Retry; the rest goes on", async ({
    database: { pool },
  }) => {
    await tell(pool, "app/uninstalled", { id: 1 });
    await tell(pool, "locations/create", { id: 5, name: "Pune" });
    let when = now;
    for (let attempt = 1; attempt <= 7; attempt++) {
      await handle(pool, nobody, when);
      expect(await handle(pool, nobody, when)).toBe(0);
      when = new Date(when.getTime() + 2 * 86_400_000);
    }
    expect(await log(pool)).toEqual([
      { topic: "app/uninstalled", processedAt: null, attempts: 7, errorCode: "INTERNAL", aside: true },
      { topic: "locations/create", processedAt: now, attempts: 0, errorCode: null, aside: false },
    ]);
    expect(await handle(pool, nobody, when)).toBe(0);
    expect(await retryFailed(pool, { shop })).toBe(1);
    const done = { ...nobody, uninstall: () => Promise.resolve() };
    expect(await handle(pool, done, when)).toBe(1);
    expect(await log(pool)).toMatchObject([{ processedAt: when, errorCode: null }, {}]);
  });
});

test("two workers at once do each piece once", async ({ database: { pool } }) => {
  for (let id = 1; id <= 60; id++) {
    await cached(pool, "order", String(id));
    await tell(pool, "refunds/create", { order_id: id });
  }
  const taken = await Promise.all([handle(pool), handle(pool), handle(pool)]);
  expect(taken.reduce((sum, count) => sum + count)).toBe(60);
  expect((await wishes(pool)).filter(({ needsFetch }) => needsFetch !== null)).toHaveLength(60);
});
