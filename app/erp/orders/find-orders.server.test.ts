import { expect } from "vitest";
import { everyRow } from "#app/lib/every-row.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import { bringManyOrders } from "#tests/fixtures/many-orders.ts";
import { explaining } from "#tests/setup/explaining.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findOrders, type FindOrdersOptions } from "./find-orders.server.ts";
import { orderSorts } from "./order-list-row.ts";

const shop = "a-shop.myshopify.com";
const everything: FindOrdersOptions = {
  ...{ shop, search: "", choices: {}, created: {}, timeZone: "Asia/Kolkata", sort: "created desc" },
  ...{ at: null, limit: 50 },
};

const byCreation = "Order_shop_shopifyCreatedAt_idx";
const byChange = "Order_shop_updatedAt_shopifyOrderId_idx";
const byStatus = "Order_shop_status_shopifyCreatedAt_idx";
const middle = { side: "after", key: ["2026-01-08T00:00:00.000Z", "5010000"] } as const;

test("no page is found by sorting or reading them all, whatever is asked", async ({ database: { pool } }) => {
  await bringManyOrders(pool, shop);
  for (const [indexes, asked] of [
    [[byCreation], {}],
    [[byCreation], { at: middle }],
    [[byCreation], { at: { ...middle, side: "before" } }],
    [[byCreation], { sort: "created asc" }],
    [[byChange], { sort: "updated desc" }],
    [[byCreation], { created: { from: "2026-01-03", to: "2026-01-05" } }],
    [[byStatus], { choices: { status: ["rto"] } }],
    [["Order_held"], { choices: { held: ["yes"] } }],
    [["Order_stop_ship"], { choices: { stopShip: ["yes"] } }],
    [["Order_test"], { choices: { test: ["yes"] } }],
    [["Order_archived"], { choices: { archived: ["yes"] } }],
    [["Order_money_difference"], { choices: { difference: ["yes"] } }],
    [["Order_to_collect"], { choices: { collect: ["yes"], payment: ["COD"] } }],
    [["Order_held"], { choices: { held: ["yes"] }, sort: "updated desc" }],
  ] as const) {
    const { db, steps } = explaining(pool);
    const { rows } = await findOrders(db, { ...everything, ...asked } as FindOrdersOptions);
    const name = JSON.stringify(asked);
    expect(rows.length, name).toBeGreaterThan(0);
    expect(
      steps.flatMap((step) => step["Index Name"] ?? []),
      name,
    ).toEqual(indexes);
    expect(
      steps.some((step) => step["Node Type"] === "Seq Scan"),
      name,
    ).toBe(false);
    const sorted = steps.filter((step) => step["Node Type"] === "Sort").map((step) => step["Plan Rows"]);
    expect(Math.max(0, ...sorted), name).toBeLessThan(200);
  }
});

test("a rare word is found by the index of words, a common one along the list's own order", async ({
  database: { pool },
}) => {
  await bringManyOrders(pool, shop);
  const indexesOf = async (search: string) => {
    const { db, steps } = explaining(pool);
    const { rows } = await findOrders(db, { ...everything, search });
    expect(rows.length, search).toBeGreaterThan(0);
    return steps.flatMap((step) => step["Index Name"] ?? []);
  };
  expect(await indexesOf("9000007919")).toContain("Order_search");
  expect(await indexesOf("asha rao")).toContain("Order_search");
  expect((await indexesOf("exam")).at(-1)).toBe(byCreation);
});

test("an order is found by its number, its AWB, Shopify's id, and words of its customer", async ({
  database: { pool },
}) => {
  await bringManyOrders(pool, shop, { from: 1001, to: 1002 });
  await bringManyOrders(pool, shop, { from: 10010, to: 10010 });
  await pool.query(
    `update "Order" set "customerName" = 'Zoë D''Souza-Łuk', "customerEmail" = 'zoe_d@example.in', "customerPhone" = '(613) 555-0100'
     where "orderNumber" = '#1002'`,
  );
  await pool.query(
    `insert into "Parcel" (shop, "shopifyOrderId", id, state, origin, "awbNumber") values ($1, '5010010', 'p', 'in_transit', 'shopify', 'AWB77')`,
    [shop],
  );
  for (const [search, numbers] of [
    ["1001", ["#1001"]],
    ["#1001", ["#1001"]],
    ["5001002", ["#1002"]],
    ["awb 77", ["#10010"]],
    ["zo", []],
    ["Zoë", ["#1002"]],
    ["souza d", ["#1002"]],
    ["zoe_d@example.in", ["#1002"]],
    ["+1 613 555 0100", ["#1002"]],
    ["613-555-0100", ["#1002"]],
    ["61355501", ["#1002"]],
    ["nobody", []],
    ["'); drop table x; -- & | ! :*", []],
    ["\\", []],
    ["?", []],
  ] as const) {
    const { rows } = await findOrders(pool, { ...everything, search });
    expect(
      rows.map((row) => row.orderNumber),
      search,
    ).toEqual(numbers);
    const elsewhere = await findOrders(pool, { ...everything, search, shop: "other.myshopify.com" });
    expect(elsewhere.rows, search).toEqual([]);
  }
});

