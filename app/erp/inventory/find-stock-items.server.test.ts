import type { Pool } from "pg";
import { expect } from "vitest";
import { explaining } from "#tests/setup/explaining.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { vacuumWhole } from "#tests/setup/vacuum-whole.ts";
import { findStockItems, type FindStockItemsOptions } from "./find-stock-items.server.ts";
import { listStockLocations } from "./list-stock-locations.server.ts";
import { sumStockByLocation } from "./sum-stock-by-location.server.ts";

const shop = "a-shop.myshopify.com";
const all: FindStockItemsOptions = { shop, search: "", sort: "item desc", at: null, limit: 50 };

/** Items i0001 … at five locations l1 … l5; every thousandth has no SKU, is below zero somewhere, or is gone somewhere. */
async function bringStock(pool: Pool, items: number): Promise<void> {
  await pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title, barcode, tracked, "shopifyInventoryItemId")
     select $1, 's' || n, 'p' || n % 100, 'v', 'TEE-' || n || '-RED', 'Cotton shirt - Red / ' || n, '890' || lpad(n::text, 8, '0'),
       n % 1000 <> 4, 'i' || lpad(n::text, 6, '0') from generate_series(1, $2::int) n where n % 1000 <> 1`,
    [shop, items],
  );
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "onHandQty",
       "committedQty", "incomingQty", "lastSynced", "rawData", "rawShape", "contentHash", source, "deletedAt")
     select $1, item || '@l' || l, item, 'l' || l, case when n % 1000 <> 1 then 's' || n end,
       case when n % 1000 = 2 and l = 3 then -2 when n % 1000 in (2, 5) then 0 else n % 50 + 1 end, n % 50 + 3, 2, 5, '2026-11-20T10:00:00Z',
       repeat('x', 300), 'bulk', '', 'bulk', case when n % 1000 = 3 and l = 5 then timestamptz '2026-11-21T10:00:00Z' end
       from (select n, 'i' || lpad(n::text, 6, '0') as item from generate_series(1, $2::int) n) items, generate_series(1, 5) l`,
    [shop, items],
  );
  await pool.query(`analyze "Sku", "ShopifyInventoryCache"`);
}

test("a page of stock reads no more items than it shows", async ({ database: { pool } }) => {
  await bringStock(pool, 20_000);
  const byItem = "ShopifyInventoryCache_shop_shopifyInventoryItemId_idx";
  for (const [index, asked] of [
    [byItem, {}],
    [byItem, { sort: "item asc", at: { side: "after", key: ["i010000"] } }],
    [byItem, { at: { side: "before", key: ["i010000"] } }],
    ["ShopifyInventoryCache_empty", { views: ["out"] }],
    [byItem, { locationIds: ["l2"] }],
    ["ShopifyInventoryCache_unmatched", { views: ["unmatched"] }],
    ["ShopifyInventoryCache_empty", { views: ["negative"] }],
    ["ShopifyInventoryCache_gone", { views: ["gone"] }],
    [byItem, { search: "tee 12345" }],
    // Nineteen thousand match: the list's order is walked, and no id goes to and fro.
    [byItem, { search: "cotton shirt" }],
  ] as const) {
    const { db, leaves } = explaining(pool);
    const { rows } = await findStockItems(db, { ...all, ...asked });
    expect(rows.length, JSON.stringify(asked)).toBeGreaterThan(0);
    const read = leaves().map((step) => step["Index Name"] ?? step["Node Type"]);
    expect(read, JSON.stringify(asked)).toContain(index);
    expect(read, JSON.stringify(asked)).not.toContain("Seq Scan");
  }
  await vacuumWhole(pool, "ShopifyInventoryCache");
  const { db, leaves } = explaining(pool);
  expect(await sumStockByLocation(db, { shop })).toHaveLength(5);
  // Never the levels themselves, which carry their payloads.
  expect(leaves().map((step) => [step["Node Type"], step["Index Name"]])).toEqual([
    ["Index Only Scan", "ShopifyInventoryCache_by_location"],
  ]);
});

