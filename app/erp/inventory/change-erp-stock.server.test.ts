import type { Pool } from "pg";
import { expect } from "vitest";
import { ordersInTheErp } from "#tests/fixtures/an-order-in-the-erp.ts";
import { claimStock } from "#app/outbox/claim-stock.server.ts";
import { finishStock } from "#app/outbox/finish-stock.server.ts";
import { outboxChannel } from "#app/outbox/notify-outbox.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { adjustErpStock, restockErpStock, setErpStock, setSafetyStock } from "./change-erp-stock.server.ts";
import { enqueueStockDifferences } from "./enqueue-stock-differences.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;

const saveStock = (pool: Pool, stock: object) =>
  pool.query(
    `insert into "Shop" (shop, settings) values ($1, $2) on conflict (shop) do update set settings = excluded.settings`,
    [shop, JSON.stringify({ stock })],
  );

/** A SKU of the catalogue, at a location; the ERP leads. */
async function place(pool: Pool, locations: { erp: string; shopify: string }[] = []) {
  await ordersInTheErp(pool, { shop, orders: [], now });
  await saveStock(pool, { leads: "erp", locations });
  const [sku] = await rows(pool, `select id from "Sku" where "shopifyInventoryItemId" = '890'`);
  return { shop, skuId: String(sku?.id), locationId: "7", actor: "Asha", now };
}

test("is set and adjusted by SKU and location; feed, audit log and one wish for each level it feeds go with it", async ({
  database: { pool },
}) => {
  const pairs = ["71", "72", "71"].map((shopify) => ({ erp: "7", shopify }));
  const here = await place(pool, [...pairs, { erp: "8", shopify: "73" }]);
  await pool.query(`delete from "ChangeFeed"`);
  expect(await setErpStock(pool, { ...here, sellableQty: 10 })).toEqual({
    ...{ sellableQty: 10, safetyStockQty: 0, words: "SKU-90: 10 sellable, 0 kept back" },
    intentIds: [expect.any(String), expect.any(String)],
  });
  expect(await setSafetyStock(pool, { ...here, safetyStockQty: 2 })).toMatchObject({
    intentIds: [],
  });
  expect(await adjustErpStock(pool, { ...here, by: -3 })).toMatchObject({
    sellableQty: 7,
    safetyStockQty: 2,
  });
  expect(
    await rows(pool, `select "skuId", "locationId", "sellableQty", "safetyStockQty" from "ErpStock"`),
  ).toEqual([{ skuId: here.skuId, locationId: "7", sellableQty: 7, safetyStockQty: 2 }]);
  expect(await rows(pool, `select kind, entity, "entityId", payload from "Outbox" order by seq`)).toEqual(
    ["71", "72"].map((locationId) => ({
      ...{ kind: "inventorySet", entity: "stock", entityId: `890@${locationId}` },
      payload: { inventoryItemId: "890", locationId },
    })),
  );
  expect(await rows(pool, `select entity, "entityId", change from "ChangeFeed"`)).toEqual(
    Array.from({ length: 3 }, () => ({ entity: "stock", entityId: `${here.skuId}@7`, change: "updated" })),
  );
  expect(await rows(pool, `select action, details from "AuditLog" order by id desc limit 1`)).toEqual([
    {
      action: "stock.adjust",
      details: {
        locationId: "7",
        before: { sellableQty: 10, safetyStockQty: 2 },
        after: { sellableQty: 7, safetyStockQty: 2 },
      },
    },
  ]);
});

test("said again is nothing new, but where Shopify shows another number: that is told once", async ({
  database: { pool },
}) => {
  const here = await place(pool);
  await setErpStock(pool, { ...here, sellableQty: 4 });
  const shows = (available: number) =>
    pool.query(
      `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
         "rawData", "rawShape", "contentHash", source) values ($1, '890@7', '890', '7', $2, $3, now(), '{}', 'rest', 'x', 'test')
         on conflict (shop, id) do update set "availableQty" = excluded."availableQty"`,
      [shop, here.skuId, available],
    );
  const again = () => setErpStock(pool, { ...here, sellableQty: 4 });
  await pool.query(`delete from "Outbox"`);
  // Nothing is known of Shopify's; then it has the same.
  expect(await again()).toMatchObject({ intentIds: [] });
  await shows(4);
  expect(await again()).toMatchObject({ intentIds: [] });
  // Two were sold and are taken in, two more came: four again.
  await shows(2);
  expect(await again()).toMatchObject({ intentIds: [expect.any(String)] });
  expect(await again()).toMatchObject({ intentIds: [] });
  await pool.query(`update "Outbox" set status = 'conflict'`);
  expect(await again()).toMatchObject({ intentIds: [] });
  expect(await rows(pool, `select 1 from "AuditLog"`)).toHaveLength(1);
});

