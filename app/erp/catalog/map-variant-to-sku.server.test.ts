import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { listFailed } from "#app/cache/list-failed.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";
import { mapVariantToSku, unmapVariant } from "./map-variant-to-sku.server.ts";
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

const actor = "asha";
const map = (pool: Pool, shopifyVariantId: string, skuId: string) =>
  mapVariantToSku(pool, { shop, shopifyVariantId, skuId, actor, now });
const unmap = (pool: Pool, shopifyVariantId: string, seen: string) =>
  unmapVariant(pool, { shop, shopifyVariantId, seen, actor, now });
const lookUp = (pool: Pool, variantIds: string[]) => loadSkuIndex(pool, { shop, variantIds, skuCodes: [] });
async function audit(pool: Pool): Promise<unknown[]> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select actor, action, target, details from "AuditLog" where shop = $1 order by id`,
    [shop],
  );
  return rows;
}

async function failedOrder(pool: Pool, id: string): Promise<void> {
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "errorCode", "processingError", attempts, "quarantinedAt")
      values ($1, $2, '{}', 'bulk', 'h', 'dump', 'SKU_NOT_FOUND', 'SKU not found: X', 9, $3)`,
    [shop, id, now],
  );
}

describe("a person's word that a variant is a SKU", () => {
  test("is found by orders before the variant's own SKU, is written down, and several variants may share one SKU", async ({
    database: { pool },
  }) => {
    await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: "H-1" } });
    await ingest(pool, [aNode(1, "Cap", [{ id: 11, sku: "CAP" }])]);
    await process(pool);
    for (const variant of ["11", "12", "13"]) await map(pool, variant, "s1");
    const told = `entity = 'product' and "entityId" = 'p1' and parts = '{mappings}'`;
    expect(await count(pool, "ChangeFeed", told)).toBe(3);
    const { byMapping } = await lookUp(pool, ["11", "12", "13"]);
    expect([...byMapping.values()].map((sku) => sku.skuId)).toEqual(["s1", "s1", "s1"]);
    expect((await audit(pool))[0]).toEqual({
      actor,
      action: "sku.map",
      target: "11",
      details: { from: null, to: "s1" },
    });
  });

  test("wakes the orders that wait for a SKU, in quarantine too, and the processed ones that name the variant, no others", async ({
    database: { pool },
  }) => {
    await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: null, s2: null } });
    await failedOrder(pool, "1");
    await insertProcessedOrder(pool, { id: "2", lines: [{ shopifyVariantId: "11", skuId: "s2" }] });
    await insertProcessedOrder(pool, { id: "3", lines: [{ shopifyVariantId: "12", skuId: "s2" }] });
    expect(await map(pool, "11", "s1")).toBe(2);
    expect(await pendingOrders(pool)).toEqual(["1", "2"]);
    expect(
      await count(pool, "ShopifyOrderCache", `"errorCode" is not null or "quarantinedAt" is not null`),
    ).toBe(0);
  });

  test("said again changes nothing; another word replaces it", async ({ database: { pool } }) => {
    await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: null, s2: null } });
    await map(pool, "11", "s1");
    await insertProcessedOrder(pool, { id: "2", lines: [{ shopifyVariantId: "11", skuId: "s1" }] });
    expect(await map(pool, "11", "s1")).toBe(0);
    expect(await audit(pool)).toHaveLength(1);
    expect(await map(pool, "11", "s2")).toBe(1);
    expect((await audit(pool)).at(-1)).toMatchObject({ details: { from: "s1", to: "s2" } });
    expect((await lookUp(pool, ["11"])).byMapping.get("11")?.skuId).toBe("s2");
  });

  test.for([
    ["a SKU that is not there", "11", "s9", "NOT_FOUND", /no SKU with the id s9/],
    ["another shop's SKU", "11", "s8", "NOT_FOUND", /no SKU with the id s8/],
    ["no variant's id", "eleven", "s1", "VALIDATION", /"eleven" is not the id of a Shopify variant/],
  ] as const)(
    "%s is refused and leaves no trace",
    async ([, variant, sku, code, message], { database: { pool } }) => {
      await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: null, s8: null } });
      await pool.query(`update "Sku" set shop = 'mill.myshopify.com' where id = 's8'`);
      await failedOrder(pool, "1");
      await expect(map(pool, variant, sku)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message) as string,
      });
      expect([await count(pool, "SkuMapping"), await audit(pool)]).toEqual([0, []]);
      expect(await count(pool, "ShopifyOrderCache", `"errorCode" is not null`)).toBe(1);
    },
  );

  test("law 11: is this shop's only", async ({ database: { pool } }) => {
    await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: null } });
    await map(pool, "11", "s1");
    const index = await loadSkuIndex(pool, { shop: "mill.myshopify.com", variantIds: ["11"], skuCodes: [] });
    expect(index.byMapping.size).toBe(0);
  });
});

