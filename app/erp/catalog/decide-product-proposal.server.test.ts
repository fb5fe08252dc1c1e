import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { everyRow } from "#app/lib/every-row.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { decideProductProposal } from "./decide-product-proposal.server.ts";
import { listProductProposals } from "./list-product-proposals.server.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";
import { mapVariantToSku } from "./map-variant-to-sku.server.ts";
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

const shirt = aNode(1, "Shirt", [{ id: 11, options: { Color: "White" }, sku: "A" }]);
const relaunch = aNode(2, "Shirt", [{ id: 21, options: { Color: "White" }, sku: "A" }]);

const decide = (
  pool: Pool,
  decision: "accept" | "reject",
  { shopifyProductId, productId }: { shopifyProductId: string; productId: string },
) => decideProductProposal(pool, { shop, shopifyProductId, productId, decision, actor: "asha", now });
const open = async (pool: Pool) => (await listProductProposals(pool, { shop, limit: 50 })).rows;
async function firstOpen(pool: Pool) {
  const [first] = await open(pool);
  if (first === undefined) throw new Error("nothing is proposed");
  return first;
}
const products = async (pool: Pool) =>
  (
    await pool.query<Record<string, unknown>>(
      `select "shopifyProductIds" as ids, "archivedAt" is not null as archived from "Product" where shop = $1 order by 1 desc, 2`,
      [shop],
    )
  ).rows;

describe("S20: a relaunched product is proposed, and a person", () => {
  test("accepts: it joins the product, is placed there and never proposed again", async ({
    database: { pool },
  }) => {
    await ingest(pool, [shirt, relaunch]);
    await process(pool);
    const proposal = await firstOpen(pool);
    expect(proposal).toMatchObject({
      shopifyProductId: "2",
      shopifyTitle: "Shirt",
      erp: { name: "Shirt", skus: 1, shopifyProductIds: ["1"] },
      shopify: { name: "Shirt", skus: 1, shopifyProductIds: ["2"], examples: [{ skuCode: "A" }] },
      reason: "Same name, but already linked to another Shopify product",
    });
    await decide(pool, "accept", proposal);
    expect(await process(pool, later)).toMatchObject({ processed: 1, failed: 0 });
    expect(await products(pool)).toEqual([
      { ids: ["1", "2"], archived: false },
      { ids: [], archived: true },
    ]);
    expect(await count(pool, "Sku", `"productId" = '${proposal.productId}' and "archivedAt" is null`)).toBe(
      2,
    );

    await pool.query(`update "ShopifyProductCache" set "processedAt" = null`);
    expect(await process(pool, later)).toMatchObject({ processed: 2, unchanged: 2 });
    expect(await open(pool)).toEqual([]);
    expect(await count(pool, "ProductProposal", `status = 'accepted' and "decidedBy" = 'asha'`)).toBe(1);
    expect(await count(pool, "AuditLog", `action = 'product-proposal.accept' and target = '2'`)).toBe(1);
    expect(await count(pool, "ChangeFeed", `entity = 'product' and change = 'archived'`)).toBe(1);
  });

  test("rejects: it stays apart and is never proposed again", async ({ database: { pool } }) => {
    await ingest(pool, [shirt, relaunch]);
    await process(pool);
    await decide(pool, "reject", await firstOpen(pool));
    await pool.query(`update "ShopifyProductCache" set "processedAt" = null`);
    expect(await process(pool, later)).toMatchObject({ unchanged: 2 });
    expect(await products(pool)).toEqual([
      { ids: ["2"], archived: false },
      { ids: ["1"], archived: false },
    ]);
    expect([await open(pool), await count(pool, "ProductProposal", "status = 'rejected'")]).toEqual([[], 1]);
  });
});

test("a rejected one that is no ERP product yet becomes one of its own, though name and attributes would match", async ({
  database: { pool },
}) => {
  await insertErpProduct(pool, { id: "p1", name: "Mug", skus: { s1: null } });
  await pool.query(
    `insert into "ProductProposal" (shop, "shopifyProductId", "productId", reason) values ($1, '3', 'p1', 'Same name')`,
    [shop],
  );
  await ingest(pool, [aNode(3, "Mug", [{ id: 31, sku: "M" }])]);
  await decide(pool, "reject", { shopifyProductId: "3", productId: "p1" });
  await process(pool);
  expect(await products(pool)).toEqual(
    [
      { ids: [], archived: false },
      { ids: ["3"], archived: false },
    ].reverse(),
  );
});

