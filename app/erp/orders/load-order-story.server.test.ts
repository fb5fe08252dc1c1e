import { expect } from "vitest";
import { correctPaymentMethod } from "#app/erp/payments/correct-payment-method.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadOrderStory } from "./load-order-story.server.ts";

const shop = "a-shop.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

test("an order's story has what people said, what came and what was decided, of this order and shop only", async ({
  database: { pool },
}) => {
  for (const id of ["1", "2"])
    await pool.query(
      `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "receivedAt", "shopifyUpdatedAt")
       values ($1, $2, '{}', 'rest', 'x', 'webhook', $3, $3)`,
      [shop, id, now],
    );
  await pool.query(
    `insert into "ShopifyPayloadHistory" (shop, kind, id, shape, "contentHash", "rawData", source, "receivedAt")
     values ($1, 'order', '1', 'bulk', 'y', '{}', 'dump', '2026-11-20')`,
    [shop],
  );
  for (const [method, reason] of [
    ["COD", "The customer rang"],
    ["Prepaid", "Paid at the counter"],
  ] as const)
    await correctPaymentMethod(pool, { shop, shopifyOrderId: "1", method, actor: "77", reason, now });
  await recordAudit(pool, { shop, actor: "77", action: "order.fetch", target: "1", details: {}, now });
  // What left facts, and what is of no order, is no decision of its own.
  for (const action of ["order.hand_over", "sku.map"])
    await recordAudit(pool, { shop, actor: "77", action, target: "1", details: {}, now });

  const at = "2026-11-22T10:00:00.000Z";
  const fact = { kind: "payment_method", lineId: null, parcelId: null, qty: null, actor: "77", at };
  expect(await loadOrderStory(pool, { shop, id: "1" })).toEqual({
    facts: [
      { ...fact, words: "Prepaid · Paid at the counter" },
      { ...fact, words: "COD · The customer rang" },
    ],
    payloads: [
      { source: "webhook", shape: "rest", shopifyUpdatedAt: at, receivedAt: at, ours: false },
      {
        ...{ source: "dump", shape: "bulk", shopifyUpdatedAt: null, ours: false },
        receivedAt: "2026-11-20T00:00:00.000Z",
      },
    ],
    decisions: [{ action: "order.fetch", actor: "77", at }],
    ...{ correction: "Prepaid", isErased: false },
  });
  expect(await loadOrderStory(pool, { shop: "other.myshopify.com", id: "1" })).toMatchObject({
    ...{ facts: [], payloads: [], decisions: [], correction: null },
  });
});

test("an order of somebody who was forgotten says so", async ({ database: { pool } }) => {
  await pool.query(`insert into "RedactionTombstone" (shop, kind, id) values ($1, 'order', '1')`, [shop]);
  expect(await loadOrderStory(pool, { shop, id: "1" })).toMatchObject({ isErased: true });
  expect(await loadOrderStory(pool, { shop, id: "2" })).toMatchObject({ isErased: false });
});
