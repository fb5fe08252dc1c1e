import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import type { CacheKind } from "./cache-tables.ts";
import { ingestInTransaction } from "./ingest.server.ts";
import type { IncomingPayload } from "./payload.ts";
import { forgetNews, markRedacted } from "./without-forgotten.server.ts";

export type Delivery = {
  shop: string;
  /** `X-Shopify-Webhook-Id`: unique per delivery, the same on its retries. */
  webhookId: string;
  eventId: string | null;
  topic: string;
  apiVersion: string | null;
  triggeredAt: string | null;
  /** The body as it came; kept here only where it does not become a cache entry. */
  body: Buffer;
  kind: CacheKind | null;
  payload: IncomingPayload | null;
  /** Why the body could not be read; the delivery is then kept as Failed. */
  problem?: { code: string; message: string };
  now: Date;
};

const UNIQUE_VIOLATION = "23505";

/**
 * Remembers a delivery and stores its payload in ONE transaction, before Shopify gets its 200 (law 1). A delivery
 * id seen before is counted as a duplicate and changes nothing (law 2).
 * @throws only what the database throws: then nothing is stored and the answer must not be 200.
 */
export async function ingestDelivery(pool: Pool, delivery: Delivery): Promise<"stored" | "duplicate"> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, async (tx) => {
        const { shop, webhookId, kind, payload, problem } = delivery;
        const inserted = await tx.query(
          `INSERT INTO "WebhookDelivery" (shop, "webhookId", "eventId", topic, "apiVersion", "triggeredAt", "receivedAt",
             kind, "recordId", outcome, "errorCode", error, body)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`,
          [
            shop,
            webhookId,
            delivery.eventId,
            delivery.topic,
            delivery.apiVersion,
            delivery.triggeredAt,
            delivery.now,
            kind,
            payload?.id ?? null,
            problem ? "failed" : "stored",
            problem?.code ?? null,
            problem?.message ?? null,
            payload ? null : delivery.body,
          ],
        );
        if (inserted.rowCount === 0) {
          await tx.query(
            `UPDATE "WebhookDelivery" SET duplicates = duplicates + 1 WHERE shop = $1 AND "webhookId" = $2`,
            [shop, webhookId],
          );
          return "duplicate";
        }
        if (kind && payload) {
          const result = await ingestInTransaction(tx, {
            shop,
            kind,
            source: "webhook",
            payloads: [payload],
            now: delivery.now,
          });
          if (Object.values(result).every((count) => count === 0)) await markRedacted(tx, delivery);
        } else await forgetNews(tx, delivery);
        return "stored";
      });
    } catch (error) {
      const collided = (error as { code?: unknown }).code === UNIQUE_VIOLATION;
      if (!collided || attempt === 10) throw error;
    }
  }
}
