import type { Pool } from "pg";
import { expect } from "vitest";
import { readCursorText } from "#app/lib/cursor.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { bringStock } from "#tests/fixtures/bring-stock.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadStockComparison } from "./compare-stock.server.ts";
import { countStockComparison } from "./count-stock-comparison.server.ts";
import { stockShows, type StockCompareRow, type StockShow } from "./stock-compare-row.ts";

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
  await bringStock(pool, { shop, items, shopify: 10, locations: ["71", "72"] });
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
    ...{ raisedUnits: 1, loweredUnits: 10 },
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

test("goes on where somebody has typed more than an integer holds, said by two locations of one level", async ({
  database: { pool },
}) => {
  await bringLevels(pool, 1);
  for (const location of ["main", "attic"]) await say(pool, "s1", location, 2_000_000_000);
  const { rows } = await loadStockComparison(pool, { ...page, filter: { show: "differ" } });
  expect(rows.map(shown)).toEqual(["1@71 2000000000 10 null"]);
  expect(await countStockComparison(pool, { shop })).toMatchObject({
    ...{ differ: 1, raised: 1, raisedUnits: 1_999_999_990 },
  });
});

/** The comparison worked out row by row from the tables, in the list's order. */
async function plainly(pool: Pool, pairs: { erp: string; shopify: string }[]): Promise<string[]> {
  const read = async <Row extends object>(sql: string) => (await pool.query<Row>(sql)).rows;
  const skus = await read<{ skuId: string; item: string | null; skip: string | null }>(
    `select id as "skuId", "shopifyInventoryItemId" as item, case when "archivedAt" is not null then 'archived' when "isBundle" then 'bundle'
       when not tracked then 'untracked' end as skip from "Sku"`,
  );
  const levels = await read<{
    skuId: string | null;
    item: string;
    location: string;
    qty: number | null;
    isRead: boolean;
  }>(
    `select "skuId", "shopifyInventoryItemId" as item, "shopifyLocationId" as location, "availableQty" as qty,
       "lastSynced" is not null as "isRead" from "ShopifyInventoryCache" where "deletedAt" is null`,
  );
  const stock = await read<{ skuId: string; location: string; units: number }>(
    `select "skuId", "locationId" as location, "sellableQty" - "safetyStockQty" as units from "ErpStock"`,
  );
  const fed = stock.flatMap((one) => {
    const own = pairs.filter(({ erp }) => erp === one.location).map(({ shopify }) => shopify);
    return (own.length > 0 ? own : [one.location]).map((location) => ({ ...one, location }));
  });
  const rows = skus.flatMap(({ skuId, item: ownItem, skip }) => {
    const said = fed.filter((one) => one.skuId === skuId);
    const row = (
      item: string,
      location: string,
      { qty, other }: { qty: number | null; other: string | null },
    ) => {
      const units = said.filter((one) => one.location === location).reduce((sum, one) => sum + one.units, 0);
      const words = `${item}@${location} ${String(Math.max(units, 0))} ${String(qty)} ${String(skip ?? other)}`;
      return { item, location, words };
    };
    const own = levels.filter((one) => one.skuId === skuId && one.isRead);
    const stocked = levels.filter(({ item }) => item === ownItem).map(({ location }) => location);
    const nowhere = new Set(
      said.map(({ location }) => location).filter((location) => !stocked.includes(location)),
    );
    return [
      ...own.map(({ item, location, qty }) => {
        const isSaid = said.some((one) => one.location === location);
        return row(item, location, { qty, other: isSaid ? null : "nothing_said" });
      }),
      ...(ownItem === null
        ? []
        : [...nowhere].map((location) => row(ownItem, location, { qty: null, other: "not_stocked" }))),
    ];
  });
  const down = (a: string, b: string) => Number(a < b) - Number(a > b);
  rows.sort((a, b) => down(a.item, b.item) || down(a.location, b.location));
  return rows.map(({ words }) => words);
}

const shown = ({ inventoryItemId, locationId, targetQty, shopifyQty, skipped }: StockCompareRow) =>
  `${inventoryItemId}@${locationId} ${String(targetQty)} ${String(shopifyQty)} ${String(skipped)}`;

