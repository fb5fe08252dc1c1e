import type { Pool } from "pg";

const DELIVERIES = 300_000;
const JOBS = 3_000;
const PROOF_DAYS = 500;

/**
 * What a shop has after two years with the app, beside its records: entries that failed or wait, orders on hold, webhook
 * deliveries, jobs with their logs, proofs of days, former payloads, who changed what. Nothing of it is left to a worker.
 */
export async function fillHistory(pool: Pool, { shop }: { shop: string }): Promise<void> {
  for (const sql of [
    ...troubledEntries(),
    ...deliveries(),
    ...jobs(),
    `INSERT INTO "ErpStock" (shop, "skuId", "locationId", "sellableQty", "safetyStockQty")
     SELECT shop, "skuId", "shopifyLocationId", greatest("availableQty", 0), 2 FROM "ShopifyInventoryCache"
     WHERE shop = $1 AND "skuId" IS NOT NULL ON CONFLICT DO NOTHING`,
    `INSERT INTO "SkuMapping" (shop, "shopifyVariantId", "skuId", "createdBy")
     SELECT shop, "shopifyVariantId", id, '100000000042' FROM "Sku"
     WHERE shop = $1 AND "shopifyVariantId" IS NOT NULL AND hashtext(id) % 40 = 0`,
    `UPDATE "Order" SET holds = '[{"kind": "unknown_gateway", "words": "Nobody said yet whether \\"Bench Pay\\" is paid on delivery", "releasedBy": "rule"}]'
     WHERE shop = $1 AND status = 'open' AND hashtext("shopifyOrderId") % 3 = 0`,
    `INSERT INTO "DailyProof" (shop, day, "timeZone", currency, "shopifyOrders", "shopifyTotal", "erpOrders", "erpTotal", missing, "onHold", "checkedAt")
     SELECT $1, current_date - d, 'Asia/Kolkata', 'INR', 400 + d % 90, 612345.50 + d, 400 + d % 90 - (d % 17 = 0)::int, 612345.50 + d,
       CASE WHEN d % 17 = 0 THEN ARRAY[(5200000000000 + d)::text] ELSE '{}' END, d % 5, now() - d * interval '1 day'
     FROM generate_series(1, ${String(PROOF_DAYS)}) d ON CONFLICT DO NOTHING`,
    `INSERT INTO "AuditLog" (shop, at, actor, action, target, details)
     SELECT $1, now() - n * interval '2 hours', '100000000042', (ARRAY['settings.save', 'scheduler.start', 'scheduler.stop', 'api-key.create'])[n % 4 + 1],
       NULL, '{"roundRupees": {"from": "no", "to": "up"}}' FROM generate_series(1, 5000) n`,
    `INSERT INTO "ShopifyPayloadHistory" (shop, kind, id, shape, "contentHash", "rawData", source, "receivedAt", "supersededAt")
     SELECT shop, 'order', id, 'rest', md5(id || v), "rawData", 'webhook', "receivedAt" - v * interval '1 hour', "receivedAt"
     FROM (SELECT * FROM "ShopifyOrderCache" WHERE shop = $1 AND hashtext(id) % 8 = 0) c, generate_series(1, 3) v`,
  ])
    await pool.query(sql, sql.includes("$1") ? [shop] : []);
  await pool.query("VACUUM ANALYZE");
}

/** Of each kind some wait, some failed and will be tried again, some were given up, and some are to be fetched anew. */
function troubledEntries(): string[] {
  return ["Order", "Product", "Customer", "Inventory"].flatMap((kind) => {
    const table = `"Shopify${kind}Cache"`;
    const some = (share: string) => `WHERE shop = $1 AND hashtext(id || 'bench') % 1000 ${share}`;
    return [
      `UPDATE ${table} SET "processedAt" = NULL ${some("BETWEEN 0 AND 14")}`,
      `UPDATE ${table} SET "processedAt" = NULL, attempts = 3, "nextRetryAt" = now() + interval '1 hour', "errorCode" = 'SKU_NOT_FOUND',
         "processingError" = 'SKU BENCH-' || right(id, 4) || ' is not in the catalogue' ${some("BETWEEN 20 AND 34")}`,
      `UPDATE ${table} SET "processedAt" = NULL, attempts = 10, "quarantinedAt" = now() - interval '3 days', "errorCode" = 'PAYLOAD_UNREADABLE',
         "processingError" = 'The payload has no currency' ${some("BETWEEN 40 AND 44")}`,
      `UPDATE ${table} SET "needsFetch" = 'a webhook named it' ${some("BETWEEN 50 AND 52")}`,
    ];
  });
}

