import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { decideProductProposal } from "./decide-product-proposal.server.ts";
import { listSkuMappings } from "./list-sku-mappings.server.ts";
import { loadProductPage } from "./load-product-page.server.ts";
import { mapVariantToSku } from "./map-variant-to-sku.server.ts";
import { aNode, ingest, later, now, process, shop } from "./test-products.server.ts";

test("a product's page has its tree, its stock by location, who accepted what it comes from, and who mapped what", async ({
  database: { pool },
}) => {
  await ingest(pool, [
    aNode(1, "Cap", [
      { id: 11, options: { Color: "Red" }, sku: "A" },
      { id: 12, options: { Color: "Blue" }, sku: "B" },
    ]),
    aNode(2, "Cap", [{ id: 21, options: { Color: "Red" }, sku: "C" }]),
  ]);
  await process(pool);
  const { rows } = await pool.query<{ productId: string; id: string }>(
    `select "productId", id from "Sku" where shop = $1 and "shopifyVariantId" = '11'`,
    [shop],
  );
  const { productId, id: skuId } = rows[0] ?? { productId: "", id: "" };
  const load = (of = shop) => loadProductPage(pool, { shop: of, id: productId });
  expect(await load()).toMatchObject({ openProposals: 1, sources: [{ linked: 2, accepted: null }] });

  const said = { shop, actor: "asha", now };
  await decideProductProposal(pool, { ...said, productId, shopifyProductId: "2", decision: "accept" });
  await process(pool, later);
  await mapVariantToSku(pool, { ...said, shopifyVariantId: "91", skuId });
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
         "rawData", "rawShape", "contentHash", source, "deletedAt")
       select $1, '110@' || place, '110', place, $2, qty, now(), '{}', 'detail', 'h', 'fetch', case when place = '3' then now() end
         from (values ('1', 4), ('2', null), ('3', 100)) level(place, qty)`,
    [shop, skuId],
  );
  await pool.query(`insert into "ShopifyLocation" (shop, id, name) values ($1, '1', 'Mumbai')`, [shop]);

  const page = await load();
  const tree = page?.variations.map(({ name, skus }) => [name, ...skus.map(({ skuCode }) => skuCode)]);
  expect(tree?.sort()).toEqual([
    ["Blue", "B"],
    ["Red", "A"],
    ["Red", "C"],
  ]);
  const skus = page?.variations.flatMap((variation) => variation.skus) ?? [];
  expect(skus.find((sku) => sku.id === skuId)?.stock).toEqual([
    { locationId: "1", location: "Mumbai", available: 4 },
    { locationId: "2", location: null, available: null },
  ]);
  expect(page?.sources).toMatchObject([
    { shopifyProductId: "1", title: "Cap", deleted: false, accepted: null },
    { shopifyProductId: "2", linked: 1, accepted: { by: "asha", at: now.toISOString() } },
  ]);
  const mapping = { shopifyVariantId: "91", skuId, createdBy: "asha", createdAt: now.toISOString() };
  expect(page).toMatchObject({ openProposals: 0, mappings: [mapping] });
  expect(await load("mill.myshopify.com")).toBeNull();

  const listed = await listSkuMappings(pool, { shop, at: null, limit: 50 });
  expect(listed.rows).toEqual([{ ...mapping, skuCode: "A", skuTitle: "Cap - Red", productId }]);
  expect((await listSkuMappings(pool, { shop: "mill.myshopify.com", at: null, limit: 50 })).rows).toEqual([]);
  const found = async (search: string) =>
    (await listSkuMappings(pool, { shop, search, at: null, limit: 50 })).rows.length;
  expect([
    await found(mapping.shopifyVariantId),
    await found("p - rED"),
    await found("a"),
    await found("_"),
  ]).toEqual([1, 1, 1, 0]);
});
