/** What waits in the delivery log is handled, without whoever is to be forgotten, and of everybody else as it came. */
import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { customerPayload, orderOfPerson, textsOf, zubeida, type APerson } from "#tests/fixtures/a-person.ts";
import {
  bringProducts,
  deliver,
  handleAllNews,
  now,
  processAll,
  putAside,
} from "#tests/fixtures/a-shop-that-knows.ts";
import { tablesThatHold } from "#tests/fixtures/every-text.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { redactCustomer } from "./redact-customer.server.ts";

const shop = "kurta-house.myshopify.com";
/** Of the same family: lives in the same house and answers the same telephone. */
const brother: APerson = {
  ...zubeida,
  ...{ id: "8800223344", first: "Ferdinandbhai", last: "Ottokarwala", email: "ferdi@example.org" },
};

const forget = (pool: Pool, orderIds: readonly string[] = []) =>
  redactCustomer(pool, {
    ...{ shop, customerId: zubeida.id, email: zubeida.email, phone: zubeida.phone, orderIds, now },
  });

/** Known by one order each: the person's 1001, the brother's 2001. */
async function aFamily(pool: Pool) {
  await pool.query(`INSERT INTO "Shop" (shop, currency, "installedAt") VALUES ($1, 'INR', '2020-01-01')`, [
    shop,
  ]);
  await bringProducts(pool, shop);
  for (const [person, id] of [
    [zubeida, "1001"],
    [brother, "2001"],
  ] as const)
    await deliver(pool, {
      ...{ shop, topic: "orders/create", kind: "order" },
      body: orderOfPerson(person, { id, lines: [{ id: `${id}1` }] }, "rest"),
    });
  await processAll(pool, shop);
}

const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql, [shop])).rows;
const bodies = async (pool: Pool) =>
  (
    await rows(
      pool,
      `SELECT topic, body, outcome FROM "WebhookDelivery" WHERE shop = $1 AND outcome <> 'stored' ORDER BY topic`,
    )
  ).map(({ topic, body, outcome }) => ({
    topic,
    outcome,
    body: body === null ? null : String(body as Buffer),
  }));

test("a record of somebody who shares house and telephone waits as it came, and becomes their order", async ({
  database: { pool },
}) => {
  await aFamily(pool);
  const body = orderOfPerson(brother, { id: "2002", lines: [{ id: "21" }] }, "rest");
  await putAside(pool, { shop, id: "2002", body });
  await forget(pool);
  expect(await bodies(pool)).toEqual([{ topic: "orders/create", outcome: "news", body }]);
  await handleAllNews(pool, shop);
  await processAll(pool, shop);
  expect(
    await rows(
      pool,
      `SELECT "customerEmail" AS email, "shippingAddress"->>'address1' AS street FROM "Order" WHERE shop = $1 AND "shopifyOrderId" = '2002'`,
    ),
  ).toEqual([{ email: brother.email, street: zubeida.street }]);
});

test("the person's own record, given up or not, waits without them and becomes an order", async ({
  database: { pool },
}) => {
  await aFamily(pool);
  await putAside(pool, {
    ...{ shop, id: "1002" },
    body: orderOfPerson(zubeida, { id: "1002", lines: [{ id: "12", price: "70.00" }] }, "rest"),
  });
  // Tried seven times, and left to somebody's Retry.
  await pool.query(
    `UPDATE "WebhookDelivery" SET attempts = 7, "quarantinedAt" = now(), "errorCode" = 'INTERNAL' WHERE outcome = 'news'`,
  );
  await forget(pool);
  expect(await tablesThatHold(pool, [zubeida.first, zubeida.email])).toEqual([]);
  await pool.query(
    `UPDATE "WebhookDelivery" SET "quarantinedAt" = NULL WHERE outcome = 'news' AND "errorCode" = 'INTERNAL'`,
  );
  await handleAllNews(pool, shop);
  await processAll(pool, shop);
  const told = await rows(
    pool,
    `SELECT "shopifyOrderId" AS id, "totalAmount" AS total, "customerEmail" AS email FROM "Order" WHERE shop = $1 AND "shopifyOrderId" = '1002'`,
  );
  expect(told).toEqual([{ id: "1002", total: "70.00", email: null }]);
  expect(await rows(pool, `SELECT id FROM "ShopifyFetchRequest" WHERE shop = $1`)).toEqual([]);
});

test("the person's own customer record does not wait for anything", async ({ database: { pool } }) => {
  await aFamily(pool);
  const body = customerPayload(zubeida, "rest", "2026-11-21T10:00:00Z");
  await ingestDelivery(pool, {
    ...{
      shop,
      topic: "customers/update",
      webhookId: "w1",
      eventId: null,
      apiVersion: "2026-10",
      triggeredAt: null,
    },
    ...{ body: Buffer.from(body), kind: "customer", recordId: zubeida.id, isNews: true, payload: null, now },
  });
  await forget(pool);
  expect(await bodies(pool)).toEqual([{ topic: "customers/update", outcome: "redacted", body: null }]);
});

