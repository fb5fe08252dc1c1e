/** S14, S16 and S19: whole bulk files of a simulated store. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Pool } from "pg";
import { createStore } from "#simulator/store/create-store.ts";
import { hash32 } from "#simulator/store/random.ts";
import type { SimValue } from "#simulator/store/types.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dumpIntoCache, processAll } from "#tests/laws/a-dumped-store.ts";
import { bringBulkFile } from "./a-bulk-file.ts";

const PURPOSES = ["products", "customers", "orders", "fulfillment_orders"] as const;
const TABLES = ["Order", "OrderLine", "OrderCharge", "OrderPayment", "Parcel", "ParcelLine", "ReturnCase"];
/** Ids that the ERP gives itself and what is a hash of them, and the moments at which rows were written. */
const OUR_OWN = `'{skuId,customerId,outputHash,createdAt,updatedAt}'::text[]`;

async function rowsOf(pool: Pool, table: string, shop: string) {
  const sql = `SELECT (to_jsonb(r) - ${OUR_OWN})::text AS row FROM "${table}" r WHERE shop = $1 ORDER BY 1`;
  return (await pool.query<{ row: string }>(sql, [shop])).rows.map(({ row }) => row);
}

test("S14: files whose lines are shuffled, returns and what comes back in them, end in the rows of files in order", async ({
  database: { pool },
}) => {
  const store = createStore({ orders: 400, seed: 5 });
  const shop = store.domain;
  const rows = async () => {
    await processAll(pool, shop);
    const held: Record<string, string[]> = {};
    for (const table of TABLES) held[table] = await rowsOf(pool, table, shop);
    const { rows: failed } = await pool.query(
      `SELECT id, "processingError" FROM "ShopifyOrderCache" WHERE "errorCode" IS NOT NULL`,
    );
    expect(failed).toEqual([]);
    return held;
  };
  await dumpIntoCache(pool, store, shop);
  const inOrder = await rows();
  expect(inOrder["Order"]).toHaveLength(400);
  for (const table of TABLES) expect(inOrder[table]!.length, table).toBeGreaterThan(20);

  for (const table of [...TABLES, "Product", "Variation", "Sku", "Customer", "ProductProposal"])
    await pool.query(`DELETE FROM "${table}"`);
  for (const kind of ["Order", "Product", "Customer", "FulfillmentOrder"])
    await pool.query(`DELETE FROM "Shopify${kind}Cache"`);
  for (const purpose of PURPOSES) {
    const { lines } = await bringBulkFile(pool, store, purpose, {
      rearrange: (told) =>
        told
          .map((line, index) => ({ line, place: hash32(14, 1, index) }))
          .sort((a, b) => a.place - b.place)
          .map(({ line }) => line),
    });
    expect(lines).toBeGreaterThan(0);
  }
  const shuffled = await rows();
  for (const table of TABLES) {
    const known = new Set(inOrder[table]);
    expect(shuffled[table]!.filter((row) => !known.has(row)).slice(0, 3), table).toEqual([]);
    expect(shuffled[table]).toHaveLength(known.size);
  }
}, 120_000);

test("S16: a refund on last week's order is found by the look-back, and the ERP shows it", async ({
  database: { pool },
}) => {
  const order = {
    id: 9001,
    name: "#1001",
    createdAt: "2026-11-12T10:00:00Z",
    gateway: "Razorpay",
    lineItems: [{ sku: "KURTA", quantity: 2 }],
    displayFulfillmentStatus: "FULFILLED",
  };
  const store = await storeOf({ ...order, updatedAt: "2026-11-13T10:00:00Z" });
  const refunded = await storeOf({
    ...order,
    refunds: [
      {
        createdAt: "2026-11-20T09:00:00Z",
        refundLineItems: [{ lineItem: 0, quantity: 1, restockType: "NO_RESTOCK" }],
      },
    ],
  });
  const shop = store.domain;
  await dumpIntoCache(pool, store, shop);
  await processAll(pool, shop);
  const held = async () =>
    (
      await pool.query<Record<string, unknown>>(
        `SELECT "financialStatus", "currentTotalAmount", "refundedAmount", status FROM "Order" WHERE shop = $1`,
        [shop],
      )
    ).rows;
  expect(await held()).toEqual([
    { financialStatus: "PAID", currentTotalAmount: "200.00", refundedAmount: "0.00", status: "shipped" },
  ]);

  const gid = "gid://shopify/Order/9001";
  store.change(gid, refunded.node(gid) as Record<string, SimValue>, new Date("2026-11-20T09:00:00Z"));
  const yesterday = { from: new Date("2026-11-19T12:00:00Z"), until: new Date("2026-11-20T12:00:00Z") };
  const byCreation = await bringBulkFile(pool, store, "orders", { window: { by: "created", ...yesterday } });
  expect(byCreation.roots).toBe(0);
  const lookBack = { window: { by: "updated", ...yesterday }, source: "lookback" } as const;
  expect(await bringBulkFile(pool, store, "orders", lookBack)).toMatchObject({ roots: 1, updated: 1 });
  expect((await processAll(pool, shop)).orders).toMatchObject({ processed: 1, updated: 1 });
  expect(await held()).toEqual([
    {
      ...{ financialStatus: "PARTIALLY_REFUNDED", currentTotalAmount: "100.00", refundedAmount: "100.00" },
      status: "shipped",
    },
  ]);
  const { rows: back } = await pool.query(
    `SELECT kind, amount FROM "OrderPayment" WHERE shop = $1 AND kind = 'REFUND'`,
    [shop],
  );
  expect(back).toEqual([{ kind: "REFUND", amount: "100.00" }]);
  expect(await bringBulkFile(pool, store, "orders", lookBack)).toMatchObject({ roots: 1, unchanged: 1 });
});