test("a few more than nobody has ever said is no number: refused where Shopify would be told of it", async ({
  database: { pool },
}) => {
  const here = await place(pool);
  await expect(adjustErpStock(pool, { ...here, by: 5 })).rejects.toMatchObject({
    ...{ code: "ACTION_NOT_ALLOWED", message: expect.stringContaining("never said") as string },
    next: expect.stringContaining("first") as string,
  });
  expect(await rows(pool, `select 1 from "ErpStock" union all select 1 from "Outbox"`)).toEqual([]);
  // A store of the ERP's own that feeds none of Shopify's begins with nothing.
  expect(await adjustErpStock(pool, { ...here, locationId: "attic", by: 5 })).toMatchObject({
    sellableQty: 5,
  });
});

test("what is kept back, and goods put back, make the number no newer: orders since it was said stay told", async ({
  database: { pool },
}) => {
  const here = await place(pool);
  const said = async () => (await rows(pool, `select "updatedAt" as at from "ErpStock"`))[0]?.["at"];
  await setErpStock(pool, { ...here, sellableQty: 4 });
  const later = { ...here, now: new Date(now.getTime() + 60_000) };
  await setSafetyStock(pool, { ...later, safetyStockQty: 1 });
  await inTransaction(pool, (tx) => restockErpStock(tx, { ...later, by: 1 }));
  expect(await said()).toEqual(now);
  await adjustErpStock(pool, { ...later, by: -1 });
  expect(await said()).toEqual(later.now);
});

test("what a worker is about to push is wished anew", async ({ database: { pool } }) => {
  const here = await place(pool);
  await setErpStock(pool, { ...here, sellableQty: 4 });
  await pool.query(`update "Outbox" set "leasedUntil" = now()`);
  expect((await setErpStock(pool, { ...here, sellableQty: 5 })).intentIds).toHaveLength(1);
});

/** All that waits of the level, as after an outage. */
const putOff = (pool: Pool) =>
  pool.query(`update "Outbox" set attempts = 7, "nextRetryAt" = $1, "errorCode" = 'SHOPIFY_UNREACHABLE'`, [
    new Date(now.getTime() + 21_600_000),
  ]);
const waits = (pool: Pool) => rows(pool, `select attempts, "nextRetryAt", answer from "Outbox" order by seq`);

test("what waits out an outage is due at once when the ERP says another number, or a person has the differences sent", async ({
  database: { pool },
}) => {
  const here = await place(pool);
  await setErpStock(pool, { ...here, sellableQty: 4 });
  const sender = await pool.connect();
  const woken: string[] = [];
  sender.on("notification", ({ channel }) => woken.push(channel));
  const heard = async () => {
    await sender.query("select 1");
    return woken.splice(0);
  };
  try {
    await sender.query(`listen ${outboxChannel}`);
    await putOff(pool);
    expect(await setErpStock(pool, { ...here, sellableQty: 0 })).toMatchObject({ intentIds: [] });
    expect(await waits(pool)).toEqual([{ attempts: 0, nextRetryAt: null, answer: null }]);
    expect(await heard()).toEqual([outboxChannel]);

    await pool.query(
      `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
         "rawData", "rawShape", "contentHash", source) values ($1, '890@7', '890', '7', $2, 9, now(), '', 'bulk', '', 'bulk')`,
      [shop, here.skuId],
    );
    await putOff(pool);
    expect(await enqueueStockDifferences(pool, here)).toBe(1);
    expect(await waits(pool)).toEqual([
      { attempts: 0, nextRetryAt: null, answer: { asked: 9, askedAt: now.toISOString() } },
    ]);
    expect(await heard()).toEqual([outboxChannel]);
    expect(await enqueueStockDifferences(pool, here)).toBe(0);

    // In a sender's hands it is not touched; when the try fails, what was said meanwhile does not wait for hours behind it.
    const [first] = await claimStock(pool, { shop, limit: 9, now });
    if (!first) throw new Error("nothing is due");
    const failed = { ...first, attempts: 7 };
    const end = { status: "waiting", errorCode: "INTERNAL", error: "down", answer: {} } as const;
    const fail = () => finishStock(pool, { shop, ends: [{ lease: failed, end }], now });
    await setErpStock(pool, { ...here, sellableQty: 3 });
    await fail();
    const soon = new Date(now.getTime() + 10_000);
    expect(await waits(pool)).toMatchObject([{ attempts: 1, nextRetryAt: soon }, { nextRetryAt: null }]);
  } finally {
    sender.release(true);
  }
});