const kept: Record<StockShow, (words: string) => boolean> = {
  all: () => true,
  skipped: (words) => !words.endsWith(" null"),
  differ: (words) => words.endsWith(" null") && words.split(" ")[1] !== words.split(" ")[2],
};

test.for([
  { of: "no mapping", pairs: [] },
  { of: "one location for one", pairs: [{ erp: "main", shopify: "71" }] },
  {
    of: "several for one, and one for several",
    pairs: [
      ...[
        { erp: "main", shopify: "71" },
        { erp: "main", shopify: "73" },
      ],
      ...[
        { erp: "attic", shopify: "71" },
        { erp: "72", shopify: "73" },
      ],
    ],
  },
])(
  "its pages, either way, and its figures are what each level says by itself: $of",
  async ({ pairs }, { database: { pool } }) => {
    await bringLevels(pool, 60);
    await pool.query(`update "Shop" set settings = $1`, [
      JSON.stringify({ stock: { leads: "erp", locations: pairs } }),
    ]);
    // "some(n, k)": so many of k, drawn by the row.
    const some = (what: string, of: number) => `abs(hashtext(${what})) % ${String(of)} = 0`;
    for (const sql of [
      `update "Sku" set "archivedAt" = case when ${some("id || 1", 9)} then now() end, "isBundle" = ${some("id || 2", 9)},
       tracked = not ${some("id || 3", 9)}, "shopifyInventoryItemId" = case when ${some("id || 4", 12)} then '9' || "shopifyInventoryItemId"
         when ${some("id || 5", 20)} then null else "shopifyInventoryItemId" end`,
      `update "ShopifyInventoryCache" set "availableQty" = case when ${some("id || 1", 9)} then null else abs(hashtext(id)) % 3 end,
       "deletedAt" = case when ${some("id || 2", 6)} then now() end, "lastSynced" = case when not ${some("id || 3", 9)} then now() end,
       "skuId" = case when not ${some("id || 4", 12)} then "skuId" end`,
      `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty", "safetyStockQty")
       select shop, id, place, abs(hashtext(id || place)) % 4, abs(hashtext(place || id)) % 2
         from "Sku", unnest(array['main', 'attic', '71', '72', '73']) place where ${some("id || place || 9", 2)}`,
    ])
      await pool.query(sql);
    const plain = await plainly(pool, pairs);
    expect(plain.filter((words) => words.endsWith("not_stocked")).length).toBeGreaterThan(5);
    for (const show of stockShows) {
      const load = (at: ListAt, limit = 9) =>
        loadStockComparison(pool, { shop, filter: { show }, at, limit });
      const beside = (side: "after" | "before", cursor: string) => ({
        side,
        key: readCursorText(cursor) as string[],
      });
      const pages = [await load(null)];
      for (let next = pages.at(-1)?.next; next; next = pages.at(-1)?.next)
        pages.push(await load(beside("after", next)));
      const wanted = plain.filter(kept[show]);
      expect(pages.flatMap(({ rows }) => rows.map(shown))).toEqual(wanted);
      const previous = pages.at(-1)?.previous ?? "";
      expect((await load(beside("before", previous))).rows).toEqual(pages.at(-2)?.rows);
    }
    const count = (skip: string) => plain.filter((words) => words.endsWith(` ${skip}`)).length;
    expect(await countStockComparison(pool, { shop })).toMatchObject({
      ...{ levels: plain.length, differ: plain.filter(kept.differ).length },
      skipped: {
        ...{ archived: count("archived"), bundle: count("bundle"), untracked: count("untracked") },
        ...{ not_stocked: count("not_stocked"), nothing_said: count("nothing_said") },
      },
    });
  },
);

test("of many levels that are equal the few that differ are found, wherever they stand", async ({
  database: { pool },
}) => {
  await bringLevels(pool, 1_000);
  await pool.query(`update "Shop" set settings = '{"stock": {"leads": "erp"}}'`);
  await pool.query(`insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty")
    select shop, "skuId", "shopifyLocationId", case when "skuId" in ('s1', 's999') then 3 else 10 end from "ShopifyInventoryCache"`);
  const { rows } = await loadStockComparison(pool, { ...page, filter: { show: "differ" } });
  expect(rows.map(shown)).toEqual([
    "999@72 3 10 null",
    "999@71 3 10 null",
    "1@72 3 10 null",
    "1@71 3 10 null",
  ]);
});
