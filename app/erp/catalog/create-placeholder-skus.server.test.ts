import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { claimPending } from "#app/cache/claim-pending.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { createPlaceholderSkus } from "./create-placeholder-skus.server.ts";
import { lockCatalog } from "./lock-catalog.server.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";
import type { PlaceholderLine } from "./placeholder-line.ts";
import { processProducts } from "./process-products.server.ts";
import {
  aNode,
  count,
  ingest,
  insertErpProduct,
  insertProcessedOrder,
  later,
  now,
  pendingOrders,
  process,
  shop,
} from "./test-products.server.ts";

const aLine = (shopifyVariantId: string, rest: Partial<PlaceholderLine> = {}): PlaceholderLine => ({
  shopifyVariantId,
  shopifyProductId: "1",
  skuCode: `OLD-${shopifyVariantId}`,
  title: "Old  shirt",
  variantTitle: "White / S",
  requiresShipping: true,
  ...rest,
});
const create = (pool: Pool, lines: PlaceholderLine[], at = now) =>
  inTransaction(pool, (tx) => createPlaceholderSkus(tx, { shop, lines, now: at }));
const lookUp = (pool: Pool, variantIds: string[], skuCodes: string[] = []) =>
  loadSkuIndex(pool, { shop, variantIds, skuCodes });
const skus = async (pool: Pool) =>
  (
    await pool.query<Record<string, unknown>>(
      `select sku.title, "skuCode", "shopifyVariantId" as variant, "isPlaceholder" as placeholder, sku."archivedAt" is not null as archived,
              product.name as product, product."shopifyProductIds" as "productIds", product."archivedAt" is not null as "productArchived"
         from "Sku" sku join "Product" product on product.shop = sku.shop and product.id = sku."productId"
        where sku.shop = $1 order by "shopifyVariantId"`,
      [shop],
    )
  ).rows;

