import type { Pool } from "pg";
import { expect } from "vitest";
import type { Db } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { listOrders } from "./list-orders.server.ts";

const shop = "a-shop.myshopify.com";

/** Many orders, of which a dump wrote thousands in one instant; a few are held. */
async function bringOrders(pool: Pool): Promise<void> {
  const zero = [
    ...[
      "totalAmount",
      "currentTotalAmount",
      "subtotalAmount",
      "discountAmount",
      "taxAmount",
      "shippingAmount",
    ],
    ...["tipAmount", "dutiesAmount", "receivedAmount", "refundedAmount", "outstandingAmount"],
    ...["presentmentTotalAmount", "presentmentCurrentTotalAmount", "presentmentOutstandingAmount"],
    ...["moneyDifference", "presentmentMoneyDifference", "amountToCollect"],
  ];
  await pool.query(
    `insert into "Order" (shop, "shopifyOrderId", "orderNumber", status, holds, currency, "presentmentCurrency", "taxesIncluded",
       "paymentMethod", "orderDate", "shopifyCreatedAt", "outputHash", "updatedAt", ${zero.map((one) => `"${one}"`).join(", ")})
     select $1, (5000000 + n)::text, '#' || n, 'open', case when n % 2500 = 0 then '[{"kind": "no_sku"}]' else '[]' end::jsonb,
       'INR', 'INR', true, 'COD', at, at, '', timestamptz '2026-11-20' + n / 4000 * interval '1 minute', ${zero.map(() => "0").join(", ")}
       from (select n, timestamptz '2026-01-01' + n * interval '1 minute' as at from generate_series(1, 20000) n) many`,
    [shop],
  );
  await pool.query(`analyze "Order"`);
}

type Plan = { "Node Type": string; "Plan Rows": number; "Index Name"?: string; Plans?: Plan[] };

/** The steps by which the database would answer what is asked through it. */
function explaining(pool: Pool) {
  const steps: Plan[] = [];
  const collect = (plan: Plan): void => {
    steps.push(plan);
    plan.Plans?.forEach(collect);
  };
  const db: Db = {
    async query(query, values) {
      const text = typeof query === "string" ? query : query.text;
      const { rows } = await pool.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
        `explain (format json) ${text}`,
        values,
      );
      for (const row of rows) collect(row["QUERY PLAN"][0].Plan);
      return pool.query(query, values);
    },
  };
  return { db, steps };
}

test("no page of orders is found by sorting or reading them all", async ({ database: { pool } }) => {
  await bringOrders(pool);
  const base = { shop, limit: 51, includeTest: false };
  const middle = new Date("2026-01-08T00:00:00Z");
  const since = new Date("2026-11-20T00:01:00Z");
  const byCreation = "Order_shop_shopifyCreatedAt_idx";
  const byChange = "Order_shop_updatedAt_shopifyOrderId_idx";
  for (const [index, asked] of [
    [byCreation, {}],
    [byCreation, { after: { at: middle, id: "5010000" } }],
    [byCreation, { paymentMethod: "COD", status: "open", createdFrom: middle }],
    ["Order_held", { onHold: true }],
    ["Order_held", { onHold: true, after: { at: middle, id: "5010000" } }],
    ["Order_shop_orderNumber_idx", { number: "1234" }],
    [byChange, { updatedSince: since }],
    [byChange, { updatedSince: since, after: { at: since, id: "5006000" } }],
  ] as const) {
    const { db, steps } = explaining(pool);
    const rows = await listOrders(db, { ...base, ...asked });
    expect(rows.length, JSON.stringify(asked)).toBeGreaterThan(0);
    const read = steps.filter(({ Plans: below = [] }) => below.length === 0);
    expect(
      read.map((step) => step["Index Name"]),
      JSON.stringify(asked),
    ).toEqual([index]);
    // A handful may be sorted: those of one instant, those of one number.
    const sorted = steps.filter((step) => step["Node Type"] === "Sort").map((step) => step["Plan Rows"]);
    expect(Math.max(0, ...sorted), JSON.stringify(asked)).toBeLessThan(100);
  }
});
