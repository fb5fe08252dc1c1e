import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import type { CustomerData } from "./customer-news.ts";
import { processPendingCustomers } from "./process-pending-customers.server.ts";
import { upsertCustomersFromOrders } from "./upsert-customers-from-orders.server.ts";

const shop = "loom.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const later = new Date("2026-11-22T11:00:00Z");

function aNode(id: number, rest: Record<string, unknown> = {}) {
  return {
    __typename: "Customer",
    id: `gid://shopify/Customer/${String(id)}`,
    updatedAt: "2026-11-01T00:00:00Z",
    firstName: "Asha",
    lastName: "Rao",
    tags: ["vip"],
    state: "ENABLED",
    numberOfOrders: "1",
    amountSpent: { amount: "1234567890.10", currencyCode: "INR" },
    defaultEmailAddress: { emailAddress: `Asha${String(id)}@Example.in`, marketingState: "SUBSCRIBED" },
    defaultPhoneNumber: { phoneNumber: "98123 45678" },
    defaultAddress: { address1: "12 MG Road", city: "Pune", countryCodeV2: "IN" },
    ...rest,
  };
}

async function ingest(pool: Pool, nodes: { id: string; updatedAt: string }[], at = now) {
  const payloads = nodes.map((node) => ({
    id: node.id.split("/").at(-1) ?? "",
    shape: "bulk" as const,
    raw: JSON.stringify(node),
    shopifyUpdatedAt: node.updatedAt,
    triggeredAt: null,
  }));
  return ingestPayloads(pool, { shop, kind: "customer", source: "dump", payloads, now: at });
}

async function ingestWebhook(pool: Pool, body: Record<string, unknown>) {
  const payload = {
    id: String(body["id"]),
    shape: "rest" as const,
    raw: JSON.stringify({
      admin_graphql_api_id: `gid://shopify/Customer/${String(body["id"])}`,
      created_at: "2026-10-01T00:00:00Z",
      ...body,
    }),
    shopifyUpdatedAt: String(body["updated_at"]),
    triggeredAt: null,
  };
  return ingestPayloads(pool, { shop, kind: "customer", source: "webhook", payloads: [payload], now: later });
}

const process = (pool: Pool, at = now) => processPendingCustomers(pool, { shop, limit: 10_000, now: at });
const fromOrders = (pool: Pool, customers: CustomerData[], at = now) =>
  inTransaction(pool, (tx) => upsertCustomersFromOrders(tx, { shop, customers, now: at }));
async function rows(pool: Pool, columns: string): Promise<unknown[]> {
  const found = await pool.query<Record<string, unknown>>(
    `select ${columns} from "Customer" where shop = $1 order by "shopifyCustomerId" nulls first`,
    [shop],
  );
  return found.rows;
}

