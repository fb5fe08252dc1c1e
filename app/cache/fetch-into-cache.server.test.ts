import { describe, expect } from "vitest";
import type { Pool } from "pg";
import type { SimValue } from "#simulator/store/types.ts";
import { connectedTest as test, numberOf, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";
import type { CacheKind } from "./cache-tables.ts";
import { fetchIntoCache, type FetchOptions } from "./fetch-into-cache.server.ts";
import { ingestPayloads } from "./ingest.server.ts";

const now = () => new Date();

function aShop(sim: ConnectedShop) {
  const { shop, client, scopes, pool } = sim;
  return {
    ...sim,
    fetch: (kind: FetchOptions["kind"], ids: readonly string[], more: Partial<FetchOptions> = {}) =>
      fetchIntoCache(pool, client, { shop, kind, ids, scopes, source: "fetch", now, ...more }),
    /** An order known by a webhook's body. */
    known: (id: string, updatedAt: string, createdAt = "2026-11-24T10:00:00Z", kind: CacheKind = "order") =>
      ingestPayloads(pool, {
        ...{ shop, kind, source: "webhook", now: now() },
        payloads: [
          {
            ...{ id, shape: "rest", shopifyUpdatedAt: updatedAt, triggeredAt: updatedAt },
            raw: JSON.stringify({ id, created_at: createdAt, updated_at: updatedAt }),
          },
        ],
      }),
  };
}

async function entriesOf(pool: Pool, table = "ShopifyOrderCache") {
  return (await pool.query<Record<string, unknown>>(`SELECT * FROM "${table}" ORDER BY id`)).rows;
}

const wish = (pool: Pool, set: string, values: unknown[] = []) =>
  pool.query(`UPDATE "ShopifyOrderCache" SET ${set}`, values);

test("what Shopify answers is in the cache as a detail, pending, with its columns", async ({ connect }) => {
  const { fetch, ids, pool, store } = aShop(await connect());
  const asked = ids("orders", 20);
  expect(await fetch("order", asked)).toEqual({
    ...{ created: 20, updated: 0, unchanged: 0, superseded: 0, gone: [], failed: [] },
  });
  const [entry, ...others] = await entriesOf(pool);
  expect(others).toHaveLength(19);
  const order = store.node(`gid://shopify/Order/${String(entry?.["id"])}`);
  expect(entry).toMatchObject({
    ...{ rawShape: "detail", source: "fetch", processedAt: null, orderNumber: order?.name },
    shopifyUpdatedAt: new Date(order?.updatedAt as string),
  });
  // Asked again, the same answer changes nothing.
  await pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = now()`);
  await fetch("order", asked);
  expect((await entriesOf(pool)).every(({ processedAt }) => processedAt !== null)).toBe(true);
  expect((await pool.query(`SELECT 1 FROM "ShopifyPayloadHistory"`)).rows).toEqual([]);
});

test("no transaction is open while Shopify is asked", async ({ connect }) => {
  const { client, pool, shop, scopes, ids } = aShop(await connect());
  const open: unknown[] = [];
  const looking: typeof client = {
    ...client,
    async graphql(...request) {
      const { rows } = await pool.query<object>(
        `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      open.push(...rows);
      return client.graphql<never>(...request);
    },
  };
  await fetchIntoCache(pool, looking, {
    ...{ shop, kind: "order", ids: ids("orders", 3), scopes, source: "fetch", now },
  });
  expect(open).toEqual([]);
});

