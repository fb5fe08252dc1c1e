import { describe, expect } from "vitest";
import type { Pool } from "pg";
import { aRestOrder } from "#tests/order-shapes/a-rest-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { ingestPayloads } from "./ingest.server.ts";

const shop = "one.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

/** A webhook of the same order at an hour of the first of November, naming gateways and showing parcels. */
async function arrive(pool: Pool, hour: number, gateways: string[], parcels: Record<string, unknown>[] = []) {
  const updated = `2026-11-01T${String(hour).padStart(2, "0")}:00:00Z`;
  const body = aRestOrder({ updated_at: updated, payment_gateway_names: gateways, fulfillments: parcels });
  await ingestPayloads(pool, {
    ...{ shop, now, kind: "order", source: "webhook" },
    payloads: [
      { id: "1", shape: "rest", raw: JSON.stringify(body), shopifyUpdatedAt: updated, triggeredAt: updated },
    ],
  });
}
const parcel = (shipment_status: string | null) => ({
  id: 7,
  admin_graphql_api_id: "gid://shopify/Fulfillment/7",
  status: "success",
  shipment_status,
  line_items: [],
});
const process = (pool: Pool) => pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = now()`);
const seen = async (pool: Pool) =>
  (
    await pool.query<Record<string, unknown>>(
      `SELECT "gatewaysSeen", "movedFulfillments", "processedAt" IS NULL AS pending FROM "ShopifyOrderCache"`,
    )
  ).rows[0];

describe("S10: what a payload showed stays known when it leaves its slot", () => {
  test("replaced by a newer one before anybody processed it", async ({ database: { pool } }) => {
    await arrive(pool, 1, ["cash_on_delivery"], [parcel("in_transit")]);
    await arrive(pool, 2, ["Razorpay"], [parcel(null)]);
    expect(await seen(pool)).toEqual({
      gatewaysSeen: ["cash_on_delivery"],
      movedFulfillments: ["7"],
      pending: true,
    });
  });

  test("delivered after a newer one, and the processed order is computed again", async ({
    database: { pool },
  }) => {
    await arrive(pool, 2, ["Razorpay"], [parcel(null)]);
    await process(pool);
    await arrive(pool, 1, ["cash_on_delivery"], [parcel("in_transit")]);
    expect(await seen(pool)).toEqual({
      gatewaysSeen: ["cash_on_delivery"],
      movedFulfillments: ["7"],
      pending: true,
    });
  });

  test("what is known already wakes nobody", async ({ database: { pool } }) => {
    await arrive(pool, 1, ["cash_on_delivery"]);
    await arrive(pool, 3, ["Razorpay"]);
    await process(pool);
    await arrive(pool, 2, ["cash_on_delivery"]);
    expect(await seen(pool)).toMatchObject({ gatewaysSeen: ["cash_on_delivery"], pending: false });
  });
});
