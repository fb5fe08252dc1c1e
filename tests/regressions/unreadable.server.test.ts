/** S13: what no codec can read is kept, fails by itself with the place, and goes the same road again when it is mended. */
import { beforeEach, describe, expect } from "vitest";
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { listFailed } from "#app/cache/list-failed.server.ts";
import { retryFailed } from "#app/cache/retry-failed.server.ts";
import { processPendingCustomers } from "#app/erp/customers/process-pending-customers.server.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { aDelivery, aShop } from "#tests/webhooks/a-delivery.ts";
import { serveWebhookRoutes } from "#tests/webhooks/serve-webhook-routes.ts";
import { aWebhookContext } from "#tests/webhooks/webhook-context.ts";
import { now, processOrders, rowsOf, shop, stockCatalogue } from "./a-story.ts";
import { wordOrder } from "./order-in-both-shapes.ts";

/** Posts a body to the orders' webhook address, signed; gives back the status. */
const test = databaseTest.extend("post", async ({ database }, { onCleanup }) => {
  const { url, close } = await serveWebhookRoutes(aWebhookContext(database));
  onCleanup(close);
  return async (body: string | Uint8Array<ArrayBuffer>) => {
    const response = await fetch(`${url}/api/webhooks/shopify/orders`, aDelivery({ body, shop: aShop }));
    await response.arrayBuffer();
    return response.status;
  };
});

beforeEach(() => {
  expect(shop).toBe(aShop);
});

const good = (id: string) => wordOrder({ id, lines: [{ id: `${id}1` }] }, "rest");
const bad = (id: string, change: object) => JSON.stringify({ ...JSON.parse(good(id)), ...change });
const failures = async (pool: Pool) =>
  (await listFailed(pool, { shop, limit: 50 })).map(({ id, errorCode, processingError }) => [
    id,
    errorCode,
    processingError,
  ]);
const ordersIn = async (pool: Pool) =>
  (await rowsOf(pool, "Order", `"shopifyOrderId" AS id`)).map(({ id }) => id);

/** Whole orders but for one place of a wrong kind. */
const wrongKinds: [id: string, change: object, place: RegExp][] = [
  ["2001", { line_items: "none" }, /\$\.line_items/],
  ["2002", { line_items: [{ id: 1, quantity: "many", price: "1.00" }] }, /\$\.line_items\[0\]\.quantity/],
  ["2003", { total_price: ["100.00"] }, /\$\.total_price/],
  ["2004", { total_price: "ten" }, /\$\.total_price/],
  ["2005", { total_price: "1.005" }, /\$\.total_price/],
  ["2006", { currency: ["INR"] }, /\$\.currency/],
  ["2007", { created_at: "yesterday" }, /\$\.created_at/],
  ["2008", { fulfillments: [{ id: 1, line_items: [{ id: 1 }] }] }, /\$\.fulfillments\[0\]\.line_items\[0\]/],
  ["2009", { shipping_address: "MG Road" }, /\$\.shipping_address/],
  ["2010", { payment_gateway_names: { 0: "cod" } }, /\$\.payment_gateway_names/],
];

