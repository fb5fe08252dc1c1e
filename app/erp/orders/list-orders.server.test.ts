import { expect } from "vitest";
import { bringManyOrders } from "#tests/fixtures/many-orders.ts";
import { explaining } from "#tests/setup/explaining.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { listOrders } from "./list-orders.server.ts";

const shop = "a-shop.myshopify.com";

test("no page of orders is found by sorting or reading them all", async ({ database: { pool } }) => {
  await bringManyOrders(pool, shop);
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
