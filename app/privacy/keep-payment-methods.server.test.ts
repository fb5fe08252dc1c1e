/** What the person's words decided of an order's payment stays decided when they are gone, and nothing else is. */
import type { Pool } from "pg";
import { expect } from "vitest";
import { orderOfPerson, zubeida } from "#tests/fixtures/a-person.ts";
import {
  deliver,
  handleAllNews,
  makeKnown,
  now,
  processAll,
  putAside,
} from "#tests/fixtures/a-shop-that-knows.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { redactCustomer } from "./redact-customer.server.ts";

const shop = "kurta-house.myshopify.com";
const { id: customerId, email, phone, first } = zubeida;

const ENGRAVED = { on: "attribute", name: "message", match: "words", text: "engrave", method: "COD" };
const FOR_HER = { on: "tag", match: "words", text: `for ${first}`, method: "COD" };
const MOON = { on: "gateway", match: "words", text: "moonpay", method: "Prepaid" };

async function aShop(pool: Pool, paymentRules: object[]) {
  await makeKnown(pool, shop, zubeida);
  await pool.query(`UPDATE "Shop" SET settings = $2 WHERE shop = $1`, [
    shop,
    JSON.stringify({ paymentRules }),
  ]);
}

async function order(pool: Pool, id: string, gateways: string[]) {
  await deliver(pool, {
    ...{ shop, topic: "orders/create", kind: "order" },
    body: orderOfPerson(zubeida, { id, lines: [{ id: `${id}1` }], gateways }, "rest"),
  });
}

const forget = (pool: Pool) => redactCustomer(pool, { shop, customerId, email, phone, orderIds: [], now });

async function paidBy(pool: Pool, id: string): Promise<unknown> {
  const { rows } = await pool.query(
    `SELECT "paymentMethod" AS method, "amountToCollect" AS collect,
       (SELECT coalesce(jsonb_agg(h->>'kind'), '[]') FROM jsonb_array_elements(holds) h) AS holds,
       (SELECT count(*)::int FROM "ErpFact" f WHERE f.shop = o.shop AND f."shopifyOrderId" = o."shopifyOrderId" AND f.kind = 'payment_method') AS kept
     FROM "Order" o WHERE shop = $1 AND "shopifyOrderId" = $2`,
    [shop, id],
  );
  return rows[0];
}

const COD = { method: "COD", collect: "100.00", holds: [] };

/** One of whose payment nothing is told but by its words. */
const told = (pool: Pool, id: string) => order(pool, id, []);

test.for([
  ["an attribute", ENGRAVED],
  ["a tag that names the person", FOR_HER],
] as const)(
  "COD told by %s stays COD when it is gone, also where no worker had seen the order yet",
  async ([, rule], { database: { pool } }) => {
    await aShop(pool, [rule]);
    await told(pool, "1006");
    await processAll(pool, shop);
    expect(await paidBy(pool, "1006")).toEqual({ ...COD, kept: 0 });
    await told(pool, "1007");
    await forget(pool);
    await processAll(pool, shop);
    for (const id of ["1006", "1007"]) expect(await paidBy(pool, id)).toEqual({ ...COD, kept: 1 });
  },
);

