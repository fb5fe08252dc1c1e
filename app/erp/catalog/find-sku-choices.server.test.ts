import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findSkuChoices } from "./find-sku-choices.server.ts";
import { insertErpProduct, shop } from "./test-products.server.ts";

test("every word has to be in a SKU's text, title or barcode; just that text first, archived last, no placeholder", async ({
  database: { pool },
}) => {
  await insertErpProduct(pool, {
    id: "p1",
    name: "Shirt",
    skus: {
      "a shirt white": "CSH-1",
      "b shirt white": "CSH",
      "c shirt blue": "CSH-2",
      "d ghost": "CSH-3",
      "e old": "CSH-0",
    },
  });
  await pool.query(`update "Sku" set "isPlaceholder" = true where shop = $1 and id = 'd ghost'`, [shop]);
  await pool.query(
    `update "Sku" set "archivedAt" = now(), barcode = '890' where shop = $1 and id = 'e old'`,
    [shop],
  );
  const found = async (search: string, of = shop) =>
    (await findSkuChoices(pool, { shop: of, search })).map(({ skuCode }) => skuCode);
  expect(await found("csh")).toEqual(["CSH", "CSH-1", "CSH-2", "CSH-0"]);
  expect(await found(" White  SHIRT ")).toEqual(["CSH-1", "CSH"]);
  expect(await found("890")).toEqual(["CSH-0"]);
  expect([await found("  "), await found("csh%"), await found("csh", "mill.myshopify.com")]).toEqual([
    [],
    [],
    [],
  ]);
});
