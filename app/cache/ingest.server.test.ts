import { expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { ingestPayloads } from "./ingest.server.ts";
import type { IncomingPayload } from "./payload.ts";

const shop = "one.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

const payload = (part: Partial<IncomingPayload> = {}): IncomingPayload => ({
  id: "1",
  shape: "bulk",
  raw: '{"note":"first"}',
  shopifyUpdatedAt: "2026-11-01T10:00:00Z",
  triggeredAt: null,
  header: { orderNumber: "#1", financialStatus: "PAID", fulfillmentStatus: "UNFULFILLED" },
  ...part,
});

const ingest = (
  pool: Pool,
  payloads: IncomingPayload[],
  kind: "order" | "fulfillment_order" = "order",
  of = shop,
) => ingestPayloads(pool, { shop: of, kind, source: "webhook", payloads, now });

type Entry = {
  rawData: string;
  rawShape: string;
  pending: boolean;
  orderNumber: string;
  needsFetch: string | null;
};
const entry = async (pool: Pool, id = "1", of = shop) => {
  const sql = `SELECT "rawData", "rawShape", "processedAt" IS NULL AS pending, "orderNumber", "needsFetch" FROM "ShopifyOrderCache" WHERE shop = $1 AND id = $2`;
  return (await pool.query<Entry>(sql, [of, id])).rows[0];
};
const slots = async (pool: Pool) =>
  (
    await pool.query<{ shape: string; rawData: string }>(
      `SELECT shape, "rawData" FROM "ShopifyCacheSlot" ORDER BY shape`,
    )
  ).rows;
const history = async (pool: Pool) =>
  (
    await pool.query<{ rawData: string }>(`SELECT "rawData" FROM "ShopifyPayloadHistory" ORDER BY "rawData"`)
  ).rows.map((row) => row.rawData);
const markAllProcessed = (pool: Pool) => pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = now()`);

test("a payload is stored to the byte, whatever it holds, and waits to be processed", async ({
  database: { pool },
}) => {
  const raw = '{\n\t"note":"tab \\t, backslash \\\\ and नमस्ते 🎉 \\u0000"\r\n}';
  expect(await ingest(pool, [payload({ raw })])).toEqual({
    created: 1,
    updated: 0,
    unchanged: 0,
    superseded: 0,
  });
  expect(await ingest(pool, [payload({ id: "2", raw: Buffer.from(raw) })])).toMatchObject({ created: 1 });
  expect(await entry(pool)).toMatchObject({
    rawData: raw,
    rawShape: "bulk",
    pending: true,
    orderNumber: "#1",
  });
  expect(await entry(pool, "2")).toMatchObject({ rawData: raw });
});

test("the same payload again changes nothing: a processed entry stays processed", async ({
  database: { pool },
}) => {
  await ingest(pool, [payload()]);
  await markAllProcessed(pool);
  expect(await ingest(pool, [payload()])).toEqual({ created: 0, updated: 0, unchanged: 1, superseded: 0 });
  expect(await entry(pool)).toMatchObject({ pending: false });
  expect(await history(pool)).toEqual([]);
});

test("S9: a newer payload makes a processed entry pending again and keeps the older one in history", async ({
  database: { pool },
}) => {
  await ingest(pool, [payload()]);
  await markAllProcessed(pool);
  const newer = payload({
    raw: '{"note":"second"}',
    shopifyUpdatedAt: "2026-11-02T10:00:00Z",
    header: { orderNumber: "#1-edited" },
  });
  expect(await ingest(pool, [newer])).toMatchObject({ updated: 1 });
  expect(await entry(pool)).toMatchObject({
    rawData: '{"note":"second"}',
    pending: true,
    orderNumber: "#1-edited",
  });
  expect(await history(pool)).toEqual(['{"note":"first"}']);
});

test("an older payload that comes late is kept, and changes nothing", async ({ database: { pool } }) => {
  await ingest(pool, [payload({ raw: "{}", shopifyUpdatedAt: "2026-11-02T10:00:00Z" })]);
  await markAllProcessed(pool);
  expect(await ingest(pool, [payload()])).toMatchObject({ superseded: 1 });
  expect(await entry(pool)).toMatchObject({ rawData: "{}", pending: false });
  expect(await history(pool)).toEqual(['{"note":"first"}']);
});

test("a poorer shape never erases a richer one: each keeps its newest, the newest of all stands in the entry", async ({
  database: { pool },
}) => {
  await ingest(pool, [payload()]);
  await ingest(pool, [
    payload({ shape: "rest", raw: '{"rest":1}', shopifyUpdatedAt: "2026-11-03T10:00:00Z" }),
  ]);
  expect(await entry(pool)).toMatchObject({ rawShape: "rest", rawData: '{"rest":1}' });
  expect(await slots(pool)).toEqual([{ shape: "bulk", rawData: '{"note":"first"}' }]);

  await ingest(pool, [payload({ raw: '{"note":"second"}', shopifyUpdatedAt: "2026-11-02T10:00:00Z" })]);
  expect(await entry(pool)).toMatchObject({ rawShape: "rest" });
  expect(await slots(pool)).toEqual([{ shape: "bulk", rawData: '{"note":"second"}' }]);

  await ingest(pool, [payload({ raw: '{"note":"third"}', shopifyUpdatedAt: "2026-11-04T10:00:00Z" })]);
  expect(await entry(pool)).toMatchObject({ rawShape: "bulk", rawData: '{"note":"third"}' });
  expect(await slots(pool)).toEqual([{ shape: "rest", rawData: '{"rest":1}' }]);
  expect(await history(pool)).toEqual(['{"note":"first"}', '{"note":"second"}']);
});

test("two different contents of one instant ask Shopify which one stands", async ({ database: { pool } }) => {
  await ingest(pool, [payload({ shape: "rest" })]);
  await ingest(pool, [payload({ shape: "rest", raw: '{"note":"other"}' })]);
  expect((await entry(pool))?.needsFetch).toMatch(/same instant/);
  const answer = (note: string, askedAt: Date) =>
    ingest(pool, [
      payload({ shape: "detail", raw: JSON.stringify({ note }), triggeredAt: askedAt.toISOString() }),
    ]);
  // An answer to a question from before they were known settles nothing.
  await answer("early", new Date(now.getTime() - 1));
  expect(await entry(pool)).toMatchObject({
    rawShape: "detail",
    needsFetch: expect.stringMatching(/same instant/) as string,
  });
  await answer("late", new Date(now.getTime() + 1));
  expect(await entry(pool)).toMatchObject({ needsFetch: null, rawShape: "detail" });
});

test("S8: fifty deliveries of one new order at once make one entry with the newest content", async ({
  database: { pool },
}) => {
  const at = (second: number) => `2026-11-01T10:00:${String(second).padStart(2, "0")}Z`;
  const deliveries = Array.from({ length: 50 }, (_, i) =>
    payload({ shape: "rest", raw: JSON.stringify({ n: i }), shopifyUpdatedAt: at(i) }),
  );
  const results = await Promise.all(deliveries.map((one) => ingest(pool, [one])));
  expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(1);
  expect(await entry(pool)).toMatchObject({ rawData: '{"n":49}' });
  expect(await history(pool)).toHaveLength(49);
});

test("several payloads of one order in one call are taken one after the other", async ({
  database: { pool },
}) => {
  const two = [payload(), payload({ raw: '{"note":"second"}', shopifyUpdatedAt: "2026-11-02T10:00:00Z" })];
  expect(await ingest(pool, two)).toEqual({ created: 1, updated: 1, unchanged: 0, superseded: 0 });
  expect(await entry(pool)).toMatchObject({ rawData: '{"note":"second"}' });
});

test("shops never mix: the same id in two shops is two entries", async ({ database: { pool } }) => {
  await ingest(pool, [payload()]);
  await ingest(pool, [payload({ raw: '{"note":"theirs"}' })], "order", "two.myshopify.com");
  expect(await entry(pool)).toMatchObject({ rawData: '{"note":"first"}' });
  expect(await entry(pool, "1", "two.myshopify.com")).toMatchObject({ rawData: '{"note":"theirs"}' });
});

test("news of a fulfilment order makes its order pending again", async ({ database: { pool } }) => {
  await ingest(pool, [payload(), payload({ id: "2" })]);
  await markAllProcessed(pool);
  const fulfillmentOrder = payload({ id: "77", header: { orderId: "1" } });
  await ingest(pool, [fulfillmentOrder], "fulfillment_order");
  expect([(await entry(pool))?.pending, (await entry(pool, "2"))?.pending]).toEqual([true, false]);
  await markAllProcessed(pool);
  await ingest(pool, [fulfillmentOrder], "fulfillment_order");
  expect((await entry(pool))?.pending).toBe(false);
});

test("a batch the database refuses leaves nothing behind", async ({ database: { pool } }) => {
  const withoutOrder = payload({ id: "2", header: { orderId: null } });
  await expect(
    ingest(pool, [payload({ header: { orderId: "1" } }), withoutOrder], "fulfillment_order"),
  ).rejects.toThrow(/orderId/);
  expect((await pool.query(`SELECT id FROM "ShopifyFulfillmentOrderCache"`)).rows).toEqual([]);
});

test("law 6: what no database can keep as text stops nothing else: it is kept, and fails by itself", async ({
  database: { pool },
}) => {
  const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  const poison = [
    payload({ id: "2", raw: bytes }),
    payload({ id: "3", raw: '{"note":"\u0000"}' }),
    payload({ id: "4", raw: '{"note":"\ud800"}' }),
    payload({ id: "5", shopifyUpdatedAt: "yesterday", triggeredAt: "2026" }),
    payload({ id: "6", header: { orderNumber: "#6\u0000\ud800" } }),
  ];
  expect(await ingest(pool, [payload(), ...poison])).toMatchObject({ created: 6 });
  expect(Buffer.from((await entry(pool, "2"))?.rawData.replace("base64:", "") ?? "", "base64")).toEqual(
    bytes,
  );
  for (const id of ["3", "4"]) expect((await entry(pool, id))?.rawData).toMatch(/^base64:/);
  expect(await entry(pool, "6")).toMatchObject({ orderNumber: "#6\ufffd" });
  expect(await ingest(pool, poison)).toMatchObject({ unchanged: 5 });
});
