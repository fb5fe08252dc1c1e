/** Law 12: a fulfilment order names whom the goods go to, and need not name the customer it is forgotten by. */
import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestInTransaction } from "#app/cache/ingest.server.ts";
import { redactCustomer } from "#app/privacy/redact-customer.server.ts";
import { textsOf, zubeida } from "#tests/fixtures/a-person.ts";
import { bringNode, makeKnown, now } from "#tests/fixtures/a-shop-that-knows.ts";
import { tablesThatHold } from "#tests/fixtures/every-text.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

const shop = "kurta-house.myshopify.com";
const { id: customerId, email, phone, first } = zubeida;

/** By our own knowledge alone: Shopify names no orders. */
const forget = (pool: Pool) => redactCustomer(pool, { shop, customerId, email, phone, orderIds: [], now });

function fulfillmentOrder(id: string, updatedAt: string): string {
  return JSON.stringify({
    ...{ id: `gid://shopify/FulfillmentOrder/${id}`, orderId: "gid://shopify/Order/1001", updatedAt },
    ...{ status: "OPEN", destination: { email, phone, firstName: first } },
  });
}

test("what was replaced goes, and what stands beside the newest is emptied", async ({
  database: { pool },
}) => {
  await makeKnown(pool, shop, zubeida);
  for (const [shape, at] of [
    ["bulk", "2026-11-21T10:00:00Z"],
    ["detail", "2026-11-21T11:00:00Z"],
  ] as const)
    await bringNode(pool, { shop, kind: "fulfillment_order", shape, raw: fulfillmentOrder("61", at) });
  const copies = async () =>
    (
      await pool.query<{ table: string }>(
        `SELECT 'history' AS table FROM "ShopifyPayloadHistory" WHERE shop = $1 AND kind = 'fulfillment_order'
         UNION ALL SELECT 'slot ' || shape FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = 'fulfillment_order'
         UNION ALL SELECT 'entry ' || "rawShape" FROM "ShopifyFulfillmentOrderCache" WHERE shop = $1 ORDER BY 1`,
        [shop],
      )
    ).rows.map(({ table }) => table);
  expect(await copies()).toEqual(["entry detail", "history", "slot bulk"]);
  await forget(pool);
  expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
  expect(await copies()).toEqual(["entry detail", "slot bulk"]);

  // As the door would have it: sent again just as it was, it is known.
  const sentAgain = fulfillmentOrder("61", "2026-11-21T10:00:00Z");
  await bringNode(pool, { shop, kind: "fulfillment_order", raw: sentAgain });
  expect(await copies()).toEqual(["entry detail", "slot bulk"]);
});

test("one that comes while the person's orders are searched is waited for", async ({
  database: { pool },
}) => {
  await makeKnown(pool, shop, zubeida);
  const [holder, early] = [await pool.connect(), await pool.connect()];
  const waitingFor = async () =>
    (
      await pool.query<{ lock: string }>(
        `SELECT wait_event AS lock FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).rows.map(({ lock }) => lock);
  try {
    await holder.query("begin");
    await holder.query(`LOCK TABLE "ShopifyPayloadHistory"`);
    const forgotten = forget(pool);
    await expect.poll(waitingFor).toEqual(["relation"]);
    // The customer has a tombstone now, the order none.
    await early.query("begin");
    const raw = fulfillmentOrder("62", "2026-11-21T10:00:00Z");
    const payload = { id: "62", shape: "bulk" as const, raw, header: { orderId: "1001" } };
    await ingestInTransaction(early, {
      ...{ shop, kind: "fulfillment_order", source: "dump", now },
      payloads: [{ ...payload, shopifyUpdatedAt: null, triggeredAt: null }],
    });
    await holder.query("commit");
    await expect.poll(waitingFor).toEqual(["advisory"]);
    await early.query("commit");
    await forgotten;
  } finally {
    holder.release();
    early.release();
  }
  expect(await tablesThatHold(pool, textsOf(zubeida))).toEqual([]);
});
