import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { everyRow } from "#app/lib/every-row.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { createPlaceholderSkus } from "./create-placeholder-skus.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { exportCatalogue } from "./export-catalogue.server.ts";
import { listCatalogue, type CatalogueQuestion } from "./list-catalogue.server.ts";
import { aNode, ingest, later, now, process, shop } from "./test-products.server.ts";

const usual = { shop, search: "", sort: "name asc" } as const;
const names = async (pool: Pool, question: Partial<CatalogueQuestion> = {}) =>
  (await listCatalogue(pool, { ...usual, ...question, at: null, limit: 50 })).rows.map(({ name }) => name);

/** A cap in two colours, a mug whose text another mug shares, an archived scarf, and a box known from an order only. */
async function stockShop(pool: Pool): Promise<void> {
  await ingest(pool, [
    aNode(1, "Cap", [
      { id: 11, options: { Color: "Red", Size: "S" }, sku: "CAP-R" },
      { id: 12, options: { Color: "Blue", Size: "S" }, sku: "CAP_B" },
    ]),
    aNode(2, "mug", [{ id: 21, sku: "MUG" }], { vendor: "Kiln" }),
    aNode(3, "Mug, large", [{ id: 31, sku: "MUG" }]),
    aNode(4, "Scarf", [{ id: 41, sku: "SCARF" }], { status: "ARCHIVED" }),
  ]);
  await process(pool);
  await inTransaction(pool, (tx) =>
    createPlaceholderSkus(tx, {
      shop,
      lines: [
        {
          ...{ shopifyVariantId: "51", shopifyProductId: "5", skuCode: "BOX", title: "Box" },
          ...{ variantTitle: null, requiresShipping: true },
        },
      ],
      now: later,
    }),
  );
  await pool.query(`update "Sku" set barcode = '8901234' where shop = $1 and "shopifyVariantId" = '41'`, [
    shop,
  ]);
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
         "rawData", "rawShape", "contentHash", source, "deletedAt")
       select $1, '110@' || place, '110', place, (select id from "Sku" where shop = $1 and "shopifyVariantId" = '11'), qty, now(),
              '{}', 'detail', 'h', 'fetch', case when place = '3' then now() end
         from (values ('1', 4), ('2', -1), ('3', 100)) level(place, qty)`,
    [shop],
  );
}

test("shows each product with what is in it, of this shop only", async ({ database: { pool } }) => {
  await stockShop(pool);
  await pool.query(
    `insert into "Product" (shop, id, name, status) values ('mill.myshopify.com', 'x', 'Aaa', 'ACTIVE')`,
  );
  const { rows } = await listCatalogue(pool, { ...usual, at: null, limit: 50 });
  const of = (name: string) => rows.find((row) => row.name === name);
  expect(rows.map(({ name }) => name)).toEqual(["Box", "Cap", "mug", "Mug, large", "Scarf"]);
  expect(of("Cap")).toMatchObject({
    ...{ status: "ACTIVE", archived: false, variations: 2, skus: 2, placeholders: 0 },
    // A level that is gone counts no more.
    ...{ stock: 3, shopifyProducts: 1, hasProblem: false, updatedAt: now.toISOString() },
  });
  expect(of("mug")).toMatchObject({ stock: null, hasProblem: true });
  expect(of("Scarf")).toMatchObject({ archived: true, hasProblem: false });
  expect(of("Box")).toMatchObject({ archived: true, placeholders: 1, hasProblem: false });
});

test("finds by name, handle, vendor, SKU text and barcode, whatever the capitals; % and _ mean themselves", async ({
  database: { pool },
}) => {
  await stockShop(pool);
  const found = (search: string) => names(pool, { search });
  expect(await found("MUG")).toEqual(["mug", "Mug, large"]);
  expect(await found("handle-3")).toEqual(["Mug, large"]);
  expect(await found("kiln")).toEqual(["mug"]);
  expect(await found("cap_b")).toEqual(["Cap"]);
  expect(await found("890123")).toEqual(["Scarf"]);
  expect(await found("cap%")).toEqual([]);
  expect(await found("'; drop table")).toEqual([]);
});

describe("filters", () => {
  test.for([
    ["status", { statuses: ["ARCHIVED"] }, ["Box", "Scarf"]],
    ["live", { shelves: ["live"] }, ["Cap", "mug", "Mug, large"]],
    ["live and archived", { shelves: ["live", "archived"] }, ["Box", "Cap", "mug", "Mug, large", "Scarf"]],
    ["placeholders", { contents: ["placeholders"] }, ["Box"]],
    ["problems", { contents: ["problems"] }, ["mug", "Mug, large"]],
    ["either", { contents: ["placeholders", "problems"] }, ["Box", "mug", "Mug, large"]],
    ["with a search", { shelves: ["live"], search: "large" }, ["Mug, large"]],
  ] as const)("%s", async ([, question, expected], { database: { pool } }) => {
    await stockShop(pool);
    expect(await names(pool, question)).toEqual(expected);
  });

  test("a look-alike that waits is a problem of both", async ({ database: { pool } }) => {
    await ingest(pool, [aNode(1, "Cap", [{ id: 11, sku: "A" }]), aNode(2, "Cap", [{ id: 21, sku: "B" }])]);
    await process(pool);
    expect(await names(pool, { contents: ["problems"] })).toEqual(["Cap", "Cap"]);
  });
});

test.for(["name asc", "name desc", "changed desc", "changed asc"] as const)(
  "sorted by %s, pages hold every product once, and the way back too",
  async (sort, { database: { pool } }) => {
    await stockShop(pool);
    await pool.query(`update "Product" set "updatedAt" = $2 where shop = $1 and name = 'mug'`, [shop, later]);
    const whole = await names(pool, { sort });
    const seen: string[] = [];
    for await (const rows of everyRow((at) => listCatalogue(pool, { ...usual, sort, at, limit: 2 })))
      seen.push(...rows.map(({ name }) => name));
    expect(seen).toEqual(whole);
    expect(whole).toHaveLength(5);
    if (sort === "name desc") expect(whole[0]).toBe("Scarf");
    if (sort === "changed asc") expect(new Set(whole.slice(-2))).toEqual(new Set(["mug", "Box"]));
  },
);

test("the export has a row for each SKU of the products that are asked for", async ({
  database: { pool },
}) => {
  await stockShop(pool);
  const rows = [];
  for await (const some of exportCatalogue(pool, { ...usual, search: "cap" })) rows.push(...some);
  expect(rows).toMatchObject([
    {
      ...{ product: "Cap", variation: "Red", skuCode: "CAP-R", size: "S", price: "999", stock: 3 },
      ...{ shopifyProductId: "1", shopifyVariantId: "11", shopifyInventoryItemId: "110", archived: false },
    },
    { product: "Cap", variation: "Blue", skuCode: "CAP_B", stock: null },
  ]);
});