test("an order that waits for a rule on its gateway still waits, and follows the rule when it comes", async ({
  database: { pool },
}) => {
  const other = { ...ENGRAVED, text: "gift" };
  await aShop(pool, [other]);
  await order(pool, "1006", ["MoonPay"]);
  await processAll(pool, shop);
  const waiting = { method: "Prepaid", holds: ["unknown_gateway"], kept: 0 };
  expect(await paidBy(pool, "1006")).toMatchObject(waiting);
  await forget(pool);
  await processAll(pool, shop);
  expect(await paidBy(pool, "1006")).toMatchObject(waiting);
  await pool.query(`UPDATE "Shop" SET settings = $2 WHERE shop = $1`, [
    ...[shop, JSON.stringify({ paymentRules: [other, MOON] })],
  ]);
  await pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = NULL WHERE shop = $1`, [shop]);
  await processAll(pool, shop);
  expect(await paidBy(pool, "1006")).toMatchObject({ method: "Prepaid", holds: [], kept: 0 });
});

const early = "2026-11-20T10:00:00Z";
const late = "2026-11-20T12:00:00Z";

type Telling = { at?: string; gateways?: string[]; says?: boolean };

/** A webhook's body about her order; one that `says` nothing has lost its attributes. */
function body(id: string, { at = early, gateways = ["MoonPay"], says = true }: Telling): string {
  const text = orderOfPerson(zubeida, { id, at, lines: [{ id: `${id}1` }], gateways }, "rest");
  return says ? text : JSON.stringify({ ...(JSON.parse(text) as object), note_attributes: [] });
}

const CASH = { on: "gateway", match: "words", text: "cash on delivery", method: "COD" };
const PREPAID = { method: "Prepaid", collect: "0.00", holds: [] };

test.for<[what: string, entry: Telling | null, waiting: Telling, paid: object]>([
  ["the only copy there is", null, {}, { ...COD, kept: 1 }],
  ["newer than its entry", { says: false }, { at: late }, { ...COD, kept: 1 }],
  ["older than its entry, which told otherwise", { at: late, says: false }, {}, { ...PREPAID, kept: 0 }],
  [
    "older than its entry, and named a gateway that stays seen",
    { at: late },
    { gateways: ["Cash on Delivery (COD)"] },
    { ...COD, kept: 0 },
  ],
])("a record that waits in the delivery log is heard: %s", async ([, entry, waiting, paid], { database }) => {
  const { pool } = database;
  await aShop(pool, [MOON, CASH, ENGRAVED]);
  if (entry) await deliver(pool, { shop, topic: "orders/create", kind: "order", body: body("1008", entry) });
  await putAside(pool, { shop, id: "1008", body: body("1008", waiting) });
  await forget(pool);
  await handleAllNews(pool, shop);
  await processAll(pool, shop);
  expect(await paidBy(pool, "1008")).toEqual(paid);
});

test("a record that waits and cannot be read takes nothing from what was known before it", async ({
  database: { pool },
}) => {
  await aShop(pool, [MOON, ENGRAVED]);
  await deliver(pool, { shop, topic: "orders/create", kind: "order", body: body("1008", {}) });
  await processAll(pool, shop);
  const unreadable = { ...(JSON.parse(body("1008", { at: late })) as object), total_price: "a lot" };
  await putAside(pool, { shop, id: "1008", body: JSON.stringify(unreadable) });
  await forget(pool);
  await processAll(pool, shop);
  expect(await paidBy(pool, "1008")).toEqual({ ...COD, kept: 1 });
});

test("what its gateway tells needs nothing kept, and what a person said stands", async ({
  database: { pool },
}) => {
  await aShop(pool, [{ ...MOON, text: "cash on delivery", method: "COD" }, ENGRAVED]);
  await order(pool, "1006", ["Cash on Delivery (COD)"]);
  await told(pool, "1007");
  await pool.query(
    `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, details, actor) VALUES ($1, '1007', 'payment_method', '{"method": "Prepaid"}', 'Ravi')`,
    [shop],
  );
  await processAll(pool, shop);
  await forget(pool);
  await processAll(pool, shop);
  expect(await paidBy(pool, "1006")).toEqual({ ...COD, kept: 0 });
  expect(await paidBy(pool, "1007")).toMatchObject({ method: "Prepaid", kept: 1 });
});

test("settings that nobody can read keep nobody from being forgotten, and what had been decided stays", async ({
  database: { pool },
}) => {
  await aShop(pool, [ENGRAVED]);
  await told(pool, "1006");
  await processAll(pool, shop);
  await pool.query(`UPDATE "Shop" SET settings = '{"paymentRules": 7}' WHERE shop = $1`, [shop]);
  await forget(pool);
  await pool.query(`UPDATE "Shop" SET settings = '{}' WHERE shop = $1`, [shop]);
  await processAll(pool, shop);
  expect(await paidBy(pool, "1006")).toEqual({ ...COD, kept: 1 });
});