describe("a dump of customers", () => {
  test("becomes records of those with an order; done again it changes nothing", async ({
    database: { pool },
  }) => {
    await ingest(pool, [
      aNode(1),
      aNode(2, { numberOfOrders: "0" }),
      aNode(3, { defaultEmailAddress: null, defaultPhoneNumber: null, defaultAddress: null }),
    ]);
    expect(await process(pool)).toMatchObject({ processed: 3, created: 2, unchanged: 1, failed: 0 });
    expect(
      await rows(
        pool,
        `"shopifyCustomerId", email, phone, "acceptsMarketing", tags, "ordersCount", "totalSpent", currency, "defaultAddress"->>'city' as city`,
      ),
    ).toEqual([
      {
        shopifyCustomerId: "1",
        email: "asha1@example.in",
        phone: "+919812345678",
        acceptsMarketing: true,
        tags: ["vip"],
        ordersCount: 1,
        totalSpent: "1234567890.1",
        currency: "INR",
        city: "Pune",
      },
      {
        shopifyCustomerId: "3",
        email: null,
        phone: null,
        acceptsMarketing: false,
        tags: ["vip"],
        ordersCount: 1,
        totalSpent: "1234567890.1",
        currency: "INR",
        city: null,
      },
    ]);
    const before = await rows(pool, "xmin::text");
    await pool.query(`update "ShopifyCustomerCache" set "processedAt" = null`);
    expect(await process(pool, later)).toMatchObject({ processed: 3, unchanged: 3 });
    expect(await rows(pool, "xmin::text")).toEqual(before);
    expect((await pool.query(`select change from "ChangeFeed" where entity = 'customer'`)).rows).toEqual([
      { change: "created" },
      { change: "created" },
    ]);
  });

  test("S21: one email on 900 customers is 900 customers, by payloads and by orders", async ({
    database: { pool },
  }) => {
    await pool.query(`insert into "Customer" (shop, id, email) values ($1, 'walk-in', 'shop@example.in')`, [
      shop,
    ]);
    const email = { defaultEmailAddress: { emailAddress: "Shop@Example.in" }, defaultPhoneNumber: null };
    await ingest(
      pool,
      Array.from({ length: 450 }, (_, n) => aNode(n + 1, email)),
    );
    await process(pool);
    await fromOrders(
      pool,
      Array.from({ length: 450 }, (_, n) => ({
        shopifyCustomerId: String(n + 451),
        email: "shop@example.in",
        asOf: null,
      })),
    );
    expect(await rows(pool, `"shopifyCustomerId"`)).toHaveLength(901);
    expect(
      (await pool.query(`select count(distinct "shopifyCustomerId")::int as n from "Customer"`)).rows,
    ).toEqual([{ n: 900 }]);
  });

  test("a webhook changes what it says and keeps the rest", async ({ database: { pool } }) => {
    await ingest(pool, [aNode(1)]);
    await process(pool);
    await ingestWebhook(pool, {
      id: 1,
      updated_at: "2026-11-02T00:00:00Z",
      first_name: "Asha",
      last_name: "Iyer",
      email: "new@example.in",
      phone: null,
    });
    expect(await process(pool, later)).toMatchObject({ updated: 1 });
    expect(await rows(pool, `"lastName", email, phone, tags, "totalSpent"`)).toEqual([
      { lastName: "Iyer", email: "new@example.in", phone: null, tags: ["vip"], totalSpent: "1234567890.1" },
    ]);
  });

  test("the one record of that email without a Shopify id is attached, an ignored email never", async ({
    database: { pool },
  }) => {
    await pool.query(
      `insert into "Customer" (shop, id, email, note) values ($1, 'c1', 'asha1@example.in', 'kept'), ($1, 'c2', 'asha2@example.in', 'apart')`,
      [shop],
    );
    await pool.query(
      `insert into "Shop" (shop, currency, settings) values ($1, 'INR', '{"ignoredContacts":{"emails":["asha2@example.in"]}}')`,
      [shop],
    );
    const noPhone = { defaultPhoneNumber: null };
    await ingest(pool, [aNode(1, noPhone), aNode(2, noPhone)]);
    expect(await process(pool)).toMatchObject({ created: 1, updated: 1 });
    expect(await rows(pool, `id = 'c1' as attached, note, "shopifyCustomerId"`)).toEqual([
      { attached: false, note: "apart", shopifyCustomerId: null },
      { attached: true, note: "kept", shopifyCustomerId: "1" },
      { attached: false, note: null, shopifyCustomerId: "2" },
    ]);
  });
});

test("then by E.164 phone, however it is written; never by an ignored one, nor where two records have it", async ({
  database: { pool },
}) => {
  await pool.query(
    `insert into "Customer" (shop, id, phone) values ($1, 'c1', '+919812345678'), ($1, 'c2', '+919812345679'),
       ($1, 'c3', '+919812345670'), ($1, 'c4', '+919812345670')`,
    [shop],
  );
  await pool.query(
    `insert into "Shop" (shop, currency, settings) values ($1, 'INR', '{"ignoredContacts":{"phones":["098123 45679"]}}')`,
    [shop],
  );
  const phone = (phoneNumber: string) => ({ defaultPhoneNumber: { phoneNumber } });
  await ingest(pool, [
    aNode(1, phone("098123-45678")),
    aNode(2, phone("+91 98123 45679")),
    aNode(3, phone("9812345670")),
  ]);
  expect(await process(pool)).toMatchObject({ created: 2, updated: 1 });
  const attached = await pool.query(
    `select id from "Customer" where id like 'c_' and "shopifyCustomerId" is not null`,
  );
  expect(attached.rows).toEqual([{ id: "c1" }]);
});

