import type { PoolClient } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import { nextRetry } from "./retry-schedule.ts";

/** A delivery waiting to be handled: no record, or one that was put aside because the processor held its entry. */
export type NewsDelivery = {
  webhookId: string;
  topic: string;
  body: Buffer;
  /** When it happened at Shopify, or when we heard of it. */
  at: Date;
  /** As Shopify said it, to the microsecond. */
  triggeredAt: string | null;
  receivedAt: Date;
  attempts: number;
};

const WAITING = `outcome = 'news' and "processedAt" is null and "quarantinedAt" is null`;

/** Shops with news that is due. */
export async function findShopsWithNews(db: Db, now: Date): Promise<string[]> {
  const { rows } = await db.query<{ shop: string }>(
    `select distinct shop from "WebhookDelivery" where ${WAITING} and ("nextRetryAt" is null or "nextRetryAt" <= $1)
     order by shop`,
    [now],
  );
  return rows.map((row) => row.shop);
}

/** Takes news of a shop that is due, the oldest first, for as long as the caller's transaction lasts. */
export async function claimNews(
  tx: PoolClient,
  { shop, now, limit }: { shop: string; now: Date; limit: number },
): Promise<NewsDelivery[]> {
  const { rows } = await tx.query<NewsDelivery>(
    `select "webhookId", topic, body, coalesce("triggeredAt", "receivedAt") as at, "receivedAt", attempts,
       to_char("triggeredAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "triggeredAt"
     from "WebhookDelivery" where shop = $1 and ${WAITING} and ("nextRetryAt" is null or "nextRetryAt" <= $2)
     order by "receivedAt", "webhookId" limit $3 for update skip locked`,
    [shop, now, limit],
  );
  return rows;
}

/** Takes one piece of news for as long as the caller's transaction lasts; false if another worker has it, or has done it. */
export async function holdNews(
  tx: PoolClient,
  { shop, webhookId }: { shop: string; webhookId: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from "WebhookDelivery" where shop = $1 and "webhookId" = $2 and ${WAITING} for update skip locked`,
    [shop, webhookId],
  );
  return rowCount === 1;
}

/** News that is done. */
export async function settleNews(
  tx: Db,
  { shop, webhookIds, now }: { shop: string; webhookIds: readonly string[]; now: Date },
): Promise<void> {
  if (webhookIds.length === 0) return;
  await tx.query(
    `update "WebhookDelivery" set "processedAt" = $3, "errorCode" = null, error = null, "nextRetryAt" = null
     where shop = $1 and "webhookId" = any($2)`,
    [shop, webhookIds, now],
  );
}

/**
 * News that could not be handled: tried again later and later, at last put aside for a person (Retry). What another worker has
 * done meanwhile stays done.
 */
export async function failNews(
  tx: Db,
  {
    shop,
    delivery,
    failure,
    now,
  }: {
    shop: string;
    delivery: Pick<NewsDelivery, "webhookId" | "attempts">;
    failure: { code: string; text: string; retry: boolean };
    now: Date;
  },
): Promise<void> {
  const attempts = delivery.attempts + 1;
  const due = failure.retry ? nextRetry(attempts, now) : null;
  await tx.query(
    `update "WebhookDelivery" set attempts = $3, "nextRetryAt" = $4, "errorCode" = $5, error = $6,
       "quarantinedAt" = case when $4::timestamptz is null then $7::timestamptz end
     where shop = $1 and "webhookId" = $2 and "processedAt" is null`,
    [shop, delivery.webhookId, attempts, due, failure.code, failure.text, now],
  );
}

/** Makes news due again that could not be handled, all of a shop or one piece, what was put aside too. Returns how many. */
export async function retryFailedNews(
  db: Db,
  { shop, webhookId }: { shop: string; webhookId?: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `update "WebhookDelivery" set attempts = 0, "nextRetryAt" = null, "quarantinedAt" = null, "errorCode" = null, error = null
     where shop = $1 and outcome = 'news' and "processedAt" is null and "errorCode" is not null
       and ($2::text is null or "webhookId" = $2)`,
    [shop, webhookId ?? null],
  );
  return rowCount ?? 0;
}
