/** Law 12: redaction reaches every copy, a tombstone keeps a late delivery from bringing the person back, the money stays. */
import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ingestInTransaction } from "#app/cache/ingest.server.ts";
import { handlePrivacyTopic } from "#app/privacy/handle-privacy-topic.server.ts";
import { loadPrivacyRequests } from "#app/routes/load-privacy-requests.server.ts";
import { customerPayload, orderOfPerson, textsOf, zubeida, type APerson } from "#tests/fixtures/a-person.ts";
import {
  bringNode,
  deliver,
  handleAllNews,
  makeKnown,
  makeKnownEverywhere,
  now,
  processAll,
  putAside,
} from "#tests/fixtures/a-shop-that-knows.ts";
import { tablesThatHold } from "#tests/fixtures/every-text.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

const shop = "kurta-house.myshopify.com";
const other = "saree-house.myshopify.com";
const somebody: APerson = {
  ...{ id: "8800223344", first: "Ferdinandbhai", last: "Ottokarwala", email: "ferdi@example.org" },
  ...{ phone: "+918123409876", street: "7 Tamarind Crescent" },
};

const redact = (pool: Pool, given: { topic?: string; orders?: number[] } = {}) => {
  const { topic = "customers/redact", orders = [1001] } = given;
  const { id, email, phone } = zubeida;
  const told = { customer: { id: Number(id), email, phone }, orders_to_redact: orders };
  const body = Buffer.from(JSON.stringify({ shop_id: 1, shop_domain: shop, ...told }));
  return handlePrivacyTopic(pool, { shop, topic, body, receivedAt: now, now });
};
const MONEY = ["Order", "OrderLine", "OrderCharge", "OrderPayment", "Parcel", "ParcelLine"];

/** All amounts and quantities of a shop's orders. */
async function books(pool: Pool, of: string): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for (const table of MONEY) {
    const { rows } = await pool.query(
      `SELECT "shopifyOrderId", (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t))
         WHERE jsonb_typeof(value) = 'number' OR key ~* 'status|state|method') AS kept
       FROM "${table}" t WHERE shop = $1 ORDER BY 1, 2`,
      [of],
    );
    numbers.push({ table, rows });
  }
  return numbers;
}

/** What the log keeps of a request for the person's data that is still to be answered. */
async function askedFor(pool: Pool): Promise<unknown> {
  const { rows } = await pool.query<{ body: Buffer }>(
    `SELECT body FROM "WebhookDelivery" WHERE shop = $1 AND topic = 'customers/data_request' AND "processedAt" IS NULL`,
    [shop],
  );
  return JSON.parse(String(rows[0]?.body));
}

