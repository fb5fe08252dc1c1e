import type { Db } from "#app/lib/db.server.ts";
import { isFailedDelivery } from "./list-failed-deliveries.server.ts";
import type { LoggedOutcome } from "./logged-outcomes.ts";

/** A delivery without its body: persons are in it. */
export type DeliveryRow = {
  webhookId: string;
  eventId: string | null;
  topic: string;
  apiVersion: string | null;
  triggeredAt: Date | null;
  receivedAt: Date;
  answeredAt: Date | null;
  processedAt: Date | null;
  kind: string | null;
  recordId: string | null;
  outcome: LoggedOutcome;
  duplicates: number;
  errorCode: string | null;
  error: string | null;
  /** One that cannot be read was tried once by coming. */
  attempts: number;
  nextRetryAt: Date | null;
  /** Whether it failed and nothing happens before a person retries it. */
  quarantined: boolean;
};

export type DeliveryFilter = {
  topic?: string | undefined;
  outcome?: LoggedOutcome | undefined;
  failedOnly?: boolean | undefined;
  /** Received then or later. */
  since?: Date | undefined;
};

/**
 * A shop's deliveries, received last first, along an index.
 * @param after the last one of the page before
 */
export async function listDeliveries(
  db: Db,
  {
    shop,
    limit,
    after,
    ...filter
  }: { shop: string; limit: number; after?: { receivedAt: Date; webhookId: string } } & DeliveryFilter,
): Promise<DeliveryRow[]> {
  const { topic, outcome, since, failedOnly = false } = filter;
  const { rows } = await db.query<DeliveryRow>(
    `SELECT "webhookId", "eventId", topic, "apiVersion", "triggeredAt", "receivedAt", "answeredAt", "processedAt", kind, "recordId",
       outcome, duplicates, "errorCode", error, attempts + (outcome = 'failed')::int AS attempts, "nextRetryAt",
       ((${isFailedDelivery}) AND "nextRetryAt" IS NULL) AS quarantined
     FROM "WebhookDelivery" WHERE shop = $1 AND ($3::timestamptz IS NULL OR ("receivedAt", "webhookId") < ($3, $4))
       AND ($5::text IS NULL OR topic = $5) AND ($6::text IS NULL OR outcome = $6)
       AND ($7::timestamptz IS NULL OR "receivedAt" >= $7) ${failedOnly ? `AND ${isFailedDelivery}` : ""}
     ORDER BY "receivedAt" DESC, "webhookId" DESC LIMIT $2`,
    [
      ...[shop, limit, after?.receivedAt ?? null, after?.webhookId ?? null],
      ...[topic ?? null, outcome ?? null, since ?? null],
    ],
  );
  return rows;
}
