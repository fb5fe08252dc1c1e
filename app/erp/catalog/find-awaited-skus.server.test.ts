import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countWorkbench } from "./count-workbench.server.ts";
import { findAwaitedSkus } from "./find-awaited-skus.server.ts";
import { listAwaitedSkus } from "./list-awaited-skus.server.ts";
import { mapVariantToSku } from "./map-variant-to-sku.server.ts";
import { aNode, ingest, insertErpProduct, now, process, shop } from "./test-products.server.ts";

type Line = { variantId: string; sku: string | null };

/** Orders in the cache, tried once. */
async function tryOrders(pool: Pool, orders: Record<string, Line[]>): Promise<void> {
  const payloads = Object.entries(orders).map(([id, lines]) => {
    const order = anOrder({ id, lines });
    return {
      ...{ id, shape: "bulk" as const, raw: JSON.stringify(order), triggeredAt: null },
      shopifyUpdatedAt: String(order["updatedAt"]),
      header: { orderNumber: `#${id}` },
    };
  });
  await ingestPayloads(pool, { shop, kind: "order", source: "dump", payloads, now });
  await processPendingOrders(pool, { shop, limit: 100, now });
}

const CAP = { variantId: "91", sku: "CAP" };
const MUG = { variantId: "92", sku: "MUG" };

test("orders are grouped by the variant they wait for, most waited for first; an order that waits for two is in both", async ({
  database: { pool },
}) => {
  await tryOrders(pool, { 1: [CAP], 2: [CAP], 3: [CAP, MUG], 4: [{ variantId: "93", sku: null }] });
  const { groups, isAll, ready } = await findAwaitedSkus(pool, { shop });
  expect(groups).toMatchObject([
    { shopifyVariantId: "91", skuText: "CAP", orders: 3, onlyThis: 2 },
    { shopifyVariantId: "92", skuText: "MUG", orders: 1, onlyThis: 0 },
    { shopifyVariantId: "93", skuText: null, orders: 1, onlyThis: 1 },
  ]);
  expect(groups[1]?.examples.map(({ id }) => id)).toEqual(["3"]);
  expect([isAll, ready]).toEqual([true, 0]);
  expect((await countWorkbench(pool, { shop })).waiting).toBe(4);
  expect((await findAwaitedSkus(pool, { shop: "mill.myshopify.com" })).groups).toEqual([]);
});

test("they are paged by a cursor and searched by SKU text, title and variant id; what is counted is counted of all", async ({
  database: { pool },
}) => {
  await tryOrders(pool, { 1: [CAP], 2: [CAP], 3: [CAP, MUG], 4: [{ variantId: "93", sku: null }] });
  const list = async (at: ListAt, search = "") => {
    const { rows, ...rest } = await listAwaitedSkus(pool, { shop, search, at, limit: 2 });
    return { ids: rows.map(({ shopifyVariantId }) => shopifyVariantId), ...rest };
  };
  const first = await list(null);
  expect(first).toMatchObject({ ids: ["91", "92"], previous: null, isAll: true, ready: 0 });
  const key = readCursorText(first.next ?? "") as string[];
  expect(await list({ side: "after", key })).toMatchObject({ ids: ["93"], next: null });
  expect([
    (await list(null, "mUg")).ids,
    (await list(null, "93")).ids,
    (await list(null, "m_g")).ids,
  ]).toEqual([...[["92"], ["93"], []]]);
});

test("a SKU text that two variants have, is told as two: each is mapped by itself", async ({
  database: { pool },
}) => {
  await tryOrders(pool, { 1: [CAP], 2: [{ variantId: "94", sku: "CAP" }] });
  const { groups } = await findAwaitedSkus(pool, { shop });
  expect(groups.map(({ shopifyVariantId, orders }) => [shopifyVariantId, orders])).toEqual([
    ["91", 1],
    ["94", 1],
  ]);
});

test("one mapping releases every order that waits for nothing else; the rest waits on", async ({
  database: { pool },
}) => {
  await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: "H-1" } });
  await tryOrders(pool, { 1: [CAP], 2: [CAP], 3: [CAP, MUG] });
  await mapVariantToSku(pool, { shop, shopifyVariantId: "91", skuId: "s1", actor: "asha", now });
  expect(await countWorkbench(pool, { shop })).toMatchObject({ waiting: 0, releasing: 3, mappings: 1 });
  expect(await processPendingOrders(pool, { shop, limit: 100, now })).toMatchObject({
    created: 2,
    failed: 1,
  });
  const { groups } = await findAwaitedSkus(pool, { shop });
  expect(groups).toMatchObject([{ shopifyVariantId: "92", orders: 1, onlyThis: 1 }]);
});

test("an order whose SKU has come without anybody waking it is ready, and nobody is asked to map it", async ({
  database: { pool },
}) => {
  await tryOrders(pool, { 1: [CAP] });
  const waiting = `"errorCode" = 'SKU_NOT_FOUND', "processingError" = 'SKU not found: CAP'`;
  await ingest(pool, [aNode(1, "Cap", [{ id: 91, sku: "CAP" }])]);
  await process(pool);
  await pool.query(`update "ShopifyOrderCache" set ${waiting} where shop = $1`, [shop]);
  expect(await findAwaitedSkus(pool, { shop })).toEqual({ groups: [], isAll: true, ready: 1 });
});

test("of more orders than a look reads, the newest are read, and it says so; one that cannot be read stops nothing", async ({
  database: { pool },
}) => {
  await tryOrders(pool, { 1: [CAP], 2: [CAP] });
  expect(await findAwaitedSkus(pool, { shop, most: 1 })).toMatchObject({
    groups: [{ orders: 1 }],
    isAll: false,
  });
  await pool.query(`update "ShopifyOrderCache" set "rawData" = '{}' where shop = $1 and id = '1'`, [shop]);
  expect(await findAwaitedSkus(pool, { shop })).toMatchObject({ groups: [{ orders: 1 }], isAll: true });
});

test("a mapping that somebody else has changed since is not written over", async ({ database: { pool } }) => {
  await insertErpProduct(pool, { id: "p1", name: "House", skus: { s1: "H-1", s2: "H-2" } });
  const map = (skuId: string, seen: string | null) =>
    mapVariantToSku(pool, { shop, shopifyVariantId: "91", skuId, seen, actor: "asha", now });
  await map("s1", null);
  await expect(map("s2", null)).rejects.toMatchObject({ code: "VALIDATION" });
  // The same word is the same word.
  expect(await map("s1", null)).toBe(0);
  await map("s2", "s1");
  const { rows } = await pool.query(`select "skuId" from "SkuMapping" where shop = $1`, [shop]);
  expect(rows).toEqual([{ skuId: "s2" }]);
});
