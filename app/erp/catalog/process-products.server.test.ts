import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findSkuProblems } from "./find-sku-problems.server.ts";
import { listSkuProblems } from "./list-sku-problems.server.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";
import { processPendingProducts } from "./process-pending-products.server.ts";
import { processProducts } from "./process-products.server.ts";
import {
  aNode,
  count,
  ingest,
  insertErpProduct,
  later,
  now,
  process,
  shirt,
  shop,
} from "./test-products.server.ts";

describe("a dump of products", () => {
  test("becomes products, variations, SKUs and news; done again it changes nothing", async ({
    database: { pool },
  }) => {
    await ingest(pool, [shirt, aNode(2, "Mug", [{ id: 21, sku: "MUG" }])]);
    expect(await process(pool)).toMatchObject({ processed: 2, created: 2, failed: 0 });
    expect([await count(pool, "Product"), await count(pool, "Variation"), await count(pool, "Sku")]).toEqual([
      2, 3, 4,
    ]);
    expect(await count(pool, "ChangeFeed", "entity = 'product' and change = 'created'")).toBe(2);

    const before = await pool.query(
      `select xmin::text, id from "Sku" union all select xmin::text, id from "Product" order by 2`,
    );
    await pool.query(`update "ShopifyProductCache" set "processedAt" = null`);
    expect(await process(pool, later)).toMatchObject({ processed: 2, unchanged: 2 });
    const after = await pool.query(
      `select xmin::text, id from "Sku" union all select xmin::text, id from "Product" order by 2`,
    );
    expect(after.rows).toEqual(before.rows);
    expect(await count(pool, "ChangeFeed")).toBe(2);
  });

  test("with one unreadable product processes all others", async ({ database: { pool } }) => {
    const broken = {
      ...aNode(3, "Broken", []),
      variants: [{ id: "gid://shopify/ProductVariant/31", price: "free" }],
    };
    await ingest(pool, [shirt, broken]);
    expect(await process(pool)).toMatchObject({ created: 1, failed: 1 });
    const { rows } = await pool.query(
      `select id, "errorCode", "processingError" from "ShopifyProductCache" where "errorCode" is not null`,
    );
    expect(rows).toEqual([
      {
        id: "3",
        errorCode: "PAYLOAD_UNREADABLE",
        processingError: "The payload cannot be read at $.variants[0].price: expected a decimal number",
      },
    ]);
  });

  test("tells what stands on several variants or on none", async ({ database: { pool } }) => {
    await ingest(pool, [
      aNode(5, "Cap", [
        { id: 51, options: { Size: "S" }, sku: "CAP" },
        { id: 52, options: { Size: "M" }, sku: " CAP" },
        { id: 53, options: { Size: "L" }, sku: " " },
      ]),
    ]);
    const before = await findSkuProblems(pool, { shop });
    expect(before.duplicates.map(({ skuCode, variants }) => [skuCode, variants.length])).toEqual([
      ["CAP", 2],
    ]);
    expect(before.blank.map((variant) => variant.shopifyVariantId)).toEqual(["53"]);
    await process(pool);
    const after = await listSkuProblems(pool, { shop, search: "", at: null, limit: 10 });
    expect(after.rows.map(({ skuText, sharedBy }) => [skuText, sharedBy])).toEqual([
      ["CAP", 2],
      ["CAP", 2],
      [null, null],
    ]);
    const index = await loadSkuIndex(pool, { shop, variantIds: ["51", "52"], skuCodes: ["CAP"] });
    expect([index.byVariantId.size, index.bySkuCode.size]).toEqual([2, 0]);
  });
});

test("S20: a relaunched product with the same title is proposed, not matched", async ({
  database: { pool },
}) => {
  await ingest(pool, [shirt]);
  await process(pool);
  await ingest(
    pool,
    [
      aNode(2, "Classic Cotton Shirt", [
        { id: 21, options: { Color: "White", Size: "S" }, sku: "CSH-WHT-S" },
      ]),
    ],
    { at: later },
  );
  expect(await process(pool, later)).toMatchObject({ created: 1 });
  expect(await count(pool, "Product")).toBe(2);
  const { rows } = await pool.query(`select "shopifyProductId", status from "ProductProposal"`);
  expect(rows).toEqual([{ shopifyProductId: "2", status: "open" }]);
});

