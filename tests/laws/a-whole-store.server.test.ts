/** The laws, held against a whole store with every kind of order in it, dumped as Shopify would. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createStore } from "#simulator/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { dumpIntoCache, processAll } from "./a-dumped-store.ts";

const store = createStore({ orders: 3000, seed: 11 });
const shop = store.domain;
let database: TestDatabase;
let first: Awaited<ReturnType<typeof processAll>>;

beforeAll(async () => {
  database = await createTestDatabase("a-whole-store");
  await database.db.pool.query(
    `INSERT INTO "Shop" (shop, currency, "installedAt") VALUES ($1, 'INR', '2020-01-01')`,
    [shop],
  );
  await dumpIntoCache(database.db.pool, store, shop);
  first = await processAll(database.db.pool, shop);
  // Nobody waits for autovacuum: without figures of these tables the sums over all of them take a minute.
  await database.db.pool.query("analyze");
}, 120_000);
afterAll(() => database.drop());

const one = async <Row extends Record<string, unknown>>(sql: string): Promise<Row> => {
  const { rows } = await database.db.pool.query<Row>(sql, [shop]);
  const [row] = rows;
  if (!row) throw new Error("no row");
  return row;
};
const TABLES = [
  "Order",
  "OrderLine",
  "OrderCharge",
  "OrderPayment",
  "Parcel",
  "ParcelLine",
  "ReturnCase",
  "Customer",
  "Product",
  "Variation",
  "Sku",
  "ChangeFeed",
];
const contents = async () => {
  const texts = TABLES.map(
    (table) =>
      `SELECT '${table}' AS t, count(*)::text AS n, md5(string_agg(r::text, '' ORDER BY r::text)) AS h FROM "${table}" r WHERE shop = $1`,
  );
  return (await database.db.pool.query(`${texts.join(" UNION ALL ")} ORDER BY t`, [shop])).rows as unknown[];
};

describe("a whole store", () => {
  test("everything arrives, nothing fails, and the totals agree to the last paisa", async () => {
    const expected = store.expectations();
    expect([first.products.failed, first.customers.failed, first.orders.failed]).toEqual([0, 0, 0]);
    const arrived = await one(
      `SELECT (SELECT count(DISTINCT "shopifyProductId")::int FROM "Product" WHERE shop = $1) AS products,
         (SELECT count(DISTINCT "shopifyCustomerId")::int FROM "Customer" WHERE shop = $1) AS customers,
         count(DISTINCT "shopifyOrderId") FILTER (WHERE NOT test)::int AS orders,
         count(*) FILTER (WHERE test)::int AS "testOrders",
         sum("currentTotalAmount") FILTER (WHERE NOT test)::text AS total, min(currency) AS currency FROM "Order" WHERE shop = $1`,
    );
    const { totals, ...counts } = expected;
    expect(arrived).toEqual({ ...counts, total: totals["INR"], currency: "INR" });
    expect(expected.testOrders).toBeGreaterThan(0);
  });

  test("law 7: charges add up to Shopify's total and current total, payments to what was received, in both currencies", async () => {
    const sums = await one(
      `WITH sums AS (
         SELECT "shopifyOrderId",
           sum(amount) FILTER (WHERE NOT gone) AS total, sum("presentmentAmount") FILTER (WHERE NOT gone) AS ptotal,
           sum(amount) AS current, sum("presentmentAmount") AS pcurrent
         FROM (SELECT *, kind ~ '^(refund_|removed_|removal)' AS gone FROM "OrderCharge" WHERE shop = $1 AND NOT included) c GROUP BY 1)
       SELECT count(*)::int AS orders, count(DISTINCT "presentmentCurrency")::int AS currencies,
         count(*) FILTER (WHERE s.total <> o."totalAmount" OR s.ptotal <> o."presentmentTotalAmount"
           OR s.current <> o."currentTotalAmount" OR s.pcurrent <> o."presentmentCurrentTotalAmount")::int AS wrong,
         count(*) FILTER (WHERE "moneyDifference" <> 0 OR "presentmentMoneyDifference" <> 0 OR "currentMoneyDifference" <> 0
           OR "presentmentCurrentMoneyDifference" <> 0 OR "paymentDifference" <> 0 OR "presentmentPaymentDifference" <> 0)::int AS unexplained
       FROM "Order" o JOIN sums s USING ("shopifyOrderId") WHERE o.shop = $1`,
    );
    expect(sums).toMatchObject({ orders: 3000, wrong: 0, unexplained: 0 });
    expect(sums["currencies"]).toBeGreaterThanOrEqual(6);
    const steps = await one(
      `SELECT count(DISTINCT kind)::int AS kinds FROM "OrderCharge" WHERE shop = $1 AND kind ~ '^(refund_|removed_)'`,
    );
    expect(steps["kinds"]).toBeGreaterThanOrEqual(5);
  });

  test("payments add up to what was received less what went back, whatever the tender", async () => {
    const paid = await one(
      `SELECT count(*)::int AS orders, count(*) FILTER (WHERE coalesce(p.net, 0) <> o."receivedAmount" - o."refundedAmount"
           OR coalesce(p.pnet, 0) <> o."presentmentCurrentTotalAmount" - o."presentmentOutstandingAmount")::int AS wrong
       FROM "Order" o LEFT JOIN (SELECT "shopifyOrderId", sum(CASE kind WHEN 'REFUND' THEN -amount ELSE amount END) AS net,
           sum(CASE kind WHEN 'REFUND' THEN -"presentmentAmount" ELSE "presentmentAmount" END) AS pnet
         FROM "OrderPayment" WHERE shop = $1 AND status = 'SUCCESS' AND kind IN ('SALE', 'CAPTURE', 'REFUND') GROUP BY 1) p USING ("shopifyOrderId")
       WHERE o.shop = $1`,
    );
    expect(paid).toEqual({ orders: 3000, wrong: 0 });
  });

  test("a line's total is its price times its quantity less its discounts, exactly", async () => {
    const lines = await one(
      `SELECT count(*)::int AS lines, count(*) FILTER (WHERE l."lineTotal" <> c.net)::int AS wrong
       FROM "OrderLine" l JOIN (SELECT shop, "shopifyLineId", sum(amount) AS net FROM "OrderCharge"
         WHERE shop = $1 AND kind IN ('item', 'cod_fee', 'tip', 'line_discount', 'order_discount') AND "shopifyLineId" IS NOT NULL GROUP BY 1, 2) c USING (shop, "shopifyLineId") WHERE l.shop = $1`,
    );
    expect(lines["wrong"]).toBe(0);
    expect(lines["lines"]).toBeGreaterThan(3000);
  });

  test("no line is dropped and no quantity is invented", async () => {
    const stored = await one(
      `SELECT count(*)::int AS lines, sum(qty)::int AS qty,
         count(*) FILTER (WHERE "cancelledQty" + "shippedQty" > qty OR "deliveredQty" > "shippedQty" OR least("allocatedQty", "shippedQty", "cancelledQty", "refundedQty") < 0)::int AS impossible
       FROM "OrderLine" WHERE shop = $1`,
    );
    const sent = await one(
      `SELECT count(*)::int AS lines, sum((line->>'quantity')::int)::int AS qty
       FROM "ShopifyOrderCache", jsonb_array_elements("rawData"::jsonb->'lineItems') AS line WHERE shop = $1`,
    );
    expect(stored).toEqual({ ...sent, impossible: 0 });
  });

  test("what a parcel holds is what the order shipped", async () => {
    const shipped = await one(
      `SELECT count(*)::int AS parcels, count(*) FILTER (WHERE NOT "linesKnown" AND state <> 'cancelled')::int AS unknown,
        (SELECT count(*)::int FROM "OrderLine" l LEFT JOIN (
            SELECT pl."shopifyLineId", sum(pl.qty) AS qty FROM "ParcelLine" pl JOIN "Parcel" p
              ON p.shop = pl.shop AND p."shopifyOrderId" = pl."shopifyOrderId" AND p.id = pl."parcelId" AND p.state <> 'cancelled'
            WHERE pl.shop = $1 GROUP BY 1) held USING ("shopifyLineId")
          WHERE l.shop = $1 AND l."requiresShipping" AND l."shippedQty" <> coalesce(held.qty, 0)) AS wrong
       FROM "Parcel" WHERE shop = $1`,
    );
    expect(shipped).toMatchObject({ unknown: 0, wrong: 0 });
    expect(shipped["parcels"]).toBeGreaterThan(1000);
  });

  test("labels of one order collect exactly what is to be collected, as far as its goods are in parcels", async () => {
    const wrong = await one(
      `SELECT count(*)::int AS cod,
         count(*) FILTER (WHERE parcels.sum <> o."amountToCollect" AND NOT goods.waiting OR parcels.sum > o."amountToCollect")::int AS wrong,
         count(*) FILTER (WHERE goods.waiting)::int AS waiting
       FROM "Order" o JOIN (
         SELECT "shopifyOrderId", sum("amountToCollect") AS sum FROM "Parcel" WHERE shop = $1 AND state <> 'cancelled' GROUP BY 1) parcels USING ("shopifyOrderId")
       JOIN (SELECT "shopifyOrderId", bool_or(qty > "shippedQty" + "cancelledQty") AS waiting FROM "OrderLine" WHERE shop = $1 GROUP BY 1) goods USING ("shopifyOrderId")
       WHERE o.shop = $1 AND o."paymentMethod" = 'COD'`,
    );
    expect(wrong["wrong"]).toBe(0);
    expect(wrong["cod"]).toBeGreaterThan(100);
    expect(wrong["waiting"]).toBeGreaterThan(5);
  });

  test("no word of Shopify's is unknown, and every hold says who may release it", async () => {
    const told = await one(
      `SELECT count(*) FILTER (WHERE "unknownValues" <> '{}')::int AS unknown, count(*) FILTER (WHERE status = 'on_hold')::int AS held,
         (SELECT count(*)::int FROM "Order" o2, jsonb_array_elements(o2.holds) h WHERE o2.shop = $1 AND coalesce(h->>'releasedBy', '') = '') AS mute
       FROM "Order" WHERE shop = $1`,
    );
    expect(told).toMatchObject({ unknown: 0, mute: 0 });
    expect(told["held"]).toBeGreaterThan(10);
  });

  test("a second dump of the same store finds nothing new, and processing everything twice again writes nothing", async () => {
    const before = await contents();
    expect(await dumpIntoCache(database.db.pool, store, shop)).toBe(0);
    expect((await processAll(database.db.pool, shop)).orders.processed).toBe(0);
    for (let again = 0; again < 2; again++) {
      for (const table of ["ShopifyOrderCache", "ShopifyProductCache", "ShopifyCustomerCache"])
        await database.db.pool.query(`UPDATE "${table}" SET "processedAt" = NULL WHERE shop = $1`, [shop]);
      const { orders } = await processAll(database.db.pool, shop);
      expect(orders).toMatchObject({ processed: 3000, unchanged: 3000 });
      expect(await contents()).toEqual(before);
    }
  }, 120_000);
});