describe("a line whose variant Shopify no longer has", () => {
  test("gets an archived SKU in an archived product of its own, told to the feed, found by orders", async ({
    database: { pool },
  }) => {
    const made = await create(pool, [
      aLine("11"),
      aLine("12", { variantTitle: null, skuCode: " " }),
      aLine("11"),
    ]);
    expect([...made.keys()].sort()).toEqual(["11", "12"]);
    const product = { product: "Old shirt", productIds: ["1"], productArchived: true };
    expect(await skus(pool)).toEqual([
      {
        title: "Old  shirt - White / S",
        skuCode: "OLD-11",
        variant: "11",
        placeholder: true,
        archived: true,
        ...product,
      },
      { title: "Old  shirt", skuCode: null, variant: "12", placeholder: true, archived: true, ...product },
    ]);
    expect((await lookUp(pool, ["11"])).byVariantId.get("11")).toEqual(made.get("11"));
    expect(await count(pool, "ChangeFeed", `entity = 'product' and change = 'created'`)).toBe(1);
    expect(
      await count(pool, "Variation", `"archivedAt" is not null and "shopifySourceProductId" = '1'`),
    ).toBe(1);
  });

  test("stands in the ERP's product where there is one, which stays alive", async ({
    database: { pool },
  }) => {
    await ingest(pool, [aNode(1, "Shirt", [{ id: 10, options: { Color: "White" }, sku: "A" }])]);
    await process(pool);
    await create(pool, [aLine("11")]);
    expect(await skus(pool)).toMatchObject([
      { variant: "10", placeholder: false, archived: false, product: "Shirt", productArchived: false },
      { variant: "11", placeholder: true, archived: true, product: "Shirt", productArchived: false },
    ]);
    expect(await count(pool, "ChangeFeed", `change = 'updated' and parts = '{variations,skus}'`)).toBe(1);
    await pool.query(`update "ShopifyProductCache" set "processedAt" = null`);
    expect(await process(pool, later)).toMatchObject({ unchanged: 1 });
  });

  test("whose product nobody names has a product by itself", async ({ database: { pool } }) => {
    await create(pool, [aLine("11", { shopifyProductId: null }), aLine("12", { shopifyProductId: null })]);
    expect(await count(pool, "Product", `"shopifyProductId" is null and "archivedAt" is not null`)).toBe(2);
  });

  test("is made once: again, and by workers at the same time, it is found", async ({
    database: { pool },
  }) => {
    const lines = Array.from({ length: 40 }, (_, n) =>
      aLine(String(100 + n), { shopifyProductId: String(n % 7) }),
    );
    const results = await Promise.all([
      create(pool, lines),
      create(pool, lines.toReversed()),
      create(pool, [...lines.slice(20), ...lines.slice(0, 20)]),
    ]);
    expect([await count(pool, "Sku"), await count(pool, "Product"), await count(pool, "ChangeFeed")]).toEqual(
      [40, 7, 7],
    );
    expect(new Map([...results[1]].sort())).toEqual(new Map([...results[0]].sort()));
    const again = await create(pool, lines, later);
    expect(new Map([...again].sort())).toEqual(new Map([...results[0]].sort()));
    expect(await count(pool, "ChangeFeed")).toBe(7);
  });

  test("a worker that has only some of a product's lines makes it, and the next one's are a change of it", async ({
    database: { pool },
  }) => {
    const lines = Array.from({ length: 40 }, (_, n) =>
      aLine(String(100 + n), { shopifyProductId: String(n % 7) }),
    );
    await create(pool, lines.slice(10, 30));
    expect([await count(pool, "Sku"), await count(pool, "ChangeFeed")]).toEqual([20, 7]);
    await create(pool, lines);
    expect([await count(pool, "Sku"), await count(pool, "Product"), await count(pool, "ChangeFeed")]).toEqual(
      [...[40, 7, 14]],
    );
  });

  test("makes nothing where a mapping, the variant or a unique SKU text is known by now", async ({
    database: { pool },
  }) => {
    await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: "OLD-11", s2: null, s3: null } });
    await pool.query(`update "Sku" set "shopifyVariantId" = '12' where id = 's2'`);
    await pool.query(
      `insert into "SkuMapping" (shop, "shopifyVariantId", "skuId", "createdBy") values ($1, '13', 's3', 'asha')`,
      [shop],
    );
    const found = await create(pool, [aLine("11"), aLine("12"), aLine("13")]);
    expect(Object.fromEntries([...found].map(([variant, sku]) => [variant, sku.skuId]))).toEqual({
      11: "s1",
      12: "s2",
      13: "s3",
    });
    expect(await count(pool, "ChangeFeed")).toBe(0);
  });

  test("answers for its own variant only: its text matches nothing and makes no other ambiguous", async ({
    database: { pool },
  }) => {
    await create(pool, [aLine("11", { skuCode: "X" })]);
    expect((await lookUp(pool, ["11"], ["X"])).bySkuCode.size).toBe(0);
    await ingest(pool, [aNode(2, "New shirt", [{ id: 21, sku: "X" }])]);
    await process(pool);
    const real = (await lookUp(pool, ["21"], ["X"])).byVariantId.get("21");
    expect((await lookUp(pool, [], ["X"])).bySkuCode.get("X")).toEqual(real);
  });
});