describe("customers that orders name", () => {
  test("get a record, and their cached payload, which knows more, is taken up", async ({
    database: { pool },
  }) => {
    await ingestWebhook(pool, {
      id: 7,
      updated_at: "2026-11-02T00:00:00Z",
      first_name: "Asha",
      last_name: "Rao",
      note: "ring twice",
      state: "enabled",
    });
    expect(await process(pool)).toMatchObject({ unchanged: 1 });
    const ids = await fromOrders(pool, [
      { shopifyCustomerId: "7", firstName: "Asha", lastName: "Rao", asOf: "2026-11-02T00:00:00Z" },
    ]);
    expect([...ids.keys()]).toEqual(["7"]);
    expect(await process(pool, later)).toMatchObject({ updated: 1 });
    expect(await rows(pool, `note, state`)).toEqual([{ note: "ring twice", state: "ENABLED" }]);
  });

  test("several orders of one customer are one record with the newest contact, an older order changes nothing", async ({
    database: { pool },
  }) => {
    await fromOrders(pool, [
      { shopifyCustomerId: "8", email: "new@x.in", asOf: "2026-11-03T00:00:00+05:30" },
      { shopifyCustomerId: "8", email: "old@x.in", asOf: "2026-11-01T00:00:00Z" },
    ]);
    await fromOrders(
      pool,
      [{ shopifyCustomerId: "8", email: "older@x.in", asOf: "2026-10-01T00:00:00Z" }],
      later,
    );
    expect(await rows(pool, "email")).toEqual([{ email: "new@x.in" }]);
  });

  test("keep what a newer order confirmed, when an older order with other contact details comes late", async ({
    database: { pool, prisma },
  }) => {
    const ids = await fromOrders(pool, [
      { shopifyCustomerId: "8", email: "now@x.in", asOf: "2026-11-01T00:00:00Z" },
    ]);
    // The newest order said the same again, so the record kept its first moment; the order's own rows tell.
    const nothing = {
      totalAmount: 0,
      currentTotalAmount: 0,
      subtotalAmount: 0,
      discountAmount: 0,
      taxAmount: 0,
      shippingAmount: 0,
      tipAmount: 0,
      dutiesAmount: 0,
      receivedAmount: 0,
      refundedAmount: 0,
      outstandingAmount: 0,
      presentmentTotalAmount: 0,
      presentmentCurrentTotalAmount: 0,
      presentmentOutstandingAmount: 0,
      moneyDifference: 0,
      presentmentMoneyDifference: 0,
      amountToCollect: 0,
    };
    await prisma.order.create({
      data: {
        ...nothing,
        shop,
        shopifyOrderId: "100",
        orderNumber: "#100",
        status: "open",
        customerId: ids.get("8") ?? "",
        shopifyCustomerId: "8",
        currency: "INR",
        presentmentCurrency: "INR",
        taxesIncluded: false,
        paymentMethod: "Prepaid",
        orderDate: now,
        shopifyCreatedAt: now,
        outputHash: "h",
      },
    });
    await pool.query(
      `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "shopifyUpdatedAt", "processedAt") values ($1, '100', '{}', 'bulk', 'h', 'dump', '2026-11-09T00:00:00Z', now())`,
      [shop],
    );
    await fromOrders(
      pool,
      [{ shopifyCustomerId: "8", email: "before@x.in", asOf: "2026-11-05T00:00:00Z" }],
      later,
    );
    expect(await rows(pool, "email")).toEqual([{ email: "now@x.in" }]);
    await fromOrders(
      pool,
      [{ shopifyCustomerId: "8", email: "after@x.in", asOf: "2026-11-10T00:00:00Z" }],
      later,
    );
    expect(await rows(pool, "email")).toEqual([{ email: "after@x.in" }]);
  });

  test("made by many workers at once are one record each", async ({ database: { pool } }) => {
    const customers = Array.from({ length: 50 }, (_, n) => ({
      shopifyCustomerId: String(n + 1),
      email: `c${String(n)}@x.in`,
      asOf: "2026-11-01T00:00:00Z",
    }));
    await ingest(
      pool,
      Array.from({ length: 50 }, (_, n) => aNode(n + 1, { numberOfOrders: n % 2 === 0 ? "1" : "0" })),
    );
    const work = [
      fromOrders(pool, customers),
      fromOrders(pool, customers.toReversed()),
      process(pool),
      fromOrders(pool, customers),
    ];
    const [first, second] = (await Promise.all(work)) as [Map<string, string>, Map<string, string>];
    expect(new Map([...first].sort())).toEqual(new Map([...second].sort()));
    expect(await rows(pool, "id")).toHaveLength(50);
    await process(pool, later);
    expect(
      (await pool.query(`select count(*)::int as n from "Customer" where state = 'ENABLED'`)).rows,
    ).toEqual([{ n: 50 }]);
  });

  test("a redacted person does not come back, not even from what was cached before", async ({
    database: { pool },
  }) => {
    await ingest(pool, [aNode(9)]);
    await pool.query(`insert into "RedactionTombstone" (shop, kind, id) values ($1, 'customer', '9')`, [
      shop,
    ]);
    expect(await fromOrders(pool, [{ shopifyCustomerId: "9", email: "gone@x.in", asOf: null }])).toEqual(
      new Map(),
    );
    expect(await process(pool)).toMatchObject({ unchanged: 1 });
    expect(await rows(pool, "id")).toEqual([]);
  });
});
