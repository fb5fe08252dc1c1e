import { expect } from "vitest";
import type { Db } from "#app/lib/db.server.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findSkuProblems } from "./find-sku-problems.server.ts";
import { hasOnlyCachedProducts, listCachedSkuProblems } from "./list-cached-sku-problems.server.ts";
import { listSkuProblems } from "./list-sku-problems.server.ts";
import type { SkuProblem } from "./workbench-views.ts";
import { aNode, ingest, insertErpProduct, later, process, shop } from "./test-products.server.ts";

/** Either report by text: the variants that share it, or have none. */
const told = (rows: readonly SkuProblem[]) =>
  Object.fromEntries(
    [...Map.groupBy(rows, ({ skuText }) => skuText ?? "none")].map(([text, same]) => [
      text,
      same
        .map(({ shopifyVariantId, archived }) => `${String(shopifyVariantId)}${archived ? " archived" : ""}`)
        .sort(),
    ]),
  );
const all = { shop, search: "", at: null, limit: 100 };
const before = async (db: Db) => told((await listCachedSkuProblems(db, all)).rows);
const after = async (db: Db) => told((await listSkuProblems(db, all)).rows);

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
  const expected = { CAP: ["11", "12"], none: ["13", "21"] };
  expect(await hasOnlyCachedProducts(pool, { shop })).toBe(true);
  expect(await before(pool)).toEqual(expected);
  expect(await findSkuProblems(pool, { shop })).toMatchObject({ variants: 5, unreadable: 1, untold: 0 });
  expect(await after(pool)).toEqual({});
  await process(pool);
  expect(await hasOnlyCachedProducts(pool, { shop })).toBe(false);
  expect(await after(pool)).toEqual(expected);
  expect(await before(pool)).toEqual(expected);
});

test("before the first sync they are searched and paged as they are after it", async ({
  database: { pool },
}) => {
  const sized = (id: number, size: string, sku: string | null) => ({ id, options: { Size: size }, sku });
  await ingest(pool, [
    aNode(1, "Cap", [sized(11, "S", "CAP"), sized(12, "M", " CAP"), sized(13, "L", " ")]),
    aNode(2, "Mug", [sized(21, "S", "B"), sized(22, "M", "B"), sized(23, "L", null)]),
  ]);
  const read = async (list: typeof listSkuProblems, search: string) => {
    const found: unknown[] = [];
    for await (const rows of everyRow((at) => list(pool, { shop, search, at, limit: 2 })))
      found.push(...rows.map(({ skuText, sharedBy, title }) => [skuText, sharedBy, title.split(" ")[0]]));
    return found;
  };
  const expected = [
    ...[
      ["B", 2, "Mug"],
      ["B", 2, "Mug"],
      ["CAP", 2, "Cap"],
      ["CAP", 2, "Cap"],
    ],
    ...[
      [null, null, "Cap"],
      [null, null, "Mug"],
    ],
  ];
  const mugs = expected.filter(([, , title]) => title === "Mug");
  expect([await read(listCachedSkuProblems, ""), await read(listCachedSkuProblems, "mUG")]).toEqual([
    expected,
    mugs,
  ]);
  await process(pool);
  expect([await read(listSkuProblems, ""), await read(listSkuProblems, "mUG")]).toEqual([expected, mugs]);
});

test("a text that a living and an archived variant share is told, for it matches nothing; archived ones alone are no problem", async ({
  database: { pool },
}) => {
  const old = aNode(1, "Cap", [{ id: 11, sku: "CAP" }], { status: "ARCHIVED" });
  const older = aNode(2, "Cap 2", [{ id: 21, sku: "OLD" }], { status: "ARCHIVED" });
  const oldest = aNode(3, "Cap 3", [{ id: 31, sku: "OLD" }], { status: "ARCHIVED" });
  await ingest(pool, [old, older, oldest, aNode(4, "New cap", [{ id: 41, sku: "CAP" }])]);
  const expected = { CAP: ["11 archived", "41"] };
  expect(await before(pool)).toEqual(expected);
  await process(pool);
  expect(await after(pool)).toEqual(expected);
});

test("a deleted product's texts are free again", async ({ database: { pool } }) => {
  await ingest(pool, [
    aNode(1, "Cap", [{ id: 11, sku: "CAP" }]),
    aNode(2, "Cap 2", [{ id: 21, sku: "CAP" }]),
  ]);
  await pool.query(`update "ShopifyProductCache" set "deletedAt" = $1 where id = '1'`, [later]);
  expect(await before(pool)).toEqual({});
});

test("SKUs that began in the ERP count with Shopify's", async ({ database: { pool } }) => {
  await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: "CAP", s2: null } });
  await ingest(pool, [
    aNode(1, "Cap", [{ id: 11, sku: "CAP" }]),
    aNode(2, "Cap 2", [{ id: 21, sku: "CAP" }]),
  ]);
  await process(pool);
  expect(await after(pool)).toEqual({ CAP: ["11", "21", "null"], none: ["null"] });
});