test("a worker that holds a waiting order and a product batch do not wait for each other in a circle", async ({
  database: { pool },
}) => {
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "errorCode") values ($1, '1', '{}', 'bulk', 'h', 'dump', 'SKU_NOT_FOUND')`,
    [shop],
  );
  await ingest(pool, [aNode(1, "Shirt", [{ id: 11, sku: "A" }])]);
  const worker = await pool.connect();
  const batch = await pool.connect();
  await worker.query("begin");
  await worker.query(`select 1 from "ShopifyOrderCache" where id = '1' for update`);
  // The batch under way has the catalogue's lock; it wakes waiting orders while the worker waits for that lock.
  await batch.query("begin");
  await lockCatalog(batch, { shop });
  const placed = createPlaceholderSkus(worker, { shop, lines: [aLine("11", { skuCode: "A" })], now });
  const entries = await claimPending(batch, { shop, kind: "product", limit: 10, now });
  expect(await processProducts(batch, { shop, entries, now })).toMatchObject({ failed: [] });
  await batch.query("commit");
  const found = await placed;
  await worker.query("commit");
  batch.release();
  worker.release();
  // What came meanwhile is seen: the worker gets the real SKU and makes no placeholder.
  expect(found.get("11")?.skuCode).toBe("A");
  expect(await count(pool, "Sku", `"isPlaceholder"`)).toBe(0);
});

describe("the round trip", () => {
  const real = aNode(1, "Classic Shirt", [
    { id: 11, options: { Color: "White", Size: "S" }, sku: "A-S" },
    { id: 12, options: { Color: "White", Size: "M" }, sku: "A-M" },
  ]);

  test("the product arrives after all: its placeholder becomes the real SKU, with the id that orders have", async ({
    database: { pool },
  }) => {
    const made = await create(pool, [aLine("11"), aLine("19")]);
    await ingest(pool, [real]);
    expect(await process(pool, later)).toMatchObject({ failed: 0, processed: 1 });
    expect((await lookUp(pool, ["11"])).byVariantId.get("11")).toMatchObject({
      skuId: made.get("11")?.skuId,
      skuCode: "A-S",
    });
    const product = { product: "Classic Shirt", productIds: ["1"], productArchived: false };
    expect(await skus(pool)).toMatchObject([
      { variant: "11", placeholder: false, archived: false, ...product },
      { variant: "12", placeholder: false, archived: false, ...product },
      { variant: "19", placeholder: true, archived: true, ...product },
    ]);
  });

  test("placeholder first or product first: the same rows (law 4)", async ({ database: { pool } }) => {
    const rows = async () =>
      (
        await pool.query<Record<string, unknown>>(
          `select product.name, product."shopifyProductId", product."shopifyProductIds", product.status, product."archivedAt" as "productArchivedAt",
                  variation.name as variation, variation.axis, variation.position as at, variation."shopifySourceProductId", variation."archivedAt" as "variationArchivedAt",
                  sku."shopifyVariantId", sku."skuCode", sku.title, sku.size, sku.options, sku.tracked, sku."isPlaceholder", sku.position, sku."archivedAt"
             from "Sku" sku join "Variation" variation on variation.shop = sku.shop and variation.id = sku."variationId"
             join "Product" product on product.shop = sku.shop and product.id = sku."productId"
            where sku.shop = $1 order by sku."shopifyVariantId"`,
          [shop],
        )
      ).rows;
    const order = () => create(pool, [aLine("11"), aLine("19")]);
    const product = async () => {
      await ingest(pool, [real]);
      await process(pool);
    };
    await order();
    await product();
    const orderFirst = await rows();
    await pool.query(
      `truncate "Product", "Variation", "Sku", "ShopifyProductCache", "ShopifyPayloadHistory"`,
    );
    await product();
    await order();
    expect(orderFirst).toEqual(await rows());
    expect(orderFirst).toHaveLength(3);
  });

  test("another variant with the SKU text appears: it stands for the placeholder, and the orders on it are computed again", async ({
    database: { pool },
  }) => {
    const made = await create(pool, [aLine("11", { skuCode: "X" }), aLine("12", { skuCode: "Y" })]);
    await insertProcessedOrder(pool, {
      id: "1",
      lines: [{ shopifyVariantId: "11", skuId: made.get("11")?.skuId ?? null }],
    });
    await insertProcessedOrder(pool, {
      id: "2",
      lines: [{ shopifyVariantId: "12", skuId: made.get("12")?.skuId ?? null }],
    });
    await ingest(pool, [aNode(2, "New shirt", [{ id: 21, sku: "X" }])]);
    await process(pool);
    expect(await pendingOrders(pool)).toEqual(["1"]);
    const { byVariantId } = await lookUp(pool, ["11", "12", "21"]);
    expect(byVariantId.get("11")).toEqual(byVariantId.get("21"));
    expect(byVariantId.get("12")).toEqual(made.get("12"));
  });

  test("S20: a placeholder of the name keeps a relaunch from being neither proposed nor made", async ({
    database: { pool },
  }) => {
    await ingest(pool, [aNode(5, "Old shirt", [{ id: 51, sku: "A" }])]);
    await process(pool);
    await create(pool, [aLine("11")]);
    await ingest(pool, [aNode(1, "Old shirt", [{ id: 11, sku: "B" }])]);
    await process(pool, later);
    const { rows } = await pool.query(`select "shopifyProductId", status from "ProductProposal"`);
    expect(rows).toEqual([{ shopifyProductId: "1", status: "open" }]);
  });
});
