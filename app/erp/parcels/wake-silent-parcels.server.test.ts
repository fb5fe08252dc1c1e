import { expect } from "vitest";
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { wakeSilentParcels } from "./wake-silent-parcels.server.ts";

const shop = "one.myshopify.com";
const lastHeard = new Date("2026-11-05T10:00:00Z");
const daysLater = (days: number) => new Date(lastHeard.getTime() + days * 86_400_000);

const states = async (pool: Pool) =>
  (await pool.query<{ state: string }>(`SELECT state FROM "Parcel" WHERE shop = $1`, [shop])).rows;

test("a parcel nobody has heard of for longer than the shop waits is found, once, and its delivery is unknown", async ({
  database: { pool },
}) => {
  await pool.query(`INSERT INTO "Shop" (shop, "installedAt", settings) VALUES ($1, '2020-01-01', $2)`, [
    shop,
    { deliveryUnknownAfterDays: 3 },
  ]);
  const node = anOrder({
    lines: [{ variantId: null, unfulfilledQuantity: 0 }],
    fulfillments: [
      {
        ...{
          id: "gid://shopify/Fulfillment/7",
          status: "SUCCESS",
          displayStatus: "IN_TRANSIT",
          totalQuantity: 1,
        },
        ...{ createdAt: "2026-11-04T10:00:00Z", updatedAt: lastHeard.toISOString() },
      },
    ],
  });
  await ingestPayloads(pool, {
    ...{ shop, kind: "order", source: "dump", now: lastHeard },
    payloads: [
      { id: "1001", shape: "bulk", raw: JSON.stringify(node), shopifyUpdatedAt: null, triggeredAt: null },
    ],
  });
  const run = async (days: number) => {
    const woken = await wakeSilentParcels(pool, { shop, now: daysLater(days) });
    await processPendingOrders(pool, { shop, limit: Infinity, now: daysLater(days) });
    return woken;
  };
  expect([await run(1), await states(pool)]).toEqual([0, [{ state: "in_transit" }]]);
  expect([await run(3.1), await states(pool)]).toEqual([1, [{ state: "delivery_unknown" }]]);
  expect(await run(9)).toBe(0);
  expect(await wakeSilentParcels(pool, { shop: "two.myshopify.com", now: daysLater(9) })).toBe(0);
});
