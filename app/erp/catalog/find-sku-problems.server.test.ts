import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findSkuProblems } from "./find-sku-problems.server.ts";
import { aNode, ingest, insertErpProduct, later, process, shop } from "./test-products.server.ts";

const texts = (report: Awaited<ReturnType<typeof findSkuProblems>>) =>
  report.duplicates.map(({ skuCode, variants }) => [
    skuCode,
    variants.map((variant) => [variant.shopifyVariantId, variant.archived]),
  ]);

test("the same problems are told before the first sync and after it", async ({ database: { pool } }) => {
  await ingest(pool, [
    aNode(1, "Cap", [
      { id: 11, options: { Size: "S" }, sku: "CAP" },
      { id: 12, options: { Size: "M" }, sku: " CAP" },
      { id: 13, options: { Size: "L" }, sku: " " },
      { id: 14, options: { Size: "XL" }, sku: "cap" },
    ]),
    aNode(2, "Mug", [{ id: 21, sku: null }]),
    aNode(3, "Broken", [{ id: 31, sku: "X", price: "free" }]),
  ]);
  const before = await findSkuProblems(pool, { shop, of: "cache" });
  await process(pool);
  const after = await findSkuProblems(pool, { shop, of: "erp" });
  for (const report of [before, after]) {
    expect(texts(report)).toEqual([
      [
        "CAP",
        [
          ["11", false],
          ["12", false],
        ],
      ],
    ]);
    expect(report.blank.map((variant) => variant.shopifyVariantId).sort()).toEqual(["13", "21"]);
    expect(report.variants).toBe(5);
  }
  expect([before.unreadable, after.unreadable]).toEqual([1, 0]);
});

test("a text that a living and an archived variant share is told, for it matches nothing; archived ones alone are no problem", async ({
  database: { pool },
}) => {
  const old = aNode(1, "Cap", [{ id: 11, sku: "CAP" }], { status: "ARCHIVED" });
  const older = aNode(2, "Cap 2", [{ id: 21, sku: "OLD" }], { status: "ARCHIVED" });
  const oldest = aNode(3, "Cap 3", [{ id: 31, sku: "OLD" }], { status: "ARCHIVED" });
  await ingest(pool, [old, older, oldest, aNode(4, "New cap", [{ id: 41, sku: "CAP" }])]);
  const expected = [
    [
      "CAP",
      [
        ["11", true],
        ["41", false],
      ],
    ],
  ];
  expect(texts(await findSkuProblems(pool, { shop, of: "cache" }))).toEqual(expected);
  await process(pool);
  expect(texts(await findSkuProblems(pool, { shop, of: "erp" }))).toEqual(expected);
});

test("a deleted product's texts are free again", async ({ database: { pool } }) => {
  await ingest(pool, [
    aNode(1, "Cap", [{ id: 11, sku: "CAP" }]),
    aNode(2, "Cap 2", [{ id: 21, sku: "CAP" }]),
  ]);
  await pool.query(`update "ShopifyProductCache" set "deletedAt" = $1 where id = '1'`, [later]);
  expect(texts(await findSkuProblems(pool, { shop, of: "cache" }))).toEqual([]);
});

test("SKUs that began in the ERP count with Shopify's", async ({ database: { pool } }) => {
  await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: "CAP", s2: null } });
  await ingest(pool, [
    aNode(1, "Cap", [{ id: 11, sku: "CAP" }]),
    aNode(2, "Cap 2", [{ id: 21, sku: "CAP" }]),
  ]);
  await process(pool);
  const report = await findSkuProblems(pool, { shop, of: "erp" });
  expect(report.duplicates.map(({ skuCode, variants }) => [skuCode, variants.length])).toEqual([["CAP", 3]]);
  expect(report.blank).toMatchObject([{ title: "s2", shopifyVariantId: null }]);
});