test("every sort pages through all orders once, and back again", async ({ database: { pool } }) => {
  await bringManyOrders(pool, shop, { from: 7000, to: 9998 });
  for (const sort of orderSorts) {
    const seen: string[] = [];
    for await (const rows of everyRow((at) => findOrders(pool, { ...everything, sort, at, limit: 300 })))
      seen.push(...rows.map(({ id }) => id));
    expect(new Set(seen).size, sort).toBe(2999);
    expect(seen.length, sort).toBe(2999);
    const first = await findOrders(pool, { ...everything, sort });
    const second = await findOrders(pool, { ...everything, sort, at: after(first.next) });
    const back = await findOrders(pool, {
      ...everything,
      sort,
      at: { ...after(second.previous), side: "before" },
    });
    expect(back.rows, sort).toEqual(first.rows);
  }
});

function after(cursor: string | null) {
  if (cursor === null) throw new Error("there is no such page");
  return { side: "after" as const, key: readCursorText(cursor) as string[] };
}

test("days are the shop's own, both included; a day there never was asks nothing", async ({
  database: { pool },
}) => {
  await bringManyOrders(pool, shop, { to: 4000 });
  const created = { from: "2026-01-02", to: "2026-01-02" };
  const {
    rows: [last],
  } = await findOrders(pool, { ...everything, created });
  const {
    rows: [first],
  } = await findOrders(pool, { ...everything, created, sort: "created asc" });
  expect([first?.shopifyCreatedAt, last?.shopifyCreatedAt]).toEqual([
    "2026-01-01T18:30:00.000Z",
    "2026-01-02T18:29:00.000Z",
  ]);
  const none = await findOrders(pool, { ...everything, created: { from: "2026-02-30" } });
  expect(none.rows).toHaveLength(50);
});

test("orders whose goods are on their way back are found by their case", async ({ database: { pool } }) => {
  await bringManyOrders(pool, shop, { to: 4000 });
  const { rows } = await findOrders(pool, { ...everything, choices: { returns: ["open"] }, limit: 100 });
  expect(rows).toHaveLength(10);
  const done = await findOrders(pool, { ...everything, choices: { returns: ["done"] } });
  expect(done.rows).toEqual([]);
});

test("a row says why it is held and what is to be collected, exactly", async ({ database: { pool } }) => {
  await bringManyOrders(pool, shop, { to: 4000 });
  await pool.query(
    `update "Order" set "amountToCollect" = 9007199254740993.25 where "orderNumber" = '#2500'`,
  );
  const {
    rows: [row],
  } = await findOrders(pool, { ...everything, search: "#2500" });
  expect(row).toMatchObject({
    ...{ holds: ["No SKU for: Shirt"], amountToCollect: "9007199254740993.25", hasDifference: false },
    ...{ paymentMethod: "COD", status: "on_hold", customerName: "Asha Patel" },
  });
});

test("an order that is delivered is held by nothing, whatever is still written", async ({
  database: { pool },
}) => {
  await bringManyOrders(pool, shop, { from: 2500, to: 2500 });
  const numbers = async (held: "yes" | "no") => {
    const { rows } = await findOrders(pool, { ...everything, choices: { held: [held] } });
    return rows.map(({ orderNumber, holds }) => [orderNumber, holds.length]);
  };
  expect(await numbers("yes")).toEqual([["#2500", 1]]);
  await pool.query(`update "Order" set status = 'delivered'`);
  expect(await numbers("yes")).toEqual([]);
  expect(await numbers("no")).toEqual([["#2500", 0]]);
});
