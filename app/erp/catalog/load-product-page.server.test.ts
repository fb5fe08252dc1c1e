import { expect } from "vitest";
import { readCursorText } from "#app/lib/cursor.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { decideProductProposal } from "./decide-product-proposal.server.ts";
import { listSkuMappings } from "./list-sku-mappings.server.ts";
import { loadProduct } from "./load-product.server.ts";
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
  const load = (of = shop) => loadProductPage(pool, { shop: of, id: productId, at: null, limit: 50 });
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

test("its SKUs come a page at a time in the order of the whole, a variation that has none among them", async ({
  database: { pool },
}) => {
  const variants = Array.from({ length: 30 }, (_, n) => ({
    ...{ id: 100 + n, sku: `BIG-${String(n)}` },
    options: { Color: `Shade ${String(n % 3)}`, Size: String(n) },
  }));
  await ingest(pool, [aNode(1, "Big one", variants)]);
  await process(pool);
  const { rows } = await pool.query<{ id: string }>(
    `insert into "Variation" (shop, id, "productId", name, position) select shop, 'bare', id, 'Bare', 1 from "Product" returning "productId" as id`,
  );
  const id = rows[0]?.id ?? "";
  const load = async (at: ListAt) => {
    const page = await loadProductPage(pool, { shop, id, at, limit: 7 });
    if (page === null) throw new Error("there is one");
    return page;
  };
  const beside = (side: "after" | "before", cursor: string) =>
    load({ side, key: readCursorText(cursor) as string[] });
  const pages = [await load(null)];
  for (let next = pages.at(-1)?.pages.next; next; next = pages.at(-1)?.pages.next)
    pages.push(await beside("after", next));
  const tree = (await loadProduct(pool, { shop, id }))?.variations ?? [];
  const parts = (variations: { id: string; skus: { id: string }[] }[]) =>
    variations.flatMap((one) => [one.id, ...one.skus.map((sku) => sku.id)]);
  // A variation that goes on over several pages stands on each.
  expect([...new Set(pages.flatMap(({ variations }) => parts(variations)))]).toEqual(parts(tree));
  expect(parts(tree)).toHaveLength(34);
  expect(
    pages.map(({ variations }) => variations.reduce((sum, { skus }) => sum + (skus.length || 1), 0)),
  ).toEqual([7, 7, 7, 7, 3]);
  expect(pages.at(-1)?.counts).toEqual({ variations: 4, skus: 30 });
  expect((await beside("before", pages[1]?.pages.previous ?? "")).variations).toEqual(pages[0]?.variations);
});