test("news of others is handled: what it is about stays, the quotation goes", async ({
  database: { pool },
}) => {
  await aFamily(pool);
  const tell = (topic: string, body: object) => deliver(pool, { shop, topic, body: JSON.stringify(body) });
  const gid = (id: string) => `gid://shopify/Customer/${id}`;
  const merge = {
    admin_graphql_api_customer_kept_id: gid("555000111"),
    admin_graphql_api_customer_deleted_id: gid("555000222"),
  };
  const place = { id: 5, name: "Shop at home", active: true, address1: zubeida.street };
  await tell("customers/merge", { ...merge, note: `called from ${zubeida.phone}` });
  await tell("refunds/create", { id: 7, order_id: 2001, note: `for ${zubeida.email}` });
  await tell("fulfillments/create", { id: 7, order_id: 1001, destination: { phone: zubeida.phone } });
  // Somebody's id is anybody's number: here an amount.
  const counted = { id: 8, order_id: 2001, amount: Number(zubeida.id) };
  await tell("order_transactions/create", counted);
  await tell("locations/create", place);
  await tell("customers/redact", { customer: { id: 1, phone: zubeida.phone }, orders_to_redact: [] });
  await forget(pool);
  expect(
    (await bodies(pool)).map(({ body, ...rest }) => ({
      ...rest,
      body: body && (JSON.parse(body) as unknown),
    })),
  ).toEqual([
    { topic: "customers/merge", outcome: "news", body: merge },
    {
      topic: "customers/redact",
      outcome: "news",
      body: { customer: { id: 1, phone: zubeida.phone }, orders_to_redact: [] },
    },
    { topic: "fulfillments/create", outcome: "redacted", body: null },
    { topic: "locations/create", outcome: "news", body: place },
    { topic: "order_transactions/create", outcome: "news", body: counted },
    { topic: "refunds/create", outcome: "news", body: { id: 7, order_id: 2001, note: "[removed]" } },
  ]);
  await handleAllNews(pool, shop);
  expect(
    await rows(pool, `SELECT id, "needsFetch" AS ask FROM "ShopifyOrderCache" WHERE shop = $1 ORDER BY id`),
  ).toEqual([
    { id: "1001", ask: "News: fulfillments/create" },
    { id: "2001", ask: "News: order_transactions/create, refunds/create" },
  ]);
  const merged = await rows(
    pool,
    `SELECT kept."shopifyCustomerId" AS kept FROM "Customer" gone JOIN "Customer" kept ON kept.shop = $1 AND kept.id = gone."mergedIntoId"
     WHERE gone.shop = $1 AND gone."shopifyCustomerId" = '555000222'`,
  );
  expect(merged).toEqual([{ kept: "555000111" }]);
  expect(await rows(pool, `SELECT name FROM "ShopifyLocation" WHERE shop = $1`)).toEqual([
    { name: "Shop at home" },
  ]);
});

test("a body nobody can read goes, and no telephone in it is taken for an order", async ({
  database: { pool },
}) => {
  await aFamily(pool);
  const { email, phone } = zubeida;
  await deliver(pool, {
    shop,
    topic: "orders/updated",
    body: `{"id": 1001, "phone": "${phone}", "email": "${email}`,
  });
  const elsewhere = `{"id": 2001, "at": "Tamarind Crescent`;
  await deliver(pool, { shop, topic: "orders/updated", body: elsewhere });
  await forget(pool);
  expect(new Set((await bodies(pool)).map(({ body }) => body))).toEqual(new Set([null, elsewhere]));
  expect(await rows(pool, `SELECT id FROM "ShopifyFetchRequest" WHERE shop = $1`)).toEqual([]);
  expect(
    await rows(pool, `SELECT id FROM "ShopifyOrderCache" WHERE shop = $1 AND "needsFetch" IS NOT NULL`),
  ).toEqual([{ id: "1001" }]);
});

test("many thousand orders of one person, and a log of more than a page", async ({ database: { pool } }) => {
  await aFamily(pool);
  const ids = Array.from({ length: 40_000 }, (_, i) => String(5_000_000_000_000 + i));
  await pool.query(
    `INSERT INTO "WebhookDelivery" (shop, "webhookId", topic, "receivedAt", outcome, body)
     SELECT $1, 'w' || n, 'refunds/create', now(), 'news', convert_to(format('{"id": 1, "order_id": %s}', 5000000039000 + n), 'UTF8')
     FROM generate_series(1, 1500) n`,
    [shop],
  );
  await forget(pool, ids);
  expect(
    await rows(
      pool,
      `SELECT outcome, count(*) AS of FROM "WebhookDelivery" WHERE shop = $1 AND topic = 'refunds/create' GROUP BY 1 ORDER BY 1`,
    ),
  ).toEqual([
    { outcome: "news", of: 501 },
    { outcome: "redacted", of: 999 },
  ]);
}, 30_000);

test("a text is found however its bytes and its JSON write it", async ({ database: { pool } }) => {
  const devi: APerson = { ...zubeida, first: "ज़ुबैदा", last: "क़ादिरी", street: "४१ गुलमोहर \\ टेरेस & Sons" };
  await pool.query(`INSERT INTO "Shop" (shop, currency, "installedAt") VALUES ($1, 'INR', '2020-01-01')`, [
    shop,
  ]);
  await deliver(pool, {
    ...{ shop, topic: "orders/create", kind: "order" },
    body: orderOfPerson(devi, { id: "1001", lines: [{ id: "11" }] }, "rest"),
  });
  const escaped = JSON.stringify({ id: 7, order_id: 2001, note: `to ${devi.street}` }).replaceAll(
    "&",
    "\\u0026",
  );
  await deliver(pool, { shop, topic: "refunds/create", body: escaped });
  await deliver(pool, {
    shop,
    topic: "refunds/create",
    body: JSON.stringify({ id: 8, order_id: 2001, note: `${devi.first} ${devi.last}` }),
  });
  await forget(pool);
  expect(await tablesThatHold(pool, textsOf(devi))).toEqual([]);
  for (const { body } of await bodies(pool)) expect(body).toContain(`"note":"[removed]"`);
});
