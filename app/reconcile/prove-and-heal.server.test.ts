import { expect } from "vitest";

import type { Database } from "#app/lib/db.server.ts";
import { aShopWithOrders } from "#tests/fixtures/a-shop-with-orders.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { askForOrders } from "./ask-for-orders.server.ts";
import { loadProofLine } from "./load-proof-line.server.ts";
import { proveAndHeal, type HealOrders } from "./prove-and-heal.server.ts";

const DAY = "2026-11-20";
const AT_NOON = "2026-11-20T06:30:00Z";
const CHECKED = new Date("2026-11-21T05:12:00Z");
const orders = [
  { id: 1, createdAt: AT_NOON },
  { id: 2, createdAt: AT_NOON, price: "250.50" },
];

async function aSyncedShop(database: Database) {
  const synced = await aShopWithOrders(database, { orders });
  await synced.sync();
  const { shop, client } = synced;
  const clock = { now: CHECKED };
  const context = { database, now: () => clock.now };
  const check = (heal: HealOrders) => proveAndHeal(context, { shop, client, day: DAY, heal });
  const line = () => loadProofLine(database.pool, { shop, now: clock.now });
  /** As if nothing had ever told us of the order. */
  const lose = async (id: string) => {
    for (const table of ["Order", "OrderLine", "OrderCharge", "OrderPayment"])
      await database.pool.query(`delete from "${table}" where shop = $1 and "shopifyOrderId" = $2`, [
        shop,
        id,
      ]);
    await database.pool.query(`delete from "ShopifyOrderCache" where shop = $1 and id = $2`, [shop, id]);
  };
  return { ...synced, clock, check, line, lose };
}

const nothing: HealOrders = () => Promise.resolve();

test("a missing order is fetched at once, and the proof that is kept has it", async ({ database }) => {
  const { check, line, lose, sync } = await aSyncedShop(database);
  await lose("2");
  const healed: unknown[] = [];
  await check(async (ids, { missing, differing }) => {
    healed.push({ ids, missing, differing });
    expect((await line()).proof).toMatchObject({ missing: ["2"], erpOrders: 1, erpTotal: "100.00" });
    await sync();
  });
  expect(healed).toEqual([{ ids: ["2"], missing: ["2"], differing: [] }]);
  expect((await line()).proof).toMatchObject({
    ...{ missing: [], shopifyOrders: 2, shopifyTotal: "350.50", erpOrders: 2, erpTotal: "350.50" },
  });
});

test("a total that is off by a paisa is found and healed", async ({ database }) => {
  const { check, line, sync, simulator } = await aSyncedShop(database);
  const money = { amount: "100.01", currencyCode: "INR" };
  simulator.store.change(
    "gid://shopify/Order/1",
    { currentTotalPriceSet: { shopMoney: money, presentmentMoney: money } },
    new Date("2026-11-20T09:00:00Z"),
  );
  const healed: string[][] = [];
  await check(async (ids, { differing }) => {
    healed.push(ids, differing);
    await sync();
  });
  expect(healed).toEqual([["1"], ["1"]]);
  expect((await line()).proof).toMatchObject({ differing: [], shopifyTotal: "350.51", erpTotal: "350.51" });
});

test("where nothing is wrong, nothing is healed", async ({ database }) => {
  const { check } = await aSyncedShop(database);
  await check(() => Promise.reject(new Error("there was nothing to heal")));
});

test("an order whose row is gone while its entry counts as processed is processed again", async ({
  database,
}) => {
  const { check, shop } = await aSyncedShop(database);
  await database.pool.query(`delete from "Order" where shop = $1 and "shopifyOrderId" = '1'`, [shop]);
  expect(await check(nothing)).toMatchObject({ missing: ["1"], pending: 1 });
});

