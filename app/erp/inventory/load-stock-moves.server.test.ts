import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { ordersInTheErp } from "#tests/fixtures/an-order-in-the-erp.ts";
import { aRefund } from "#tests/fixtures/return-cases.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadStockMoves } from "./load-stock-moves.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const on = (day: number) => `2026-11-${String(day).padStart(2, "0")}T10:00:00Z`;
/** When both sides had the same. */
const at = on(10);

/** An order of one line, of so many units. */
const of = (
  id: string,
  quantity: number,
  createdDay: number,
  more: Partial<OrderSketch> & { line?: object } = {},
) => ({
  ...{ id, createdAt: on(createdDay), extra: sold, ...more },
  lines: [{ id: `50${id}`, variantId: "90", sku: "SKU-90", quantity, ...more.line }],
});
const sold = { sourceName: "web" };
const refunds = (...refunds: object[]) => ({ extra: { ...sold, refunds } });
const since = (day: number) => ({ createdAt: on(day) });

async function stock(pool: Pool, location: string) {
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty", "lastSynced",
       "rawData", "rawShape", "contentHash", source)
     select $1, '890@' || $2, '890', $2, id, 0, now(), '', 'bulk', '', 'bulk' from "Sku" where shop = $1 and "shopifyInventoryItemId" = '890'`,
    [shop, location],
  );
}

async function moves(pool: Pool, ...locations: string[]) {
  const { rows } = await pool.query<{ id: string }>(
    `select id from "Sku" where "shopifyInventoryItemId" = '890'`,
  );
  const levels = locations.map((locationId) => ({ skuId: rows[0]?.id ?? "", locationId, at }));
  return loadStockMoves(pool, { shop, levels });
}

test("what orders took and gave back since is told exactly, and only what is not known widens it", async ({
  database: { pool },
}) => {
  const before = { updatedAt: on(5), line: { currentQuantity: 2 } };
  await ordersInTheErp(pool, {
    shop,
    orders: [
      of("3", 4, 1, { ...before, ...refunds(aRefund("31", "CANCEL", { 503: 2 }, since(5))) }),
      of("4", 1, 1),
    ],
    now,
  });
  await stock(pool, "7");
  const later = (day: number) => ({ updatedAt: on(day) });
  await ordersInTheErp(pool, {
    shop,
    orders: [
      // Long before, and untouched since: all of what it took and gave back was known to both.
      of("1", 5, 1, refunds(aRefund("11", "CANCEL", { 501: 1 }, since(2)))),
      of("2", 50, 12),
      of("3", 4, 1, {
        ...{ ...later(12), line: { currentQuantity: 0 } },
        ...refunds(
          aRefund("31", "CANCEL", { 503: 2 }, since(5)),
          aRefund("32", "CANCEL", { 503: 1 }, since(12)),
          aRefund("33", "NO_RESTOCK", { 503: 1 }, since(12)),
        ),
      }),
      of("7", 3, 12, { line: { unfulfilledQuantity: 0 } }),
    ],
    now,
  });
  const known = -50 + 1 - 3;
  expect(await moves(pool, "7")).toEqual([{ least: known, most: known }]);

  // Two were added to it, nobody knows when; this one was placed at about that moment; that one is not in the ERP.
  const raw = [
    of("4", 3, 1, later(13)),
    { ...of("5", 7, 10), createdAt: "2026-11-10T10:01:00Z" },
    of("6", 2, 13),
    // An app that makes an order says whether it takes from stock; we are not told.
    of("8", 3, 13, { extra: { sourceName: "7654321" } }),
    // What was a draft may have been set aside before.
    of("9", 1, 13, { extra: { sourceName: "shopify_draft_order" } }),
  ].map((one) => ({ id: one.id, raw: JSON.stringify(anOrder(one)), updatedAt: anOrder(one)["updatedAt"] }));
  await ingestPayloads(pool, {
    ...{ shop, source: "dump", now, kind: "order" },
    payloads: raw.map(({ id, raw, updatedAt }) => ({
      ...{ id, shape: "bulk", raw, shopifyUpdatedAt: String(updatedAt), triggeredAt: null },
    })),
  });
  const all = { least: known - 2 - 7 - 2 - 4, most: known - 2 };
  expect(await moves(pool, "7")).toEqual([all]);

  // Stocked at two places: what is not known to leave from here may have, and what came back may have come here.
  await stock(pool, "8");
  const [here, there] = await moves(pool, "7", "8");
  expect(here).toEqual({ least: -50 - 3 - 2 - 7 - 2 - 4, most: 1 });
  expect(there).toEqual(here);
  await pool.query(
    `insert into "ShopifyFulfillmentOrderCache" (shop, id, "orderId", "rawData", "rawShape", "contentHash", source)
     select $1, 'f' || n, n, $2, 'bulk', '', 'dump' from unnest(array['2', '7', '6']) n`,
    [
      shop,
      JSON.stringify({ assignedLocation: { name: "Pune", location: { id: "gid://shopify/Location/7" } } }),
    ],
  );
  expect(await moves(pool, "7", "8")).toEqual([
    { least: -50 - 3 - 2 - 7 - 2 - 4, most: -50 - 3 - 2 + 1 },
    { least: -2 - 7 - 4, most: 1 },
  ]);
});
