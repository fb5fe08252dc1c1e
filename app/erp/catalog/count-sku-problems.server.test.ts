import { expect } from "vitest";
import { explaining } from "#tests/setup/explaining.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { vacuumWhole } from "#tests/setup/vacuum-whole.ts";
import { countSkuProblems } from "./count-sku-problems.server.ts";
import { listCatalogue } from "./list-catalogue.server.ts";

const shop = "a-shop.myshopify.com";

test("problems of a large catalogue are counted, and its products with problems found, without reading every SKU's row", async ({
  database: { pool },
}) => {
  // Every thousandth text is shared by two, every five thousandth SKU has none; of another shop as many. In no order, as SKUs come.
  await pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title, "isPlaceholder")
     select s, 's' || n, 'p' || n / 4, 'v', case when n % 5000 > 0 then 'TEE-' || n - (n % 1000 = 2)::int end, 'Tee', n % 1000 = 7
       from generate_series(1, 20000) n, unnest($1::text[]) s order by md5(s || n)`,
    [[shop, "other.myshopify.com"]],
  );
  await pool.query(
    `insert into "Product" (shop, id, name, status) select $1, 'p' || n, 'Tee ' || n, 'ACTIVE' from generate_series(0, 5000) n`,
    [shop],
  );
  await vacuumWhole(pool, "Sku");
  await vacuumWhole(pool, "Product");

  const counted = explaining(pool);
  expect(await countSkuProblems(counted.db, { shop })).toEqual({ duplicates: 20, blank: 4 });
  expect(counted.leaves().map((step) => [step["Node Type"], step["Index Name"]])).toEqual([
    ["Index Only Scan", "Sku_texts"],
  ]);

  const found = explaining(pool);
  const asked = { shop, search: "", contents: ["problems"], sort: "name asc", at: null, limit: 50 } as const;
  const { rows } = await listCatalogue(found.db, asked);
  // Some without a text are of a product that shares one, too.
  expect(rows).toHaveLength(21);
  expect(
    found.leaves().filter((step) => step["Node Type"] === "Seq Scan" && step["Relation Name"] === "Sku"),
  ).toEqual([]);
});
