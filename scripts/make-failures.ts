import type { Pool } from "pg";

/** What goes wrong in every shop, so that pages have it to show: entries that were given up, and a webhook nobody can read. */
export async function makeFailures(pool: Pool, { shop }: { shop: string }): Promise<void> {
  for (const kind of ["Order", "Product", "Customer", "Inventory"])
    await pool.query(
      `UPDATE "Shopify${kind}Cache" SET "processedAt" = NULL, attempts = 10, "quarantinedAt" = now(), "errorCode" = 'PAYLOAD_UNREADABLE',
         "processingError" = 'The payload has no currency'
       WHERE shop = $1 AND id IN (SELECT id FROM "Shopify${kind}Cache" WHERE shop = $1 ORDER BY id LIMIT 2)`,
      [shop],
    );
  await pool.query(
    `INSERT INTO "WebhookDelivery" (shop, "webhookId", topic, outcome, "errorCode", error, kind, body)
     VALUES ($1, 'unreadable', 'orders/create', 'failed', 'PAYLOAD_UNREADABLE', 'The body is not JSON', 'order', '{"id":')`,
    [shop],
  );
}