async function rowsOf(pool: Pool, of: string): Promise<unknown[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'shop' AND table_schema = 'public' ORDER BY 1`,
  );
  const all: unknown[] = [];
  for (const { name } of tables)
    all.push([
      name,
      (await pool.query(`SELECT t::text FROM "${name}" t WHERE shop = $1 ORDER BY 1`, [of])).rows,
    ]);
  return all;
}

const EVERYWHERE =
  `AuditLog Customer DailyProof ErpFact IdempotentAnswer Order OrderCharge OrderLine Outbox Parcel PrivacyRequest Remittance ReturnCase
  SchedulerState ShopifyCacheSlot ShopifyCustomerCache ShopifyFetchRequest ShopifyFulfillmentOrderCache ShopifyInventoryCache
  ShopifyOrderCache ShopifyPayloadHistory ShopifyProductCache SyncJob SyncJobLog WebhookDelivery`.split(
    /\s+/,
  );

describe("customers/redact", () => {
  test("law 12: the person is in every table before, in none after, and the books are the same", async ({
    database: { pool },
  }) => {
    await makeKnownEverywhere(pool, shop, zubeida);
    await makeKnown(pool, other, somebody);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual(EVERYWHERE);
    const before = { books: await books(pool, shop), other: await rowsOf(pool, other) };

    await deliver(pool, {
      ...{ shop, topic: "customers/redact" },
      body: JSON.stringify({ customer: { id: Number(zubeida.id), email: zubeida.email, phone: "" } }),
    });
    expect(await redact(pool)).toEqual({ isNew: true });
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
    expect(await books(pool, shop)).toEqual(before.books);

    await processAll(pool, shop);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
    expect(await books(pool, shop)).toEqual(before.books);
    expect(await rowsOf(pool, other)).toEqual(before.other);

    // What had been put aside, and was told nowhere else, is an order like any other.
    await handleAllNews(pool, shop);
    await processAll(pool, shop);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
    const { rows } = await pool.query(
      `SELECT "shopifyOrderId" AS id, "totalAmount" AS total, "customerId", "shopifyCustomerId", tags, "stopShip",
         "shippingLines" FROM "Order" WHERE shop = $1 ORDER BY 1`,
      [shop],
    );
    const nobody = {
      ...{ customerId: null, shopifyCustomerId: null, tags: ["VIP"], stopShip: null },
      shippingLines: [{ title: "[removed]", code: "[removed]", isRemoved: false }],
    };
    expect(rows).toEqual([
      { id: "1001", total: "325.00", ...nobody },
      { id: "1003", total: "100.00", ...nobody },
      { id: "1004", total: "70.00", ...nobody },
    ]);
    const customers = await pool.query(
      `SELECT "shopifyCustomerId", "archivedAt" IS NOT NULL AS archived, "redactedAt" IS NOT NULL AS redacted FROM "Customer" WHERE shop = $1`,
      [shop],
    );
    expect(customers.rows).toEqual([{ shopifyCustomerId: null, archived: true, redacted: true }]);
    // Other systems are told to forget too, by ids alone.
    const told = await pool.query(
      `SELECT DISTINCT entity, change FROM "ChangeFeed" WHERE shop = $1 AND parts = '{redacted}' ORDER BY 1`,
      [shop],
    );
    expect(told.rows).toEqual([
      { entity: "customer", change: "archived" },
      { entity: "order", change: "updated" },
    ]);
  });

  test("the same request again changes nothing, also by what is kept of it", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    const told = { customer: { id: Number(zubeida.id), email: zubeida.email }, orders_to_redact: [1001] };
    await deliver(pool, { shop, topic: "customers/redact", body: JSON.stringify(told) });
    await redact(pool);
    await processAll(pool, shop);
    const once = await rowsOf(pool, shop);
    expect(await redact(pool)).toEqual({ isNew: false });
    const { rows } = await pool.query<{ body: Buffer }>(
      `SELECT body FROM "WebhookDelivery" WHERE shop = $1 AND topic = 'customers/redact'`,
      [shop],
    );
    const body = rows[0]!.body;
    expect(JSON.parse(body.toString())).toEqual({ customer: { id: zubeida.id }, orders_to_redact: ["1001"] });
    const again = { shop, topic: "customers/redact", body, receivedAt: new Date(), now };
    expect(await handlePrivacyTopic(pool, again)).toEqual({ isNew: false });
    await processAll(pool, shop);
    expect(await rowsOf(pool, shop)).toEqual(once);
  });

  test("S22: a late webhook, a late dump, a late fetch and late news do not bring the person back", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    await redact(pool);
    await processAll(pool, shop);
    const at = "2026-11-21T09:00:00Z";
    const orders = [
      { id: "1001", at, lines: [{ id: "11" }, { id: "12", price: "250.00", discount: "25.00" }] },
      { id: "1009", at, lines: [{ id: "19" }] },
    ];
    for (const order of orders) {
      await deliver(pool, {
        shop,
        topic: "orders/updated",
        kind: "order",
        body: orderOfPerson(zubeida, order, "rest"),
      });
      await bringNode(pool, { shop, kind: "order", raw: orderOfPerson(zubeida, order, "bulk") });
      await bringNode(pool, {
        shop,
        kind: "order",
        shape: "detail",
        raw: orderOfPerson(zubeida, order, "bulk"),
      });
    }
    await deliver(pool, {
      shop,
      topic: "customers/update",
      kind: "customer",
      body: customerPayload(zubeida, "rest", at),
    });
    await bringNode(pool, { shop, kind: "customer", raw: customerPayload(zubeida, "bulk", at) });
    await deliver(pool, { shop, topic: "orders/updated", body: `{"id":1001,"email":"${zubeida.email}"` });
    await deliver(pool, {
      ...{ shop, topic: "fulfillments/create" },
      body: JSON.stringify({ id: 3, order_id: 1009, destination: { phone: zubeida.phone } }),
    });
    await putAside(pool, {
      ...{ shop, id: "1010" },
      body: orderOfPerson(zubeida, { id: "1010", at, lines: [{ id: "20" }] }, "rest"),
    });
    const { id, email, phone } = zubeida;
    const asked = { customer: { id: Number(id), email, phone }, orders_requested: [1001] };
    await deliver(pool, {
      ...{ shop, topic: "customers/data_request" },
      body: JSON.stringify({ shop_id: 1, ...asked, data_request: { id: 10 } }),
    });
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
    expect(await askedFor(pool)).toEqual({
      ...{ customer: { id }, orders_requested: ["1001"], data_request: { id: "10" } },
    });
    await handleAllNews(pool, shop);
    await processAll(pool, shop);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
    expect(await tablesThatHold(pool, [`Customer/${zubeida.id}`])).toEqual([]);
    const held = await pool.query(
      `SELECT (SELECT array_agg("shopifyOrderId" ORDER BY "shopifyOrderId") FROM "Order" WHERE shop = $1) AS orders,
         (SELECT count(*)::int FROM "Customer" WHERE shop = $1 AND "redactedAt" IS NULL) AS customers,
         (SELECT "newsAt" IS NOT NULL FROM "ShopifyOrderCache" WHERE shop = $1 AND id = '1009') AS asked,
         (SELECT array_agg(DISTINCT topic ORDER BY topic) FROM "WebhookDelivery" WHERE shop = $1 AND outcome = 'redacted') AS redacted`,
      [shop],
    );
    expect(held.rows).toEqual([
      {
        ...{ orders: ["1001", "1003", "1004", "1009", "1010"], customers: 0, asked: true },
        redacted: [
          "customers/delete",
          "customers/update",
          "fulfillments/create",
          "orders/updated",
          "refunds/create",
        ],
      },
    ]);
  });

  test("what is sent again just as it was is known, and asks nobody anything", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    await redact(pool);
    await processAll(pool, shop);
    const once = await rowsOf(pool, shop);
    const lines = [{ id: "14" }];
    const body = orderOfPerson(zubeida, { id: "1003", at: "2026-11-20T10:00:00Z", lines }, "rest");
    await deliver(pool, { shop, topic: "orders/create", kind: "order", body });
    const { rows } = await pool.query(
      `DELETE FROM "WebhookDelivery" WHERE shop = $1 AND "recordId" = '1003' RETURNING outcome`,
      [shop],
    );
    expect(rows).toHaveLength(2);
    const cached = (all: unknown[]) => all.filter((one) => (one as string[])[0] === "ShopifyOrderCache");
    expect(cached(await rowsOf(pool, shop))).toEqual(cached(once));
  });

  test("a customer merged into the person is the same person", async ({ database: { pool } }) => {
    await makeKnown(pool, shop, zubeida);
    const twin = { ...zubeida, id: "7700998877" };
    await deliver(pool, {
      ...{ shop, topic: "orders/create", kind: "order" },
      body: orderOfPerson(twin, { id: "1005", lines: [{ id: "15" }] }, "rest"),
    });
    await processAll(pool, shop);
    await pool.query(
      `UPDATE "Customer" gone SET "mergedIntoId" = kept.id FROM "Customer" kept WHERE gone.shop = $1 AND kept.shop = $1
         AND gone."shopifyCustomerId" = $2 AND kept."shopifyCustomerId" = $3`,
      [shop, twin.id, zubeida.id],
    );
    await redact(pool);
    await deliver(pool, {
      shop,
      topic: "customers/update",
      kind: "customer",
      body: customerPayload(twin, "rest", "2026-11-22T00:00:00Z"),
    });
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
  });

  test("what had looked for tombstones before there was one is waited for", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    const early = await pool.connect();
    try {
      await early.query("begin");
      const raw = orderOfPerson(zubeida, { id: "3000", lines: [{ id: "30" }] }, "rest");
      const payload = { id: "3000", shape: "rest" as const, raw, shopifyUpdatedAt: null, triggeredAt: null };
      await ingestInTransaction(early, { shop, kind: "order", source: "webhook", payloads: [payload], now });
      const redacted = redact(pool);
      await expect
        .poll(async () => {
          const { rows } = await pool.query(
            `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          );
          return rows.length;
        })
        .toBe(1);
      await early.query("commit");
      await redacted;
    } finally {
      early.release();
    }
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
  });

  test("killed after the tombstone was set, the same request finishes the work", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    await pool.query(
      `INSERT INTO "RedactionTombstone" (shop, kind, id) VALUES ($1, 'customer', $2), ($1, 'order', '1001')`,
      [shop, zubeida.id],
    );
    await redact(pool);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
  });

  test("a delivery that is on its way while the person is forgotten is waited for, or meets the tombstone", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    const late = (id: number) =>
      deliver(pool, {
        ...{ shop, topic: "orders/create", kind: "order" },
        body: orderOfPerson(zubeida, { id: String(id), lines: [{ id: String(id) }] }, "rest"),
      });
    await Promise.all([late(3001), late(3002), redact(pool), late(3003), late(3004), processAll(pool, shop)]);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
  });
});

