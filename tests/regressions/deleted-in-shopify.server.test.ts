/** What an order becomes that Shopify no longer has: only orders that are over can be deleted there, but nothing is taken on trust. */
import { expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { erpDid, processOrders, rowsOf, stockCatalogue, tell, theLines, theOrder } from "./a-story.ts";
import type { OrderState } from "./order-in-both-shapes.ts";

const DELETED = new Date("2026-11-21T10:00:00Z");
const placed: OrderState = {
  lines: [
    { id: "11", qty: 2 },
    { id: "12", price: "50.00" },
  ],
};

/** As the fetch leaves it that found the order gone. */
async function isGone(pool: Pool) {
  await pool.query(`update "ShopifyOrderCache" set "deletedAt" = $1, "processedAt" = null`, [DELETED]);
  await processOrders(pool);
}

test("what nobody has sent is cancelled, the order kept as archived, nothing is collected", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool);
  await tell(pool, placed);
  await processOrders(pool);
  await erpDid(pool, { kind: "allocated", lineId: "11", qty: 2 });
  await isGone(pool);
  expect(await theOrder(pool)).toMatchObject({
    status: "cancelled",
    archivedAt: DELETED,
    cancelledAt: null,
    totalAmount: "250.00",
    amountToCollect: "0.00",
  });
  expect(await theLines(pool)).toEqual({
    11: { qty: 2, cancelledQty: 2, lineStatus: "cancelled" },
    12: { qty: 1, cancelledQty: 1, lineStatus: "cancelled" },
  });
});

test("what is packed must not leave, and says why", async ({ database: { pool } }) => {
  await stockCatalogue(pool);
  await tell(pool, placed);
  await processOrders(pool);
  await erpDid(pool, { kind: "packed", lineId: "11", qty: 2 });
  await isGone(pool);
  expect((await theOrder(pool))["stopShip"]).toContain("The order was deleted in Shopify");
});

test("what was handed over stays so: a deletion asks nothing back", async ({ database: { pool } }) => {
  await stockCatalogue(pool);
  await tell(pool, placed);
  await processOrders(pool);
  await erpDid(
    pool,
    { kind: "packed", lineId: "11", qty: 2 },
    { kind: "packed", lineId: "12", qty: 1 },
    { kind: "handed_over", parcelId: "p1", lineId: "11", qty: 2, details: { awb: "AWB1" } },
    { kind: "handed_over", parcelId: "p1", lineId: "12", qty: 1, details: { awb: "AWB1" } },
  );
  const shipped = await theLines(pool);
  await isGone(pool);
  expect(await theLines(pool)).toEqual(shipped);
  expect(await theOrder(pool)).toMatchObject({ status: "shipped", archivedAt: DELETED });
  expect(await rowsOf(pool, "ReturnCase")).toEqual([]);
});

test("a late payload of it does not bring it back", async ({ database: { pool } }) => {
  await stockCatalogue(pool);
  await tell(pool, placed);
  await processOrders(pool);
  await isGone(pool);
  await tell(pool, { ...placed, at: "2026-11-22T09:00:00Z" });
  await processOrders(pool);
  expect(await theOrder(pool)).toMatchObject({ status: "cancelled", archivedAt: DELETED });
});
