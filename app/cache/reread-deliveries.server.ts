import type { Pool, PoolClient } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { readDelivery } from "#app/shopify/webhooks/read-delivery.ts";
import type { WebhookEnvelope } from "#app/shopify/webhooks/read-envelope.ts";
import type { RecordKind, WebhookDelivery } from "#app/shopify/webhooks/webhook-delivery.ts";
import { forgetNews, forgetPutAside } from "./without-forgotten.server.ts";

/** Bodies of up to 10 MB are in memory at once. */
const BATCH = 20;

type Kept = Omit<WebhookEnvelope, "shop"> & { body: Buffer };

/**
 * Reads deliveries of a shop that could not be read once more, from the bytes that were kept, all or one: an update of the app may
 * understand them. What can be read now waits in the log for the worker, as news, or as a record that was put aside when it
 * came, unless nothing follows from it; what cannot stays failed, with today's reason. Whom the shop has forgotten since is not
 * brought back. Locks the deliveries in the order of their ids, some at a time.
 */
export async function rereadDeliveries(
  pool: Pool,
  { shop, webhookId, now }: { shop: string; webhookId?: string; now: Date },
): Promise<{ read: number; unreadable: number }> {
  const sum = { read: 0, unreadable: 0 };
  let last = "";
  for (;;) {
    const { ids, read } = await inRepeatedTransaction(pool, (tx) =>
      rereadSome(tx, { shop, webhookId: webhookId ?? null, after: last, now }),
    );
    sum.read += read;
    sum.unreadable += ids.length - read;
    const end = ids.at(-1);
    if (end === undefined || ids.length < BATCH) return sum;
    last = end;
  }
}

async function rereadSome(
  tx: PoolClient,
  { shop, webhookId, after, now }: { shop: string; webhookId: string | null; after: string; now: Date },
): Promise<{ ids: string[]; read: number }> {
  const { rows } = await tx.query<Kept>(
    `SELECT "webhookId", "eventId", topic, "apiVersion", body,
       to_char("triggeredAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "triggeredAt"
     FROM "WebhookDelivery" WHERE shop = $1 AND outcome = 'failed' AND "errorCode" IS NOT NULL AND body IS NOT NULL
       AND "webhookId" > $2 AND ($3::text IS NULL OR "webhookId" = $3)
     ORDER BY "webhookId" LIMIT $4 FOR UPDATE`,
    [shop, after, webhookId, BATCH],
  );
  const deliveries = rows.map(
    ({ body, ...envelope }) => readDelivery({ shop, ...envelope }, body, now).delivery,
  );
  await writeDown(tx, { shop, deliveries, now });
  const read = deliveries.filter(({ problem }) => problem === undefined);
  for (const delivery of read) await forget(tx, delivery);
  return { ids: rows.map((row) => row.webhookId), read: read.length };
}

async function writeDown(
  tx: PoolClient,
  { shop, deliveries, now }: { shop: string; deliveries: readonly WebhookDelivery[]; now: Date },
): Promise<void> {
  if (deliveries.length === 0) return;
  await tx.query(
    `UPDATE "WebhookDelivery" d SET outcome = u.outcome, kind = u.kind, "recordId" = u."recordId", "errorCode" = u.code, error = u.error,
       attempts = CASE WHEN u.outcome = 'failed' THEN attempts + 1 ELSE 0 END,
       "processedAt" = CASE WHEN u.outcome = 'noted' THEN $8::timestamptz END
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS u(id, outcome, kind, "recordId", code, error)
     WHERE d.shop = $1 AND d."webhookId" = u.id`,
    [
      shop,
      deliveries.map((delivery) => delivery.webhookId),
      deliveries.map(outcomeOf),
      deliveries.map(({ kind }) => kind),
      deliveries.map(({ recordId }) => recordId),
      deliveries.map(({ problem }) => problem?.code ?? null),
      deliveries.map(({ problem }) => problem?.message ?? null),
      now,
    ],
  );
}

function outcomeOf({ problem, payload, isNews }: WebhookDelivery): "failed" | "news" | "noted" {
  if (problem !== undefined) return "failed";
  return payload !== null || isNews ? "news" : "noted";
}

/** As at the door, when it came. */
async function forget(tx: PoolClient, delivery: WebhookDelivery): Promise<void> {
  const { payload, kind } = delivery;
  if (payload === null) await forgetNews(tx, delivery);
  else await forgetPutAside(tx, { ...delivery, kind: kind as RecordKind, payload });
}
