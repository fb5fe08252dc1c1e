import type { Db } from "#app/lib/db.server.ts";

import type { LoggedDelivery } from "./list-delivery-log.server.ts";

/** One delivery with all its log knows, without its body. */
export type LoadedDelivery = LoggedDelivery & {
  eventId: string | null;
  apiVersion: string | null;
  attempts: number;
  nextRetryAt: Date | null;
  quarantinedAt: Date | null;
  /** Bytes of the body that are kept; null where none are. */
  bodySize: number | null;
};

/** One delivery of a shop; null where its log has none of this id. */
export async function loadDelivery(
  db: Db,
  { shop, webhookId }: { shop: string; webhookId: string },
): Promise<LoadedDelivery | null> {
  const { rows } = await db.query<LoadedDelivery>(
    `select "webhookId", "eventId", topic, "apiVersion", "triggeredAt", "receivedAt", "answeredAt", "processedAt", kind, "recordId",
       outcome, duplicates, "errorCode", error, attempts + (outcome = 'failed')::int as attempts, "nextRetryAt", "quarantinedAt",
       octet_length(body) as "bodySize"
     from "WebhookDelivery" where shop = $1 and "webhookId" = $2`,
    [shop, webhookId],
  );
  return rows[0] ?? null;
}

/** The first bytes of a delivery's body; null where none are kept. */
export async function loadDeliveryBody(
  db: Db,
  { shop, webhookId, most }: { shop: string; webhookId: string; most: number },
): Promise<Uint8Array | null> {
  const { rows } = await db.query<{ body: Buffer | null }>(
    `select substring(body from 1 for $3::int) as body from "WebhookDelivery" where shop = $1 and "webhookId" = $2`,
    [shop, webhookId, most],
  );
  return rows[0]?.body ?? null;
}
