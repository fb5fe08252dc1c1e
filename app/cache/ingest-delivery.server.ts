import type { Pool, PoolClient } from "pg";
import { errorCatalogue } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import type { DeliveryOutcome } from "#app/shopify/webhooks/webhook-delivery.ts";
import { cacheTables, type CacheKind } from "./cache-tables.ts";
import { ingestInTransaction } from "./ingest.server.ts";
import type { IncomingPayload } from "./payload.ts";
import { forgetNews, forgetPutAside, markRedacted } from "./without-forgotten.server.ts";

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
  /** What it is about. */
  kind: string | null;
  recordId: string | null;
  /** The entire record, where the body is one; `kind` is then the cache it belongs to. */
  payload: IncomingPayload | null;
  /** Whether the worker has something to do about a body that is no record. */
  isNews: boolean;
  /** Why the body could not be read; the delivery is then kept as Failed. */
  problem?: { code: string; message: string };
  now: Date;
};

/** An answer waits so long for whoever holds the record: longer than another webhook does, shorter than a batch of the processor. */
const LOCK_TIMEOUT_MS = 60;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Remembers a delivery and stores its payload in ONE transaction, before Shopify gets its 200 (law 1). A delivery
 * id seen before is counted as a duplicate and changes nothing (law 2). The answer never waits for the processor: a record
 * that it holds is put aside in the log, and the worker takes it from there.
 * @throws only what the database throws: then nothing is stored and the answer must not be 200.
 */
export async function ingestDelivery(pool: Pool, delivery: Delivery): Promise<DeliveryOutcome> {
  try {
    return await store(pool, delivery, LOCK_TIMEOUT_MS);
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    return store(pool, { ...delivery, payload: null, isNews: true }, 0, delivery.payload);
  }
}

/**
 * @param lockTimeoutMs 0 = as long as it takes
 * @param putAside the record that waits in the log instead of its entry
 */
async function store(
  pool: Pool,
  delivery: Delivery,
  lockTimeoutMs: number,
  putAside: IncomingPayload | null = null,
): Promise<DeliveryOutcome> {
  return inRepeatedTransaction(pool, async (tx) => {
    const { kind } = delivery;
    const brought = delivery.payload ?? putAside;
    // What we change ourselves is known again by it.
    const isWritten = kind === "order" || kind === "inventory";
    const changedAt = isWritten ? (brought?.shopifyUpdatedAt ?? null) : null;
    if (!(await rememberDelivery(tx, { ...delivery, changedAt }, lockTimeoutMs))) {
      await tx.query({
        name: "count-duplicate-delivery",
        text: `UPDATE "WebhookDelivery" SET duplicates = duplicates + 1 WHERE shop = $1 AND "webhookId" = $2`,
        values: [delivery.shop, delivery.webhookId],
      });
      return "duplicate";
    }
    const { payload } = delivery;
    if (payload !== null) return ingestRecord(tx, delivery, kind as CacheKind, payload);
    const isForgotten =
      putAside === null
        ? await forgetNews(tx, delivery)
        : await forgetPutAside(tx, { ...delivery, kind: kind as CacheKind, payload: putAside });
    return isForgotten ? "redacted" : outcomeOf(delivery);
  });
}

function outcomeOf({ payload, problem, isNews }: Delivery): "stored" | "news" | "failed" | "noted" {
  if (payload !== null) return "stored";
  if (problem !== undefined) return "failed";
  return isNews ? "news" : "noted";
}

async function rememberDelivery(
  tx: PoolClient,
  delivery: Delivery & { changedAt: string | null },
  lockTimeoutMs: number,
): Promise<boolean> {
  const { shop, webhookId, kind, recordId, payload, problem, now } = delivery;
  const outcome = outcomeOf(delivery);
  const { rowCount } = await tx.query({
    name: "remember-delivery",
    text: `INSERT INTO "WebhookDelivery" (shop, "webhookId", "eventId", topic, "apiVersion", "triggeredAt", "receivedAt",
        kind, "recordId", outcome, "errorCode", error, body, "processedAt", "changedAt")
      SELECT $1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz, $8, $9, $10, $11, $12, $13::bytea, $14::timestamptz, $15::timestamptz
      FROM set_config('lock_timeout', $16, true) ON CONFLICT DO NOTHING`,
    values: [
      ...[shop, webhookId, delivery.eventId, delivery.topic, delivery.apiVersion, delivery.triggeredAt, now],
      ...[kind, recordId, outcome, problem?.code ?? null, problem?.message ?? null],
      payload ? null : delivery.body,
      outcome === "noted" ? now : null,
      delivery.changedAt,
      String(lockTimeoutMs),
    ],
  });
  return rowCount === 1;
}

/**
 * The record into its cache; what was known already, or is older than what we have, is said in the log. Such a delivery is
 * done when its entry is, which may have been before.
 */
async function ingestRecord(
  tx: PoolClient,
  { shop, webhookId, now }: Pick<Delivery, "shop" | "webhookId" | "now">,
  kind: CacheKind,
  payload: IncomingPayload,
): Promise<"stored" | "known" | "superseded" | "redacted"> {
  const result = await ingestInTransaction(tx, { shop, kind, source: "webhook", payloads: [payload], now });
  if (result.created + result.updated > 0) return "stored";
  if (result.unchanged + result.superseded === 0) {
    await markRedacted(tx, { shop, webhookId });
    return "redacted";
  }
  const outcome = result.superseded > 0 ? "superseded" : "known";
  // Another road was first: an information, not an error.
  const { words } = errorCatalogue.ORDER_EXISTS;
  const told = outcome === "known" && kind === "order";
  await tx.query({
    name: `delivery-was-known-${kind}`,
    text: `UPDATE "WebhookDelivery" d SET outcome = $3, "errorCode" = $5, error = $6,
        "processedAt" = CASE WHEN c."processedAt" IS NOT NULL THEN $4::timestamptz END
      FROM "${cacheTables[kind].table}" c WHERE d.shop = $1 AND d."webhookId" = $2 AND c.shop = $1 AND c.id = d."recordId"`,
    values: [shop, webhookId, outcome, now, told ? "ORDER_EXISTS" : null, told ? words : null],
  });
  return outcome;
}

/** A record that was put aside goes into its cache after all, and the log says what became of it. Waits for whoever holds it. */
export async function ingestPutAside(
  tx: PoolClient,
  delivery: Pick<Delivery, "shop" | "webhookId" | "now"> & { kind: CacheKind; payload: IncomingPayload },
): Promise<void> {
  const { shop, webhookId, kind, payload } = delivery;
  const outcome = await ingestRecord(tx, delivery, kind, payload);
  await tx.query(
    `UPDATE "WebhookDelivery" SET outcome = $3, body = NULL WHERE shop = $1 AND "webhookId" = $2`,
    [shop, webhookId, outcome],
  );
}