describe("taken back", () => {
  test("the variant gets its own SKU, waiting and processed orders are computed again", async ({
    database: { pool },
  }) => {
    await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: null } });
    await map(pool, "11", "s1");
    await ingest(pool, [
      aNode(1, "Cap", [{ id: 11, sku: "CAP" }]),
      aNode(2, "Mug", [{ id: 111, sku: "MUG" }]),
    ]);
    await process(pool);
    expect((await lookUp(pool, ["11"])).byVariantId.size).toBe(0);
    await insertProcessedOrder(pool, { id: "2", lines: [{ shopifyVariantId: "11", skuId: "s1" }] });
    // Nobody takes back a word that they have not seen.
    await expect(unmap(pool, "11", "s0")).rejects.toMatchObject({ code: "VALIDATION" });
    await unmap(pool, "11", "s1");
    expect(await pendingOrders(pool)).toEqual(["2"]);
    // Variant 111 is not variant 11: only one product is placed again.
    expect(await process(pool, later)).toMatchObject({ processed: 1, updated: 1 });
    const index = await lookUp(pool, ["11"]);
    expect([index.byMapping.size, index.byVariantId.get("11")?.skuCode]).toEqual([0, "CAP"]);
    expect((await audit(pool)).at(-1)).toMatchObject({
      action: "sku.unmap",
      details: { from: "s1", to: null },
    });
  });

  test("what was never said cannot be", async ({ database: { pool } }) => {
    await expect(unmap(pool, "11", "s1")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("waits for orders under way, so that what they write by the old word is found and computed again", async ({
  database: { pool },
}) => {
  await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: null, s2: null } });
  const steps: string[] = [];
  const tx = await pool.connect();
  await tx.query("begin");
  await loadSkuIndex(tx, { shop, variantIds: ["11"], skuCodes: [] });
  const mapped = map(pool, "11", "s1").then(() => steps.push("mapped"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await insertProcessedOrder(tx, { id: "2", lines: [{ shopifyVariantId: "11", skuId: "s2" }] });
  steps.push("order written");
  await tx.query("commit");
  tx.release();
  await mapped;
  expect(steps).toEqual(["order written", "mapped"]);
  expect(await pendingOrders(pool)).toEqual(["2"]);
});

test("S3: an order with one unknown SKU fails whole, naming it; after a mapping it completes by itself", async ({
  database: { pool },
}) => {
  await ingest(pool, [aNode(1, "Cap", [{ id: 90, sku: "A" }])]);
  await process(pool);
  const order = anOrder({
    id: "1",
    total: "200.00",
    lines: [
      { variantId: "90", sku: "A" },
      { variantId: "91", sku: "B" },
    ],
  });
  const payload = {
    id: "1",
    shape: "bulk" as const,
    raw: JSON.stringify(order),
    shopifyUpdatedAt: String(order["updatedAt"]),
    triggeredAt: null,
  };
  await ingestPayloads(pool, { shop, kind: "order", source: "dump", payloads: [payload], now });
  const run = { shop, limit: 100, now };
  expect(await processPendingOrders(pool, run)).toMatchObject({ failed: 1, created: 0 });
  expect(await listFailed(pool, { shop, limit: 5 })).toMatchObject([
    { errorCode: "SKU_NOT_FOUND", processingError: "SKU not found: B" },
  ]);
  expect([await count(pool, "Order"), await count(pool, "OrderLine")]).toEqual([0, 0]);

  const { rows } = await pool.query<{ id: string }>(`select id from "Sku" where "shopifyVariantId" = '90'`);
  await map(pool, "91", rows[0]?.id ?? "");
  expect(await processPendingOrders(pool, run)).toMatchObject({ created: 1, failed: 0 });
  expect(await count(pool, "OrderLine", `"skuId" = '${rows[0]?.id ?? ""}'`)).toBe(2);
});