describe("S13: webhooks", () => {
  test("S13: an order with a place of a wrong kind is stored and answered 200, and fails by itself naming the place", async ({
    database: { pool },
    post,
  }) => {
    await stockCatalogue(pool);
    const bodies = new Map(wrongKinds.map(([id, change]) => [id, bad(id, change)]));
    for (const [id, body] of bodies) {
      expect(await post(body)).toBe(200);
      expect(await post(good(String(Number(id) + 1000)))).toBe(200);
    }
    expect(await processOrders(pool)).toMatchObject({ created: 10, failed: 10 });
    expect(await failures(pool)).toEqual(
      expect.arrayContaining(
        wrongKinds.map(([id, , place]): unknown[] => [
          id,
          "PAYLOAD_UNREADABLE",
          expect.stringMatching(place),
        ]),
      ),
    );
    expect(await ordersIn(pool)).toEqual(wrongKinds.map(([id]) => String(Number(id) + 1000)));
    for (const { id, rawData } of await rowsOf(pool, "ShopifyOrderCache", `id, "rawData"`))
      if (bodies.has(String(id))) expect(rawData).toBe(bodies.get(String(id)));
  });

  test("S13: not JSON, a NUL byte, not UTF-8, no id: each is kept to the byte as a Failed delivery; what comes between goes through", async ({
    database: { pool },
    post,
  }) => {
    await stockCatalogue(pool);
    const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text));
    const bodies = [
      utf8('{"id":1,'),
      utf8(`{"id":1,"note":"\0"}`),
      Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d),
      utf8('{"name":"#1"}'),
      utf8(bad("1001", { id: "gid", admin_graphql_api_id: 4 })),
    ];
    for (const [index, body] of bodies.entries()) {
      expect(await post(body)).toBe(200);
      expect(await post(good(String(3001 + index)))).toBe(200);
    }
    const deliveries = await rowsOf(pool, "WebhookDelivery", `outcome, "errorCode", body`);
    const failed = deliveries.filter(({ outcome }) => outcome === "failed");
    expect(failed).toHaveLength(5);
    expect(new Set(failed.map(({ errorCode }) => errorCode))).toEqual(new Set(["PAYLOAD_UNREADABLE"]));
    expect(failed.map(({ body }) => (body as Buffer).toString("hex")).sort()).toEqual(
      bodies.map((body) => Buffer.from(body).toString("hex")).sort(),
    );
    expect(await processOrders(pool)).toMatchObject({ created: 5, failed: 0 });
  });

  test("S13: once it can be read, a retry takes the same road: the entry is pending, then processed", async ({
    database: { pool },
    post,
  }) => {
    await stockCatalogue(pool);
    await post(bad("2001", { line_items: "none" }));
    await processOrders(pool);
    expect(await processOrders(pool)).toMatchObject({ processed: 0 });

    // Nothing was mended: it fails again, in the same words.
    const before = await failures(pool);
    expect(await retryFailed(pool, { shop, kind: "order", id: "2001" })).toBe(1);
    expect(await processOrders(pool)).toMatchObject({ processed: 1, failed: 1 });
    expect(await failures(pool)).toEqual(before);

    // A codec that can read what is stored finds there what this one finds in a readable text.
    await pool.query(`UPDATE "ShopifyOrderCache" SET "rawData" = $1 WHERE id = '2001'`, [good("2001")]);
    await retryFailed(pool, { shop });
    expect(await processOrders(pool)).toMatchObject({ created: 1, failed: 0 });
    expect(await failures(pool)).toEqual([]);
    expect(await ordersIn(pool)).toEqual(["2001"]);
  });

  test("S13: news of the record that can be read mends it by itself", async ({
    database: { pool },
    post,
  }) => {
    await stockCatalogue(pool);
    await post(bad("2001", { total_price: "ten" }));
    expect(await processOrders(pool)).toMatchObject({ failed: 1 });
    await post(bad("2001", { updated_at: "2026-11-21T10:00:00Z" }));
    expect(await processOrders(pool)).toMatchObject({ created: 1, failed: 0 });
    expect(await failures(pool)).toEqual([]);
  });
});

test("S13: records of a bulk file that cannot be read fail each by itself, whatever is wrong with their bytes", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool);
  const node = (id: string) => wordOrder({ id, lines: [{ id: `${id}1` }] }, "bulk");
  const raws: [string, string | Buffer][] = [
    ["1", "{"],
    ["2", node("2").replace("#2", "\u0000")],
    ["3", Buffer.from(node("3").replace("#3", "\u00e9"), "latin1")],
    ["4", node("4").replace("gid://shopify/Order/4", "4 of them")],
    ["5", JSON.stringify([node("5")])],
    ["6", node("6").replace('"lineItems":[', '"lineItems":[7,')],
    ["7", node("7")],
  ];
  const payloads = raws.map(([id, raw]) => ({
    ...{ id, raw, shape: "bulk" as const, shopifyUpdatedAt: "2026-11-21T10:00:00Z", triggeredAt: null },
  }));
  await ingestPayloads(pool, { shop, kind: "order", source: "dump", payloads, now });
  expect(await processOrders(pool)).toMatchObject({ created: 1, failed: 6 });
  expect(await ordersIn(pool)).toEqual(["7"]);
  for (const [, code, text] of await failures(pool)) {
    expect(code).toBe("PAYLOAD_UNREADABLE");
    expect(text).toMatch(/^The payload (is not valid JSON|cannot be read at \$)/);
  }
});

test.for([
  ["product", processPendingProducts, { variants: "none" }],
  ["customer", processPendingCustomers, { email: ["a", "b"] }],
] as const)(
  "S13: a %s that cannot be read fails by itself, the others go through",
  async ([kind, process, wrong], { database: { pool } }) => {
    const record = (id: number, more: object = {}) => ({
      id: String(id),
      shape: "rest" as const,
      raw: JSON.stringify({
        id,
        title: `Kurta ${id}`,
        updated_at: "2026-11-21T10:00:00Z",
        orders_count: 1,
        ...more,
      }),
      shopifyUpdatedAt: "2026-11-21T10:00:00Z",
      triggeredAt: null,
    });
    const payloads = [record(1), record(2, wrong), record(3)];
    await ingestPayloads(pool, { shop, kind, source: "webhook", payloads, now });
    expect(await process(pool, { shop, limit: Infinity, now })).toMatchObject({ processed: 3, failed: 1 });
    expect(await failures(pool)).toEqual([["2", "PAYLOAD_UNREADABLE", expect.stringMatching(/\$\./)]]);
  },
);