test("a check without Shopify does not replace a complete proof, and the first one of a day is kept", async ({
  database,
}) => {
  const { check, line, clock, simulator } = await aSyncedShop(database);
  simulator.faults.add({ kind: "http-5xx" });
  await check(nothing);
  expect((await line()).proof).toMatchObject({ shopifyOrders: null, shopifyTotal: null, erpOrders: 2 });

  simulator.faults.clear();
  clock.now = new Date("2026-11-21T06:00:00Z");
  await check(nothing);
  simulator.faults.add({ kind: "http-5xx" });
  clock.now = new Date("2026-11-21T07:00:00Z");
  expect(await check(nothing)).toMatchObject({ shopifyOrders: null });
  expect((await line()).proof).toMatchObject({
    ...{ shopifyOrders: 2, problem: null, checkedAt: "2026-11-21T06:00:00.000Z" },
  });
});

test("a check that began before the one that is kept does not replace it", async ({ database }) => {
  const { check, line, clock, lose } = await aSyncedShop(database);
  await check(nothing);
  await lose("2");
  clock.now = new Date(CHECKED.getTime() - 1);
  await check(nothing);
  expect((await line()).proof).toMatchObject({ missing: [], checkedAt: CHECKED.toISOString() });
});

test("what was found stands although the healing fails", async ({ database }) => {
  const { check, line, lose } = await aSyncedShop(database);
  await lose("2");
  await expect(check(() => Promise.reject(new Error("no way to fetch")))).rejects.toThrow("no way to fetch");
  expect((await line()).proof).toMatchObject({ missing: ["2"] });
});

test("a shop whose currency is not known yet has that of its orders", async ({ database }) => {
  const { check, shop } = await aSyncedShop(database);
  await database.pool.query(`update "Shop" set currency = null where shop = $1`, [shop]);
  expect(await check(nothing)).toMatchObject({
    currency: "INR",
    shopifyTotalMinor: 35_050,
    erpTotalMinor: 35_050,
  });
});

test("the line says whether yesterday was checked, and when a check is old", async ({ database }) => {
  const { check, line, clock, shop } = await aSyncedShop(database);
  expect(await line()).toEqual({
    ...{
      day: DAY,
      isYesterday: true,
      timeZone: "Asia/Kolkata",
      state: "never",
      lastCheckedDay: null,
      proof: null,
    },
  });
  await check(nothing);
  expect(await line()).toMatchObject({ state: "fresh", lastCheckedDay: DAY });
  // Half past midnight in India, on the day after.
  clock.now = new Date("2026-11-21T19:00:00Z");
  expect(await line()).toMatchObject({ day: "2026-11-21", state: "never", lastCheckedDay: DAY });
  const old = await loadProofLine(database.pool, { shop, day: DAY, now: new Date("2026-11-22T06:12:01Z") });
  expect(old).toMatchObject({ state: "stale", isYesterday: false });
});

test("what the page finds is noted for the worker: the entry, or a request of its own", async ({
  database,
}) => {
  const { shop } = await aSyncedShop(database);
  const ask = () =>
    askForOrders(database.pool, { shop, day: DAY, missing: ["2", "8"], differing: ["1", "9"] }, CHECKED);
  await ask();
  // Checked by hand, what an earlier failure put off is due at once.
  await database.pool.query(`update "ShopifyOrderCache" set "nextFetchAt" = now() + interval '1 day'`);
  await database.pool.query(`update "ShopifyFetchRequest" set "nextFetchAt" = now() + interval '1 day'`);
  await ask();
  const entries = await database.pool.query(
    `select id, "needsFetch" from "ShopifyOrderCache" where shop = $1 and "needsFetch" is not null and "nextFetchAt" is null order by id`,
    [shop],
  );
  expect(entries.rows).toEqual([{ id: "1", needsFetch: "Differs from Shopify's total" }]);
  const requests = await database.pool.query(
    `select kind, id, reason from "ShopifyFetchRequest" where shop = $1 and "nextFetchAt" is null order by id`,
    [shop],
  );
  expect(requests.rows).toEqual([
    { kind: "order", id: "8", reason: "Missing in the proof of 2026-11-20" },
    { kind: "order", id: "9", reason: "Differs from Shopify's total" },
  ]);
});