test("S19: the first dump of a store that another system is already shipping allocates, holds and sends nothing", async ({
  database: { pool },
}) => {
  const store = createStore({ orders: 400, seed: 19 });
  const shop = store.domain;
  const today = new Date("2026-11-20T00:00:00Z");
  await pool.query(`INSERT INTO "Shop" (shop, currency, "cutOverAt") VALUES ($1, 'INR', $2)`, [shop, today]);
  await dumpIntoCache(pool, store, shop);
  const { orders } = await processAll(pool, shop);
  expect(orders).toMatchObject({ created: 400, failed: 0 });

  const one = async (sql: string) => (await pool.query<Record<string, unknown>>(sql, [shop])).rows[0];
  expect(
    await one(
      `SELECT count(*)::int AS orders, count(*) FILTER (WHERE "isHistory")::int AS history,
         count(*) FILTER (WHERE holds <> '[]')::int AS held, count(*) FILTER (WHERE status = 'on_hold')::int AS "onHold",
         count(*) FILTER (WHERE "stopShip" IS NOT NULL)::int AS stopped FROM "Order" WHERE shop = $1`,
    ),
  ).toEqual({ orders: 400, history: 400, held: 0, onHold: 0, stopped: 0 });
  expect(
    await one(
      `SELECT sum("allocatedQty" + "pickedQty" + "packedQty")::int AS worked, bool_or("shippedQty" > 0) AS "someShipped",
         bool_or(qty > "shippedQty" + "cancelledQty") AS "someWait" FROM "OrderLine" WHERE shop = $1`,
    ),
  ).toEqual({ worked: 0, someShipped: true, someWait: true });
  expect((await pool.query(`SELECT * FROM "Outbox"`)).rows).toEqual([]);
  expect((await pool.query(`SELECT * FROM "ErpFact"`)).rows).toEqual([]);
}, 60_000);

test("S19: without a date of its own, a shop's history ends the day it installed the app", async ({
  database: { pool },
}) => {
  const order = (day: string) => ({
    name: `#${day}`,
    createdAt: `2026-11-${day}T10:00:00Z`,
    gateway: "Wallet of Mars",
    displayFinancialStatus: "PENDING",
    lineItems: [{ sku: "KURTA" }],
  });
  const store = await storeOf(order("18"), order("20"));
  const shop = store.domain;
  await pool.query(`INSERT INTO "Shop" (shop, "installedAt") VALUES ($1, '2026-11-19T00:00:00Z')`, [shop]);
  await dumpIntoCache(pool, store, shop);
  await processAll(pool, shop);
  const { rows } = await pool.query(
    `SELECT "orderNumber", "isHistory", status FROM "Order" WHERE shop = $1 ORDER BY 1`,
    [shop],
  );
  expect(rows).toEqual([
    { orderNumber: "#18", isHistory: true, status: "open" },
    { orderNumber: "#20", isHistory: false, status: "on_hold" },
  ]);
});

/** A store of one article, KURTA at 100.00, and these orders. */
async function storeOf(...orders: object[]) {
  const folder = await mkdtemp(join(tmpdir(), "a-store-"));
  try {
    const dataFile = join(folder, "store.json");
    const products = [{ id: 501, title: "Kurta", variants: [{ id: 601, sku: "KURTA", price: "100.00" }] }];
    await writeFile(dataFile, JSON.stringify({ products, orders }));
    return createStore({ orders: 0, seed: 1, dataFile });
  } finally {
    await rm(folder, { recursive: true });
  }
}
