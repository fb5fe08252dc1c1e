import type { Pool } from "pg";
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countStockComparison, loadStockComparison } from "./compare-stock.server.ts";

const shop = "a-shop.myshopify.com";
const page = { shop, at: null, limit: 50 };

/** Items i1 …, each with a SKU s1 …, at Shopify's locations 71 and 72, ten of each there. */
async function bringLevels(pool: Pool, items: number): Promise<void> {
  await pool.query(`insert into "Shop" (shop, settings) values ($1, $2)`, [
    shop,
    JSON.stringify({
      stock: {
        leads: "erp",
        locations: [
          { erp: "main", shopify: "71" },
          { erp: "attic", shopify: "71" },
        ],
      },
    }),
  ]);
  await pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title, "shopifyInventoryItemId")
     select $1, 's' || n, 'p', 'v', 'TEE-' || n, 'Cotton shirt ' || n, n::text from generate_series(1, $2::int) n`,
    [shop, items],
  );
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
       "rawData", "rawShape", "contentHash", source)
     select $1, n || '@' || l, n::text, l::text, 's' || n, 10, '2026-11-20T10:00:00Z', repeat('x', 300), 'bulk', '', 'bulk'
       from generate_series(1, $2::int) n, unnest(array[71, 72]) l`,
    [shop, items],
  );
}
const say = (pool: Pool, skuId: string, locationId: string, sellable: number, safety = 0) =>
  pool.query(
    `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty", "safetyStockQty") values ($1, $2, $3, $4, $5)`,
    [shop, skuId, locationId, sellable, safety],
  );

test("is what all the ERP's locations that feed a level have, less what is kept back; what was never said is not none", async ({
  database: { pool },
}) => {
  await bringLevels(pool, 7);
  await say(pool, "s1", "main", 9, 2);
  await say(pool, "s1", "attic", 4);
  // In no pair: Shopify's own location of that id.
  await say(pool, "s2", "72", 10);
  await say(pool, "s3", "main", 1, 5);
  for (const [sku, what] of [
    ["s4", "tracked = false"],
    ["s5", `"isBundle" = true`],
    ["s6", `"archivedAt" = now()`],
  ] as const) {
    await say(pool, sku, "main", 3);
    await pool.query(`update "Sku" set ${what} where id = $1`, [sku]);
  }
  await say(pool, "s7", "99", 3);
  expect(await countStockComparison(pool, { shop })).toEqual({
    ...{ levels: 15, equal: 1, differ: 2, raised: 1, lowered: 1, unprocessedOrders: 0, waits: null },
    skipped: { archived: 2, bundle: 2, untracked: 2, not_stocked: 1, nothing_said: 5 },
  });
  const differing = await loadStockComparison(pool, { ...page, filter: { show: "differ" } });
  const row = { locationId: "71", locationName: null, unprocessedQty: 0, shopifyQty: 10, skipped: null };
  expect(differing.rows).toEqual([
    {
      ...{ ...row, inventoryItemId: "3", skuId: "s3", skuCode: "TEE-3", title: "Cotton shirt 3" },
      ...{ sellableQty: 1, safetyQty: 5, targetQty: 0, difference: -10, orderedSince: 0 },
    },
    {
      ...{ ...row, inventoryItemId: "1", skuId: "s1", skuCode: "TEE-1", title: "Cotton shirt 1" },
      ...{ sellableQty: 13, safetyQty: 2, targetQty: 11, difference: 1, orderedSince: 0 },
    },
  ]);
  const skipped = await loadStockComparison(pool, { ...page, filter: { show: "skipped" } });
  expect(
    skipped.rows.map((one) => `${one.inventoryItemId}@${one.locationId} ${String(one.skipped)}`),
  ).toEqual([
    ...["7@99 not_stocked", "7@72 nothing_said", "7@71 nothing_said", "6@72 archived", "6@71 archived"],
    ...["5@72 bundle", "5@71 bundle", "4@72 untracked", "4@71 untracked", "3@72 nothing_said"],
    ...["2@71 nothing_said", "1@72 nothing_said"],
  ]);
  const found = await loadStockComparison(pool, { ...page, filter: { show: "all", search: "TEE-2" } });
  expect(found.rows.map(({ skuId, skipped }) => [skuId, skipped])).toEqual([
    ["s2", null],
    ["s2", "nothing_said"],
  ]);
});
