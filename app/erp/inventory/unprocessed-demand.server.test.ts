import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { ordersInTheErp } from "#tests/fixtures/an-order-in-the-erp.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countStockComparison } from "./count-stock-comparison.server.ts";
import { MOST_ORDERS, unprocessedDemand } from "./unprocessed-demand.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

async function bring(pool: Pool, orders: OrderSketch[]): Promise<void> {
  const payloads = orders.map((one) => {
    const node = anOrder(one);
    const times = { shopifyUpdatedAt: String(node["updatedAt"]), triggeredAt: null };
    return { id: one.id ?? "1001", shape: "bulk" as const, raw: JSON.stringify(node), ...times };
  });
  await ingestPayloads(pool, { shop, source: "dump", now, kind: "order", payloads });
}

test("orders that are not in the ERP ask for what is left of their lines and not fulfilled, where they leave from if that is known", async ({
  database: { pool },
}) => {
  await ordersInTheErp(pool, { shop, orders: [{ id: "1", lines: [{ quantity: 50 }] }], now });
  await pool.query(`insert into "Shop" (shop, "cutOverAt") values ($1, '2026-10-01')`, [shop]);
  await bring(pool, [
    { id: "2", lines: [{ quantity: 3, currentQuantity: 2 }, { quantity: 4 }] },
    { id: "3", lines: [{ quantity: 1 }] },
    { id: "4", lines: [{ quantity: 10 }], cancelledAt: "2026-11-02T10:00:00Z" },
    { id: "5", lines: [{ quantity: 20 }], test: true },
    { id: "6", lines: [{ quantity: 30 }], createdAt: "2026-09-01T10:00:00Z" },
    { id: "7", lines: [{ quantity: 5 }] },
    // Put aside for its other line; one of two is fulfilled, and left the shelf.
    {
      id: "9",
      lines: [
        { quantity: 2, unfulfilledQuantity: 1 },
        { variantId: "404", sku: "NOBODYS" },
      ],
    },
    { id: "10", lines: [{ quantity: 2, unfulfilledQuantity: 0 }] },
    {
      id: "8",
      lines: [
        { variantId: null, sku: null },
        { variantId: "404", sku: "NOBODYS" },
      ],
    },
  ]);
  await pool.query(
    `update "ShopifyOrderCache" set "errorCode" = 'SKU_UNKNOWN', "processingError" = 'x', "quarantinedAt" = now() where id = '3'`,
  );
  await pool.query(`update "ShopifyOrderCache" set "rawData" = '{' where id = '7'`);
  await pool.query(
    `insert into "ShopifyFulfillmentOrderCache" (shop, id, "orderId", "rawData", "rawShape", "contentHash", source)
     select $1, n, '2', $2, 'bulk', '', 'dump' from unnest(array['f1', 'f2']) n`,
    [
      shop,
      JSON.stringify({ assignedLocation: { name: "Pune", location: { id: "gid://shopify/Location/7" } } }),
    ],
  );
  const { demand, ...rest } = await unprocessedDemand(pool, { shop });
  expect(rest).toEqual({ orders: 9, waits: null });
  expect(demand.sort((a, b) => b.units - a.units)).toEqual([
    { inventoryItemId: "891", locationId: "7", units: 4 },
    { inventoryItemId: "890", locationId: "7", units: 2 },
    { inventoryItemId: "890", locationId: null, units: 2 },
  ]);
  // Where the location is not known it counts at every one.
  await pool.query(
    `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty") select $1, id, place, 3 from "Sku", unnest(array['7', '8']) place
      where shop = $1 and "shopifyInventoryItemId" = '890'`,
    [shop],
  );
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
       "rawData", "rawShape", "contentHash", source)
     select $1, '890@' || place, '890', place, (select id from "Sku" where shop = $1 and "shopifyInventoryItemId" = '890'), qty, now(), '', 'bulk', '', 'dump'
       from (values ('7', 0), ('8', 1)) level(place, qty)`,
    [shop],
  );
  expect(await countStockComparison(pool, { shop })).toMatchObject({
    levels: 2,
    equal: 2,
    unprocessedOrders: 9,
  });
});

test("while many orders wait to be taken in, no stock leaves, and the words say so", async ({
  database: { pool },
}) => {
  await bring(
    pool,
    Array.from({ length: MOST_ORDERS + 1 }, (_, n) => ({ id: String(2000 + n), lines: [{}] })),
  );
  expect(await unprocessedDemand(pool, { shop })).toEqual({
    ...{ orders: MOST_ORDERS + 1, demand: [] },
    waits: "Stock waits until 1001 orders have been taken in",
  });
});
