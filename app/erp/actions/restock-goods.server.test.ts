import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { ordersInTheErp } from "#tests/fixtures/an-order-in-the-erp.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { OrderAction } from "./order-action.ts";
import { performOrderAction } from "./perform-order-action.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

const act = (pool: Pool, asked: object) =>
  performOrderAction(pool, { shop, orderId: "1001", actor: "Ravi", now, action: OrderAction.parse(asked) });
const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
const stockOf = (pool: Pool) =>
  rows(pool, `select "locationId", "sellableQty" from "ErpStock" order by "locationId"`);

/** Two units of one SKU left, and came back undelivered; the ERP has `counted` of it, by place. */
async function twoBack(
  pool: Pool,
  { counted = {}, more = {}, stock = {} }: { counted?: object; more?: object; stock?: object } = {},
) {
  await pool.query(
    `insert into "Shop" (shop, "installedAt", "cutOverAt", settings) values ($1, $2, '2020-01-01', $3)`,
    [shop, now, JSON.stringify({ stock })],
  );
  const lines = [
    { id: "501", variantId: "90", sku: "SKU-90" },
    { id: "502", variantId: "90", sku: "SKU-90" },
  ];
  await ordersInTheErp(pool, { shop, now, orders: [{ id: "1001", total: "200.00", lines }] });
  for (const [place, qty] of Object.entries(counted))
    await pool.query(
      `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty")
       select $1, "skuId", $2, $3 from "OrderLine" where shop = $1 limit 1`,
      [shop, place, qty],
    );
  for (const action of ["pick", "pack"]) await act(pool, { action });
  await act(pool, { action: "hand_over", parcelId: "P1", ...more });
  await act(pool, { action: "receive_rto", parcelId: "P1" });
}
const close = (pool: Pool, outcome: string, more: object = {}) =>
  act(pool, { action: "close_case", caseId: "rto-P1", outcome, ...more });

describe("a case that ends as restocked", () => {
  test("adds what came back to what can be sold where the parcel left from, with feed and wish, and only once", async ({
    database: { pool },
  }) => {
    await twoBack(pool, { counted: { 7: 5, 8: 1 }, more: { locationId: "7" }, stock: { leads: "erp" } });
    const { words, intentIds } = await close(pool, "restocked");
    expect(words).toBe("Back on the shelf. SKU-90: 7 sellable at 7");
    const moved = [
      { locationId: "7", sellableQty: 7 },
      { locationId: "8", sellableQty: 1 },
    ];
    expect(await stockOf(pool)).toEqual(moved);
    expect(await rows(pool, `select id, kind, "entityId" from "Outbox" where entity = 'stock'`)).toEqual([
      { id: intentIds[0], kind: "inventorySet", entityId: "890@7" },
    ]);
    expect(await rows(pool, `select change, parts from "ChangeFeed" where entity = 'stock'`)).toEqual([
      { change: "updated", parts: ["erp"] },
    ]);
    // The order computed anew, and the case closed again, move nothing.
    await pool.query(`update "ShopifyOrderCache" set "processedAt" = null`);
    await processPendingOrders(pool, { shop, limit: Infinity, now });
    await expect(close(pool, "restocked")).rejects.toMatchObject({ code: "ACTION_NOT_ALLOWED" });
    expect(await stockOf(pool)).toEqual(moved);
  });

  test("adds it at the ERP's own location that feeds the one it left from", async ({
    database: { pool },
  }) => {
    const stock = { locations: [{ erp: "pune", shopify: "7" }] };
    await twoBack(pool, { counted: { pune: 5, delhi: 1 }, more: { locationId: "7" }, stock });
    await close(pool, "restocked");
    expect(await stockOf(pool)).toContainEqual({ locationId: "pune", sellableQty: 7 });
  });

  test("adds it where a person says, also where the ERP had none yet", async ({ database: { pool } }) => {
    await twoBack(pool);
    await close(pool, "restocked", { locationId: "mumbai" });
    expect(await stockOf(pool)).toEqual([{ locationId: "mumbai", sellableQty: 2 }]);
  });

  test("leaves out what has gone out again meanwhile", async ({ database: { pool } }) => {
    await twoBack(pool, { counted: { pune: 5 } });
    for (const action of ["pick", "pack"]) await act(pool, { action });
    await act(pool, { action: "hand_over", lines: [{ lineId: "501", qty: 1 }] });
    await close(pool, "restocked");
    expect(await stockOf(pool)).toEqual([{ locationId: "pune", sellableQty: 6 }]);
  });

  test("of goods the ERP does not count moves nothing", async ({ database: { pool } }) => {
    await twoBack(pool);
    expect((await close(pool, "restocked")).words).toBe("Back on the shelf");
    expect(await stockOf(pool)).toEqual([]);
  });

  test("of goods the ERP has never counted there is no number of them: Shopify, which shows more, is not told so few", async ({
    database: { pool },
  }) => {
    await twoBack(pool, { counted: { 8: 1 }, more: { locationId: "7" }, stock: { leads: "erp" } });
    expect(await close(pool, "restocked")).toMatchObject({
      words: "Back on the shelf. SKU-90: not counted, for the ERP has never said how many are at 7",
      intentIds: [],
    });
    expect(await stockOf(pool)).toEqual([{ locationId: "8", sellableQty: 1 }]);
  });

  test.for(["damaged", "lost"])("as %s moves nothing", async (outcome, { database: { pool } }) => {
    await twoBack(pool, { counted: { pune: 5 } });
    await close(pool, outcome);
    expect(await stockOf(pool)).toEqual([{ locationId: "pune", sellableQty: 5 }]);
  });

  test("at a place nobody knows is refused, says what to do, and stays open", async ({
    database: { pool },
  }) => {
    await twoBack(pool, { counted: { pune: 5, delhi: 1 } });
    await expect(close(pool, "restocked")).rejects.toMatchObject({
      ...{ code: "ACTION_NOT_ALLOWED", message: "Nobody knows where 2 × SKU-90 came back to" },
      next: "Say at which location the goods are now.",
    });
    expect(await rows(pool, `select state from "ReturnCase"`)).toEqual([{ state: "received" }]);
  });
});