describe("wishes", () => {
  test("an answer grants the wish: reason, news, tries and error are cleared", async ({ connect }) => {
    const { fetch, ids, pool, known } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await known(id, "2020-01-01T00:00:00Z");
    await wish(
      pool,
      `"needsFetch" = 'News: orders/edited', "newsAt" = now() - interval '1 minute', "fetchAttempts" = 3, "nextFetchAt" = now(), "fetchError" = 'x'`,
    );
    await fetch("order", [id]);
    const granted = { needsFetch: null, newsAt: null, fetchAttempts: 0, nextFetchAt: null, fetchError: null };
    expect(await entriesOf(pool)).toEqual([expect.objectContaining(granted)]);
    // An answer that was known already does not tell it either: asked for no more, and not forgotten.
    await wish(pool, `"needsFetch" = 'What was paid'`);
    await fetch("order", [id]);
    expect(await entriesOf(pool)).toEqual([expect.objectContaining({ ...granted, untold: "What was paid" })]);
  });

  test("news told after we asked stays wished for", async ({ connect }) => {
    const { fetch, ids, pool, known } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await known(id, "2020-01-01T00:00:00Z");
    await wish(pool, `"needsFetch" = 'News: orders/edited', "newsAt" = now() + interval '1 second'`);
    await fetch("order", [id]);
    expect(await entriesOf(pool)).toEqual([
      expect.objectContaining({
        ...{ needsFetch: "News: orders/edited", newsAt: expect.any(Date) as Date, fetchAttempts: 0 },
        nextFetchAt: expect.any(Date) as Date,
      }),
    ]);
  });

  test("two contents of one instant stay wished for while the answer to an earlier question comes", async ({
    connect,
  }) => {
    const { fetch, ids, pool, shop, store } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    const updatedAt = store.node(`gid://shopify/Order/${id}`)?.updatedAt as string;
    const told = (triggeredAt: Date, note: string) =>
      ingestPayloads(pool, {
        ...{ shop, kind: "order", source: "webhook", now: triggeredAt },
        payloads: [
          {
            ...{ id, shape: "rest", shopifyUpdatedAt: updatedAt, triggeredAt: triggeredAt.toISOString() },
            raw: JSON.stringify({ id, note, updated_at: updatedAt }),
          },
        ],
      });
    const soon = new Date(Date.now() + 60_000);
    await told(new Date(Date.now() - 60_000), "first");
    await told(soon, "second");
    const wished = { needsFetch: "Two different contents at the same instant", newsAt: soon };
    expect(await entriesOf(pool)).toEqual([expect.objectContaining(wished)]);
    await fetch("order", [id]);
    expect(await entriesOf(pool)).toEqual([expect.objectContaining({ ...wished, rawShape: "detail" })]);
    const later = () => new Date(soon.getTime() + 1);
    await fetch("order", [id], { now: later });
    expect(await entriesOf(pool)).toEqual([
      expect.objectContaining({ needsFetch: null, newsAt: null, nextFetchAt: null }),
    ]);
  });

  test("an answer that another road brings leaves no date and no tries of the wish behind", async ({
    connect,
  }) => {
    const { pool, known, shop } = aShop(await connect());
    await known("1", "2020-01-01T00:00:00Z");
    await wish(
      pool,
      `"needsFetch" = 'What was paid', "nextFetchAt" = now() + interval '1 day', "fetchAttempts" = 5, "fetchError" = 'x'`,
    );
    const shopifyUpdatedAt = "2026-11-24T10:00:00Z";
    await ingestPayloads(pool, {
      ...{ shop, kind: "order", source: "lookback", now: now() },
      payloads: [
        { id: "1", shape: "detail", raw: `{"id":"x"}`, shopifyUpdatedAt, triggeredAt: shopifyUpdatedAt },
      ],
    });
    expect(await entriesOf(pool)).toEqual([
      expect.objectContaining({ needsFetch: null, nextFetchAt: null, fetchAttempts: 0, fetchError: null }),
    ]);
  });

  test("an answer older than a webhook that came meanwhile leaves the wish", async ({ connect }) => {
    const { fetch, ids, pool, known } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await known(id, "2026-11-25T23:00:00Z");
    await wish(pool, `"needsFetch" = 'What was paid'`);
    await fetch("order", [id]);
    expect(await entriesOf(pool)).toEqual([
      expect.objectContaining({ needsFetch: "What was paid", rawShape: "rest" }),
    ]);
  });

  test("a request for a record nobody knew ends with its entry", async ({ connect }) => {
    const { fetch, ids, pool, shop } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await pool.query(
      `INSERT INTO "ShopifyFetchRequest" (shop, kind, id, reason, "requestedAt")
       SELECT $1, 'order', id, 'News: refunds/create', now() - interval '1 minute' FROM unnest(ARRAY[$2, '1']) AS u(id)`,
      [shop, id],
    );
    expect(await fetch("order", [id, "1"])).toMatchObject({ created: 1, gone: ["1"] });
    expect((await pool.query(`SELECT * FROM "ShopifyFetchRequest"`)).rows).toEqual([]);
    expect(await entriesOf(pool)).toHaveLength(1);
  });
});