test("a shop's own words for colour make the variations; size never does", async ({ database: { pool } }) => {
  await pool.query(`insert into "Shop" (shop, settings) values ($1, '{"colourSynonyms":["kleurtje"]}')`, [
    shop,
  ]);
  const options = { Color: "White", Kleurtje: "Blauw", Size: "S" };
  await ingest(pool, [
    aNode(1, "Cap", [
      { id: 11, options },
      { id: 12, options: { ...options, Color: "Black", Size: "M" } },
      { id: 13, options: { ...options, Kleurtje: "Rood" } },
    ]),
  ]);
  await process(pool);
  const { rows } = await pool.query(`select axis, name from "Variation" where shop = $1 order by position`, [
    shop,
  ]);
  expect(rows).toEqual([
    { axis: "Kleurtje", name: "Blauw" },
    { axis: "Kleurtje", name: "Rood" },
  ]);
});

test("two workers with the same products at once end with one of each", async ({ database: { pool } }) => {
  const entries = [shirt, aNode(2, "Mug", [{ id: 21, sku: "MUG" }])].map((node) => ({
    id: node.id.split("/").at(-1) ?? "",
    rawData: JSON.stringify(node),
    rawShape: "bulk" as const,
    shopifyUpdatedAt: now,
    triggeredAt: null,
    contentHash: "h",
    attempts: 0,
    slots: [],
    gatewaysSeen: [],
    movedFulfillments: [],
    deletedAt: null,
  }));
  const work = () => inTransaction(pool, (tx) => processProducts(tx, { shop, entries, now }));
  const results = await Promise.all([work(), work(), work()]);
  expect(results.flatMap(({ done }) => done.map((entry) => entry.outcome)).sort()).toEqual([
    "created",
    "created",
    ...Array<string>(4).fill("unchanged"),
  ]);
  expect([await count(pool, "Product"), await count(pool, "Sku")]).toEqual([2, 4]);
});

test("a SKU text of the ERP attaches only while it is unique in Shopify, payloads that still wait included", async ({
  database: { pool },
}) => {
  await insertErpProduct(pool, { id: "p1", name: "House shirt", skus: { s1: "HS-1", s2: "HS-2" } });
  await ingest(pool, [
    aNode(1, "One", [{ id: 11, sku: "HS-1" }]),
    aNode(2, "Two", [{ id: 21, sku: "HS-2" }]),
    aNode(3, "Three", [{ id: 31, sku: " HS-2 " }]),
  ]);
  await processPendingProducts(pool, { shop, limit: 2, now });
  await process(pool);
  const { rows } = await pool.query(
    `select id, "shopifyVariantId" from "Sku" where id in ('s1', 's2') order by id`,
  );
  expect(rows).toEqual([
    { id: "s1", shopifyVariantId: "11" },
    { id: "s2", shopifyVariantId: null },
  ]);
  expect(await count(pool, "Product", `id = 'p1' and "shopifyProductIds" = '{1}'`)).toBe(1);
});

test("orders that failed for a missing SKU wait no longer once variants arrive", async ({
  database: { pool },
}) => {
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "errorCode", "processingError", attempts, "quarantinedAt")
      values ($1, '1', '{}', 'bulk', 'h', 'dump', 'SKU_NOT_FOUND', 'SKU not found: X', 9, now()), ($1, '2', '{}', 'bulk', 'h', 'dump', 'PAYLOAD_UNREADABLE', '', 9, now()),
        ('other.myshopify.com', '1', '{}', 'bulk', 'h', 'dump', 'SKU_NOT_FOUND', 'SKU not found: X', 9, now())`,
    [shop],
  );
  await ingest(pool, [shirt]);
  await process(pool);
  const { rows } = await pool.query(
    `select id, shop = $1 as ours from "ShopifyOrderCache" where "errorCode" is null`,
    [shop],
  );
  expect(rows).toEqual([{ id: "1", ours: true }]);
});

test("shops never mix: the same Shopify ids in two shops are two products", async ({
  database: { pool },
}) => {
  await ingest(pool, [shirt]);
  await process(pool);
  const payload = {
    id: "1",
    shape: "bulk" as const,
    raw: JSON.stringify(shirt),
    shopifyUpdatedAt: shirt.updatedAt,
    triggeredAt: null,
  };
  const other = "mill.myshopify.com";
  await ingestPayloads(pool, { shop: other, kind: "product", source: "dump", payloads: [payload], now });
  expect(await processPendingProducts(pool, { shop: other, limit: 10, now })).toMatchObject({ created: 1 });
  const index = await loadSkuIndex(pool, { shop, variantIds: ["11"], skuCodes: ["CSH-WHT-S"] });
  const theirs = await loadSkuIndex(pool, { shop: other, variantIds: ["11"], skuCodes: ["CSH-WHT-S"] });
  expect(index.byVariantId.get("11")?.skuId).not.toBe(theirs.byVariantId.get("11")?.skuId);
  expect(index.bySkuCode.size).toBe(1);
});