test("what is kept back of goods that the ERP has never counted is refused: it would count as none, and Shopify sell none", async ({
  database: { pool },
}) => {
  const here = await place(pool);
  await expect(setSafetyStock(pool, { ...here, safetyStockQty: 2 })).rejects.toMatchObject({
    ...{ code: "ACTION_NOT_ALLOWED", message: expect.stringContaining("never said") as string },
    next: expect.stringContaining("first") as string,
  });
  expect(await rows(pool, `select 1 from "ErpStock" union all select 1 from "Outbox"`)).toEqual([]);
  // None that is said is a word like any other.
  await setErpStock(pool, { ...here, sellableQty: 0 });
  expect(await setSafetyStock(pool, { ...here, safetyStockQty: 2 })).toMatchObject({ safetyStockQty: 2 });
});

test("adjusted by several at once counts each", async ({ database: { pool } }) => {
  const here = await place(pool);
  await setErpStock(pool, { ...here, sellableQty: 0 });
  await Promise.all(Array.from({ length: 5 }, () => adjustErpStock(pool, { ...here, by: 2 })));
  expect(await rows(pool, `select "sellableQty" from "ErpStock"`)).toEqual([{ sellableQty: 10 }]);
});

test("of goods that Shopify does not count is kept here, and told to nobody: the words say why", async ({
  database: { pool },
}) => {
  const here = await place(pool);
  const said = async (more: object = {}) => {
    const { intentIds, words } = await adjustErpStock(pool, { ...here, by: 1, ...more });
    expect(intentIds).toEqual([]);
    return words;
  };
  for (const [untold, why] of [
    [`tracked = false`, /not told: Shopify does not count it/],
    [`tracked = true, "isBundle" = true`, /not told: It is a bundle/],
    [`"isBundle" = false, "archivedAt" = now()`, /not told: The SKU is archived/],
    [`"archivedAt" = null, "shopifyInventoryItemId" = null`, /not told: it does not have this SKU/],
  ] as const) {
    await pool.query(`update "Sku" set ${untold}`);
    expect(await said()).toMatch(why);
  }
  await pool.query(`update "Sku" set "shopifyInventoryItemId" = '890'`);
  expect(await said({ locationId: "attic" })).toMatch(/attic feeds none of its locations/);
  await saveStock(pool, { leads: "shopify" });
  expect(await said()).toMatch(/by your settings it leads/);
  expect(await rows(pool, `select "sellableQty" from "ErpStock" where "locationId" = '7'`)).toEqual([
    { sellableQty: 5 },
  ]);
});

test("is refused where it makes no sense, and nothing is written", async ({ database: { pool } }) => {
  const here = await place(pool);
  const no = { code: "ACTION_NOT_ALLOWED", next: expect.any(String) as string };
  await expect(adjustErpStock(pool, { ...here, by: -1 })).rejects.toMatchObject(no);
  await expect(setErpStock(pool, { ...here, sellableQty: 1.5 })).rejects.toMatchObject(no);
  await expect(adjustErpStock(pool, { ...here, by: 3_000_000_000 })).rejects.toMatchObject(no);
  await expect(setSafetyStock(pool, { ...here, safetyStockQty: -1 })).rejects.toMatchObject(no);
  const gone = { code: "NOT_FOUND" };
  await expect(
    setErpStock(pool, { ...here, shop: "other.myshopify.com", sellableQty: 1 }),
  ).rejects.toMatchObject(gone);
  await expect(setErpStock(pool, { ...here, skuId: "none", sellableQty: 1 })).rejects.toMatchObject(gone);
  expect(
    await rows(
      pool,
      `select 1 from "ErpStock" union all select 1 from "Outbox" union all select 1 from "AuditLog"`,
    ),
  ).toEqual([]);
});