describe("customers/data_request", () => {
  test("what is kept of the person can be downloaded, and a redaction takes it away", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    const load = async () =>
      (
        await pool.query<{ export: string | null; dueAt: Date; expiresAt: Date | null }>(
          `SELECT export, "dueAt", "expiresAt" FROM "PrivacyRequest" WHERE shop = $1 AND kind = 'data_request'`,
          [shop],
        )
      ).rows[0];
    const made = await load();
    const document = JSON.parse(made?.export ?? "{}") as Record<string, Record<string, unknown>[]>;
    expect(document["Customer"]).toMatchObject([{ email: zubeida.email.toLowerCase(), totalSpent: "300" }]);
    expect(document["Order"]).toMatchObject([{ shopifyOrderId: "1001", totalAmount: "325.00" }]);
    expect(document["OrderLine"]).toHaveLength(2);
    expect(new Set(document["order payloads"]?.map(({ id }) => id))).toEqual(
      new Set(["1001", "1002", "1003"]),
    );
    expect(document["customer payloads"]).toHaveLength(3);
    expect(made).toMatchObject({
      dueAt: new Date("2026-12-22T10:00:00Z"),
      expiresAt: new Date("2026-12-22T10:00:00Z"),
    });
    await redact(pool);
    expect(await load()).toMatchObject({ export: null, expiresAt: null });
  });
});