describe("what is gone", () => {
  test("an entry is marked and pending, whatever state it was in, and asks for nothing any more", async ({
    connect,
  }) => {
    const { fetch, pool, known } = aShop(await connect());
    await known("1", "2026-11-24T10:00:00Z");
    await wish(
      pool,
      `"needsFetch" = 'What was paid', "quarantinedAt" = now(), "errorCode" = 'SKU_NOT_FOUND', "processingError" = 'x', attempts = 6`,
    );
    expect(await fetch("order", ["1"])).toMatchObject({ gone: ["1"], failed: [] });
    expect(await entriesOf(pool)).toEqual([
      expect.objectContaining({
        ...{ deletedAt: expect.any(Date) as Date, needsFetch: null, processedAt: null },
        ...{ quarantinedAt: null, errorCode: null, attempts: 0 },
      }),
    ]);
  });

  test("what Shopify has again is there again, and pending", async ({ connect }) => {
    const { fetch, ids, pool } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await fetch("order", [id]);
    await wish(pool, `"deletedAt" = now() - interval '1 minute', "processedAt" = now()`);
    await fetch("order", [id]);
    expect(await entriesOf(pool)).toEqual([expect.objectContaining({ deletedAt: null, processedAt: null })]);
  });

  test("without read_all_orders an order older than 60 days is hidden, not gone", async ({ connect }) => {
    const scopes = ["read_orders", "read_products", "read_customers"];
    const { fetch, pool, known } = aShop(await connect({ scopes }));
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    await known("1", ago(1), ago(70));
    await known("2", ago(1), ago(20));
    const { gone, failed } = await fetch("order", ["1", "2"]);
    expect(gone).toEqual(["2"]);
    expect(failed.map(({ id, error }) => [id, error.code])).toEqual([["1", "PERIOD_NEEDS_ALL_ORDERS"]]);
    expect((await entriesOf(pool)).map(({ deletedAt }) => deletedAt)).toEqual([null, expect.any(Date)]);
  });
});

describe("stock", () => {
  test("an item's levels come by the item or by one of them; a level that is not stocked any more is gone", async ({
    connect,
  }) => {
    const { fetch, ids, pool, shop, store } = aShop(await connect());
    const [item = "", other = ""] = ids("inventoryItems", 2);
    const levelsOf = (id: string) => {
      const levels = store.node(`gid://shopify/InventoryItem/${id}`)?.inventoryLevels as () => SimValue[];
      return levels().length;
    };
    const result = await fetch("inventory", [item, `${other}@1`]);
    expect(result).toMatchObject({ created: levelsOf(item) + levelsOf(other), gone: [] });
    const [level] = await entriesOf(pool, "ShopifyInventoryCache");
    expect(level).toMatchObject({
      id: `${String(level?.["shopifyInventoryItemId"])}@${String(level?.["shopifyLocationId"])}`,
      ...{ rawShape: "detail", processedAt: null },
    });
    await pool.query(
      `INSERT INTO "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "rawData", "rawShape", "contentHash",
         source, "receivedAt") VALUES ($1, $2 || '@7', $2, '7', '{}', 'rest', 'x', 'webhook', now() - interval '1 hour'),
         ($1, $2 || '@8', $2, '8', '{}', 'rest', 'x', 'webhook', now() + interval '1 minute')`,
      [shop, item],
    );
    // One that a webhook brought after we had asked (@8) is not, but in doubt.
    expect(await fetch("inventory", [`${item}@7`])).toMatchObject({ gone: [`${item}@7`], created: 0 });
    const entries = await entriesOf(pool, "ShopifyInventoryCache");
    expect(entries.filter(({ deletedAt }) => deletedAt !== null)).toEqual([
      expect.objectContaining({ id: `${item}@7`, processedAt: null, needsFetch: null }),
    ]);
    expect(entries.filter(({ needsFetch }) => needsFetch !== null)).toEqual([
      expect.objectContaining({ id: `${item}@8`, newsAt: expect.any(Date) as Date }),
    ]);
  });
});

test("a product's and a customer's answer comes into its own table", async ({ connect }) => {
  const { fetch, ids, pool, store } = aShop(await connect());
  await fetch("product", ids("products", 2));
  await fetch("customer", ids("customers", 2));
  const product = store.collection("products")?.at(0);
  const entries = await entriesOf(pool, "ShopifyProductCache");
  expect(entries.find(({ id }) => id === numberOf(product))).toMatchObject({ title: product?.title });
  expect(await entriesOf(pool, "ShopifyCustomerCache")).toHaveLength(2);
});