test("the ERP's own SKU takes the variant over; its orders, and mappings to the SKU that goes, follow", async ({
  database: { pool },
}) => {
  await insertErpProduct(pool, { id: "p1", name: "Mug", skus: { s1: "M" } });
  await insertErpProduct(pool, { id: "p2", name: "Mug", skus: { s2: "M" } });
  await ingest(pool, [aNode(3, "Mug", [{ id: 31, sku: "M" }])]);
  await process(pool);
  expect((await open(pool)).map((proposal) => proposal.productId)).toEqual(["p1", "p2"]);
  const made = (await loadSkuIndex(pool, { shop, variantIds: ["31"], skuCodes: [] })).byVariantId.get("31");
  await mapVariantToSku(pool, { shop, shopifyVariantId: "41", skuId: made?.skuId ?? "", actor: "asha", now });
  await insertProcessedOrder(pool, {
    id: "1",
    lines: [{ shopifyVariantId: "31", skuId: made?.skuId ?? "" }],
  });
  await insertProcessedOrder(pool, {
    id: "2",
    lines: [{ shopifyVariantId: "41", skuId: made?.skuId ?? "" }],
  });
  await insertProcessedOrder(pool, { id: "3", lines: [{ shopifyVariantId: "51", skuId: "s2" }] });

  await decide(pool, "accept", { shopifyProductId: "3", productId: "p1" });
  expect(await pendingOrders(pool)).toEqual(["1", "2"]);
  await process(pool, later);
  const index = await loadSkuIndex(pool, { shop, variantIds: ["31", "41"], skuCodes: [] });
  expect([index.byVariantId.get("31")?.skuId, index.byMapping.get("41")?.skuId]).toEqual(["s1", "s1"]);
  // A product is one: the other look-alike is answered by it.
  expect(await open(pool)).toEqual([]);
  expect(await count(pool, "ProductProposal", `"productId" = 'p2' and status = 'rejected'`)).toBe(1);
  expect(await count(pool, "Sku", `"shopifyVariantId" = '31'`)).toBe(1);
});

test("the same word again changes nothing; the opposite, and one that nobody proposed, are refused", async ({
  database: { pool },
}) => {
  await ingest(pool, [shirt, relaunch]);
  await process(pool);
  const proposal = await firstOpen(pool);
  await decide(pool, "accept", proposal);
  await decide(pool, "accept", proposal);
  expect(await count(pool, "AuditLog")).toBe(1);
  await expect(decide(pool, "reject", proposal)).rejects.toMatchObject({
    code: "VALIDATION",
    message: expect.stringContaining("already accepted") as string,
  });
  await expect(decide(pool, "accept", { ...proposal, shopifyProductId: "9" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("two people who accept at once, while a worker places the product, do it once", async ({
  database: { pool },
}) => {
  await ingest(pool, [shirt, relaunch]);
  await process(pool);
  const proposal = await firstOpen(pool);
  await pool.query(`update "ShopifyProductCache" set "processedAt" = null`);
  await Promise.all([decide(pool, "accept", proposal), process(pool), decide(pool, "accept", proposal)]);
  await process(pool, later);
  expect(await count(pool, "AuditLog")).toBe(1);
  expect(await products(pool)).toEqual([
    { ids: ["1", "2"], archived: false },
    { ids: [], archived: true },
  ]);
});

test("open proposals come page by page, each once, this shop's only", async ({ database: { pool } }) => {
  await insertErpProduct(pool, { id: "p1", name: "Mug", skus: {} });
  await pool.query(
    `insert into "ProductProposal" (shop, "shopifyProductId", "productId", reason, status)
      select shop, n::text, 'p1', 'Same name', case when n = 4 then 'rejected' else 'open' end
        from generate_series(1, 8) n, (values ($1), ('mill.myshopify.com')) shops(shop)`,
    [shop],
  );
  const seen: string[][] = [];
  for await (const rows of everyRow((at) => listProductProposals(pool, { shop, at, limit: 3 })))
    seen.push(rows.map((proposal) => proposal.shopifyProductId));
  expect(seen).toEqual([["1", "2", "3"], ["5", "6", "7"], ["8"]]);
  await ingest(pool, [aNode(6, "Clay Mug", [])]);
  const found = async (search: string) => {
    const { rows } = await listProductProposals(pool, { shop, search, limit: 10 });
    return rows.map((proposal) => proposal.shopifyProductId);
  };
  expect([await found("clAY"), await found("7"), (await found("mug")).length, await found("%")]).toEqual([
    ...[["6"], ["7"], 7, []],
  ]);
});
