import type { Db } from "#app/lib/db.server.ts";

/** A webhook delivery that could not be read, or whose news could not be handled. Its body is never told: persons are in it. */
export type FailedDelivery = {
  /** `X-Shopify-Webhook-Id`. */
  id: string;
  topic: string;
  receivedAt: Date;
  errorCode: string;
  /** The reason as it was written down; null where only the code was. */
  error: string | null;
  attempts: number;
  nextRetryAt: Date | null;
  /** Whether nothing happens before a person retries it. */
  waitsForPerson: boolean;
};

/** SQL: whether a delivery failed; as the index `WebhookDelivery_failed` has it. */
export const isFailedDelivery = `"errorCode" IS NOT NULL AND (outcome = 'failed' OR (outcome = 'news' AND "processedAt" IS NULL))`;

/** Deliveries of a shop that failed, the newest first. One that cannot be read was tried once by coming. */
export async function listFailedDeliveries(
  db: Db,
  { shop, limit }: { shop: string; limit: number },
): Promise<FailedDelivery[]> {
  const { rows } = await db.query<FailedDelivery>(
    `SELECT "webhookId" AS id, topic, "receivedAt", "errorCode", error, "nextRetryAt",
       attempts + (outcome = 'failed')::int AS attempts, "nextRetryAt" IS NULL AS "waitsForPerson"
     FROM "WebhookDelivery" WHERE shop = $1 AND ${isFailedDelivery} ORDER BY "receivedAt" DESC, "webhookId" LIMIT $2`,
    [shop, limit],
  );
  return rows;
}

/** How many there are. */
export async function countFailedDeliveries(db: Db, { shop }: { shop: string }): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "WebhookDelivery" WHERE shop = $1 AND ${isFailedDelivery}`,
    [shop],
  );
  return rows[0]?.count ?? 0;
}