describe("shop/redact", () => {
  const uninstalled = (pool: Pool) =>
    pool.query(`UPDATE "Shop" SET "uninstalledAt" = '2026-11-20' WHERE shop = $1`, [shop]);

  test("law 11: the shop's people and copies go, its books stay, and the other shop is as it was", async ({
    database: { pool },
  }) => {
    await makeKnownEverywhere(pool, shop, zubeida);
    await makeKnown(pool, other, somebody);
    await pool.query(`INSERT INTO "Session" (id, shop, state, "accessToken") VALUES ('s', $1, '', 'x')`, [
      shop,
    ]);
    const before = { books: await books(pool, shop), other: await rowsOf(pool, other) };
    await uninstalled(pool);
    expect(await redact(pool, { topic: "shop/redact" })).toEqual({ isNew: true });
    // The books keep what goods were called: see "What is not searched" in docs/privacy.md.
    await pool.query(`UPDATE "OrderLine" SET title = '', "variantTitle" = NULL WHERE shop = $1`, [shop]);
    expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
    expect(await books(pool, shop)).toEqual(before.books);
    expect(await rowsOf(pool, other)).toEqual(before.other);
    const left = await pool.query(
      `SELECT (SELECT count(*)::int FROM "Shop" WHERE shop = $1) + (SELECT count(*)::int FROM "Session" WHERE shop = $1)
         + (SELECT count(*)::int FROM "ShopifyProductCache" WHERE shop = $1)
         + (SELECT count(*)::int FROM "ChangeFeed" WHERE shop = $1) AS rest,
         (SELECT jsonb_agg(kind) FROM "PrivacyRequest" WHERE shop = $1) AS requests,
         (SELECT jsonb_agg(DISTINCT actor) FROM "ErpFact" WHERE shop = $1) AS actors,
         (SELECT count(*)::int FROM "WebhookDelivery" WHERE shop = $1 AND (body IS NOT NULL OR outcome <> 'redacted')) AS told`,
      [shop],
    );
    expect(left.rows).toEqual([{ rest: 0, requests: ["shop_redact"], actors: ["redacted"], told: 0 }]);

    expect(await loadPrivacyRequests(pool, { shop, now })).toMatchObject([
      { kind: "shop_redact", outcome: "erased", installedAgainAt: null },
    ]);
    const once = await rowsOf(pool, shop);
    expect(await redact(pool, { topic: "shop/redact" })).toEqual({ isNew: false });
    expect(await rowsOf(pool, shop)).toEqual(once);
  });

  test("what comes after it is acknowledged and not kept, until the shop installs the app again", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    await uninstalled(pool);
    await redact(pool, { topic: "shop/redact" });
    const body = orderOfPerson(somebody, { id: "4001", lines: [{ id: "41" }] }, "rest");
    const redacted = async () =>
      (
        await pool.query<{ topic: string }>(
          `SELECT topic FROM "WebhookDelivery" WHERE shop = $1 AND outcome = 'redacted' AND "recordId" IS NULL AND body IS NULL`,
          [shop],
        )
      ).rows.map(({ topic }) => topic);
    const before = await redacted();
    const come = async () => {
      await deliver(pool, { shop, topic: "orders/create", kind: "order", body });
      await deliver(pool, {
        shop,
        topic: "refunds/create",
        body: JSON.stringify({ id: 1, order_id: 4001, note: somebody.email }),
      });
    };
    await come();
    expect(await tablesThatHold(pool, textsOf(somebody))).toEqual([]);
    expect((await redacted()).toSorted()).toEqual([...before, "orders/create", "refunds/create"].toSorted());
    await pool.query(`INSERT INTO "Shop" (shop, "installedAt") VALUES ($1, $2)`, [
      shop,
      new Date(now.getTime() + 1000),
    ]);
    await come();
    expect(await tablesThatHold(pool, textsOf(somebody))).toEqual(["ShopifyOrderCache", "WebhookDelivery"]);
  });

  test("a shop that has the app again is left alone, and the request says so", async ({
    database: { pool },
  }) => {
    await makeKnown(pool, shop, zubeida);
    const before = (await rowsOf(pool, shop)).filter(
      (one) => !/AuditLog|PrivacyRequest/.test((one as string[])[0]!),
    );
    expect(await redact(pool, { topic: "shop/redact" })).toEqual({ isNew: true });
    const after = (await rowsOf(pool, shop)).filter(
      (one) => !/AuditLog|PrivacyRequest/.test((one as string[])[0]!),
    );
    expect(after).toEqual(before);
    const requests = await loadPrivacyRequests(pool, { shop, now });
    const request = requests.find(({ kind }) => kind === "shop_redact");
    const installedAgainAt = "2020-01-01T00:00:00.000Z";
    expect(request).toMatchObject({
      kind: "shop_redact",
      doneAt: now.toISOString(),
      outcome: "not erased",
      installedAgainAt,
    });
  });
});