function deliveries(): string[] {
  const topics = [
    "orders/create",
    "orders/updated",
    "orders/updated",
    "orders/paid",
    "orders/fulfilled",
    "fulfillments/update",
    "products/update",
    "customers/update",
    "inventory_levels/update",
    "inventory_levels/update",
  ];
  const received = `now() - n * interval '8.6 seconds'`; // thirty days
  const newOrders = `SELECT array_agg(id) AS ids FROM (SELECT id FROM "ShopifyOrderCache" WHERE shop = $1 LIMIT 20000) o`;
  return [
    `INSERT INTO "WebhookDelivery" (shop, "webhookId", "eventId", topic, "apiVersion", "triggeredAt", "receivedAt", "answeredAt", "processedAt",
       kind, "recordId", outcome, "errorCode", error, duplicates, body)
     SELECT $1, md5(n::text)::uuid::text, md5((n / 3)::text)::uuid::text, topic, '2026-10', at - interval '900 ms', at, at + interval '12 ms',
       CASE WHEN n > 400 AND outcome <> 'failed' THEN at + interval '1 second' END,
       CASE split_part(topic, '/', 1) WHEN 'products' THEN 'product' WHEN 'customers' THEN 'customer' WHEN 'inventory_levels' THEN 'inventory' ELSE 'order' END,
       ids[n % cardinality(ids) + 1], outcome,
       CASE outcome WHEN 'failed' THEN 'PAYLOAD_UNREADABLE' WHEN 'known' THEN 'ORDER_EXISTS' END,
       CASE outcome WHEN 'failed' THEN 'The body is not JSON' WHEN 'known' THEN 'Order already exists' END,
       (n % 41 = 0)::int, CASE WHEN outcome IN ('failed', 'news') THEN convert_to('{"id": ' || n || '}', 'UTF8') END
     FROM (SELECT n, ${received} AS at, (ARRAY[${topics.map((topic) => `'${topic}'`).join(", ")}])[n % ${String(topics.length)} + 1] AS topic,
         CASE WHEN n % 397 = 0 THEN 'failed' WHEN n % 10 = 5 THEN 'news' WHEN n % 13 = 0 THEN 'superseded' WHEN n % 11 = 0 THEN 'known' ELSE 'stored' END AS outcome
       FROM generate_series(1, ${String(DELIVERIES)}) n) d, (${newOrders}) o`,
    `INSERT INTO "ShopifyMissedUpdate" (shop, kind, id, "shopifyUpdatedAt", "foundAt")
     SELECT $1, 'order', (5200000000000 + n)::text, now() - n * interval '20 minutes', now() - n * interval '19 minutes' FROM generate_series(1, 2000) n`,
  ];
}

function jobs(): string[] {
  const types = [
    "look-back",
    "look-back",
    "look-back",
    "process-cache",
    "orders",
    "products",
    "customers",
    "backfill",
  ];
  const job = `md5('job ' || n)::uuid::text`;
  return [
    `INSERT INTO "SyncJob" (shop, id, "jobType", status, "requestedBy", step, total, processed, created, updated, skipped, errors, "errorCode",
       "errorMessage", "createdAt", "startedAt", "finishedAt", "movedAt")
     SELECT $1, overlay(overlay(${job} placing '7' from 15 for 1) placing '8' from 20 for 1), (ARRAY[${types.map((type) => `'${type}'`).join(", ")}])[n % ${String(types.length)} + 1],
       CASE WHEN n % 23 = 0 THEN 'failed' WHEN n % 31 = 0 THEN 'cancelled' ELSE 'completed' END, CASE WHEN n % 5 = 0 THEN '100000000042' ELSE 'schedule' END,
       'Done', 1000 + n % 500, 1000 + n % 500, n % 70, n % 300, n % 600, n % 3,
       CASE WHEN n % 23 = 0 THEN 'BULK_FAILED' END, CASE WHEN n % 23 = 0 THEN 'The bulk operation failed at Shopify' END,
       at, at + interval '1 second', at + interval '90 seconds', at + interval '90 seconds'
     FROM (SELECT n, now() - n * interval '1 hour' AS at FROM generate_series(1, ${String(JOBS)}) n) j`,
    `INSERT INTO "SyncJobLog" (shop, "jobId", at, level, message)
     SELECT shop, id, "startedAt" + l * interval '3 seconds', CASE WHEN l = 19 AND status = 'failed' THEN 'error' ELSE 'info' END, 'Step ' || l || ' of the job'
     FROM "SyncJob", generate_series(1, 20) l WHERE shop = $1`,
  ];
}