test("an item is one row with a level for each location; views, words and filters find what they name", async ({
  database: { pool },
}) => {
  await bringStock(pool, 3000);
  const find = async (asked: Partial<FindStockItemsOptions>) =>
    (await findStockItems(pool, { ...all, ...asked })).rows;
  const idsOf = async (asked: Partial<FindStockItemsOptions>) =>
    (await find(asked)).map(({ itemId }) => itemId);
  const level = (locationId: string) => ({
    ...{ locationId, available: 28, onHand: 30, committed: 2, incoming: 5 },
    ...{ lastSynced: "2026-11-20T10:00:00.000Z", goneAt: null },
  });
  expect(await find({ search: "tee-1027" })).toEqual([
    {
      itemId: "i001027",
      sku: {
        ...{ id: "s1027", productId: "p27", skuCode: "TEE-1027-RED", title: "Cotton shirt - Red / 1027" },
        ...{ barcode: "89000001027", tracked: true, isArchived: false },
      },
      levels: ["l1", "l2", "l3", "l4", "l5"].map(level),
    },
  ]);
  expect(await idsOf({ search: "i002001" })).toEqual(["i002001"]);
  expect(await idsOf({ search: "shirt 89000000042" })).toEqual(["i000042"]);
  expect(await idsOf({ search: "..." })).toEqual([]);
  // A code that is there exactly is all that is shown, not the thousand that begin so.
  expect(await idsOf({ search: "tee-2-red" })).toEqual(["i000002"]);
  expect(await idsOf({ views: ["unmatched"], sort: "item asc" })).toEqual(["i000001", "i001001", "i002001"]);
  expect((await find({ views: ["unmatched"] }))[0]?.sku).toBeNull();
  expect(await idsOf({ views: ["negative"], locationIds: ["l1"] })).toEqual([]);
  expect(await idsOf({ views: ["out"] })).toEqual([
    "i002005",
    "i002002",
    "i001005",
    "i001002",
    "i000005",
    "i000002",
  ]);
  expect(await idsOf({ tracked: false })).toEqual(["i002004", "i001004", "i000004"]);
  expect(
    (await find({ locationIds: ["l2"], limit: 1 }))[0]?.levels.map(({ locationId }) => locationId),
  ).toEqual(["l2"]);

  // What is gone at one location is stocked at the others: it stands in both lists, each with its own levels.
  expect((await find({ search: "tee-3-red" }))[0]?.levels).toHaveLength(4);
  expect(await find({ views: ["gone"], search: "tee-3-red" })).toMatchObject([
    { itemId: "i000003", levels: [{ locationId: "l5", goneAt: "2026-11-21T10:00:00.000Z" }] },
  ]);
});

test("locations are summed by name; one that only levels tell of is among them, a deleted one while something is there", async ({
  database: { pool },
}) => {
  await bringStock(pool, 3000);
  await pool.query(
    `insert into "ShopifyLocation" (shop, id, name, "isActive", "deletedAt") values ($1, 'l1', 'Pune', true, null),
       ($1, 'l2', 'Delhi', true, null), ($1, 'l3', 'Agra', false, now()), ($1, 'l7', 'Mumbai', true, null), ($1, 'l8', 'Goa', false, now()),
       ('another.myshopify.com', 'l9', 'Surat', true, null)`,
    [shop],
  );
  const locations = await listStockLocations(pool, { shop });
  expect(locations.map(({ id, name, isStocked }) => [id, name, isStocked])).toEqual([
    ["l2", "Delhi", true],
    ["l7", "Mumbai", false],
    ["l1", "Pune", true],
    ["l4", null, true],
    ["l5", null, true],
    ["l3", "Agra", true],
  ]);
  const sums = await sumStockByLocation(pool, { shop });
  expect(sums.map(({ id, items, committed }) => [id, items, committed]).sort()).toEqual([
    ["l1", 3000, 6000],
    ["l2", 3000, 6000],
    ["l3", 3000, 6000],
    ["l4", 3000, 6000],
    ["l5", 2997, 5994],
  ]);
  const { db, leaves } = explaining(pool);
  await listStockLocations(db, { shop });
  expect(leaves().map((step) => step["Index Name"])).toContain("ShopifyInventoryCache_by_location");
});
