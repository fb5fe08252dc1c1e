import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { correctPaymentMethod } from "./correct-payment-method.server.ts";

const shop = "kurta-house.myshopify.com";
const other = "other.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

/** Orders of shops, each processed. */
async function store(pool: Pool, ...orders: [shop: string, id: string][]): Promise<void> {
  for (const order of orders)
    await pool.query(
      `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "processedAt")
       values ($1, $2, '{}', 'rest', '', 'webhook', now())`,
      order,
    );
}

const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
const pending = (pool: Pool) =>
  rows(pool, `select shop, id from "ShopifyOrderCache" where "processedAt" is null`);

describe("a person's correction of the payment method", () => {
  const said = { shop, shopifyOrderId: "1", actor: "asha", reason: "Paid by UPI on the phone", now };

  test("is a fact of the ERP's, is written down, and makes the order pending", async ({
    database: { pool },
  }) => {
    await store(pool, [shop, "1"], [shop, "2"], [other, "1"]);
    await correctPaymentMethod(pool, { ...said, method: "Prepaid" });
    await correctPaymentMethod(pool, { ...said, method: null, reason: "Wrong order" });
    expect(
      await rows(pool, `select shop, "shopifyOrderId", kind, details, actor, at from "ErpFact" order by id`),
    ).toEqual(
      [
        { method: "Prepaid", reason: "Paid by UPI on the phone" },
        { method: null, reason: "Wrong order" },
      ].map((details) => ({
        shop,
        shopifyOrderId: "1",
        kind: "payment_method",
        details,
        actor: "asha",
        at: now,
      })),
    );
    expect(
      await rows(pool, `select shop, at, actor, action, target, details from "AuditLog" order by id`),
    ).toEqual(
      [
        { from: null, to: "Prepaid", reason: "Paid by UPI on the phone" },
        { from: "Prepaid", to: null, reason: "Wrong order" },
      ].map((details) => ({
        shop,
        at: now,
        actor: "asha",
        action: "order.payment_method",
        target: "1",
        details,
      })),
    );
    expect(await pending(pool)).toEqual([{ shop, id: "1" }]);
    expect(await rows(pool, `select shop from "ShopifyOrderCache" where "processedAt" is null`)).toEqual([
      { shop },
    ]);
  });

  test("leaves an entry in quarantine there", async ({ database: { pool } }) => {
    await store(pool, [shop, "1"]);
    await pool.query(
      `update "ShopifyOrderCache" set "processedAt" = null, "quarantinedAt" = $1, "errorCode" = 'INTERNAL', attempts = 9`,
      [now],
    );
    await correctPaymentMethod(pool, { ...said, method: "COD" });
    expect(
      await rows(
        pool,
        `select "processedAt", "quarantinedAt", "errorCode", attempts from "ShopifyOrderCache"`,
      ),
    ).toEqual([{ processedAt: null, quarantinedAt: now, errorCode: "INTERNAL", attempts: 9 }]);
  });

  test("of an order the shop does not have is refused, and nothing is written", async ({
    database: { pool },
  }) => {
    await store(pool, [other, "1"]);
    await expect(correctPaymentMethod(pool, { ...said, method: "COD" })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: `There is no order 1 in ${shop}`,
    });
    expect(await rows(pool, `select 1 from "ErpFact" union all select 1 from "AuditLog"`)).toEqual([]);
    expect(await pending(pool)).toEqual([]);
  });

  test("given while a worker has the order makes it pending after that", async ({ database: { pool } }) => {
    await store(pool, [shop, "1"]);
    const correcting = await inTransaction(pool, async (worker) => {
      await worker.query(`select 1 from "ShopifyOrderCache" for update`);
      const corrected = correctPaymentMethod(pool, { ...said, method: "COD" });
      await worker.query(`select pg_sleep(0.1)`);
      await worker.query(`update "ShopifyOrderCache" set "processedAt" = $1`, [now]);
      return { corrected };
    });
    await correcting.corrected;
    expect(await pending(pool)).toEqual([{ shop, id: "1" }]);
  });
});
