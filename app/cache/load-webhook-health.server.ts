import type { Db } from "#app/lib/db.server.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { findWebhookSilence } from "./find-webhook-silence.server.ts";
import type { Spread, TopicHealth, WebhookHealth } from "./webhook-health.ts";

/**
 * How a shop's webhooks came since `since`: by topic (those the app subscribes to and those that came all the same), by
 * kind of record, and whether they fell silent.
 */
export async function loadWebhookHealth(
  db: Db,
  { shop, since, now }: { shop: string; since: Date; now: Date },
): Promise<WebhookHealth> {
  const topics = await loadTopics(db, { shop, since });
  const kinds = await loadKinds(db, { shop, since });
  const { lastDeliveryAt, silence } = await findWebhookSilence(db, { shop, now });
  return {
    since: since.toISOString(),
    topics,
    kinds: kinds.map(({ kind, byWebhook, missed }) => ({
      ...{ kind, byWebhook, missed },
      missedShare: byWebhook + missed === 0 ? null : missed / (byWebhook + missed),
    })),
    lastDeliveryAt: lastDeliveryAt?.toISOString() ?? null,
    silence,
  };
}

type TopicRow = Omit<TopicHealth, "lastSeenAt" | "delay" | "processing"> & {
  lastSeenAt: Date | null;
  delay: number[] | null;
  processing: number[] | null;
};

async function loadTopics(db: Db, { shop, since }: { shop: string; since: Date }): Promise<TopicHealth[]> {
  const { rows } = await db.query<TopicRow>(
    `WITH period AS (
       SELECT topic, count(*)::int AS count, sum(duplicates)::int AS duplicates,
         count(*) FILTER (WHERE outcome = 'failed' OR (outcome = 'news' AND "errorCode" IS NOT NULL))::int AS failures,
         percentile_cont('{0.5,0.99}'::float8[]) WITHIN GROUP
           (ORDER BY extract(epoch FROM "receivedAt" - "triggeredAt")::float8 * 1000) AS delay,
         percentile_cont('{0.5,0.99}'::float8[]) WITHIN GROUP
           (ORDER BY extract(epoch FROM "processedAt" - "receivedAt")::float8 * 1000)
           FILTER (WHERE outcome IN ('stored', 'known', 'superseded')) AS processing
       FROM "WebhookDelivery" WHERE shop = $1 AND "receivedAt" >= $2 GROUP BY topic
     ), topics AS (
       SELECT unnest($3::text[]) AS topic UNION SELECT topic FROM period
     )
     SELECT topic, last."seenAt" AS "lastSeenAt", coalesce(count, 0) AS count, coalesce(duplicates, 0) AS duplicates,
       coalesce(failures, 0) AS failures, delay, processing
     FROM topics LEFT JOIN period USING (topic)
     -- One look into the index of (shop, topic, receivedAt) for each topic, however long the log is.
     CROSS JOIN LATERAL (
       SELECT max("receivedAt") AS "seenAt" FROM "WebhookDelivery" WHERE shop = $1 AND topic = topics.topic
     ) last
     ORDER BY topic`,
    [shop, since, [...webhookTopics.keys()]],
  );
  return rows.map(({ lastSeenAt, delay, processing, ...row }) => ({
    ...row,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    delay: spread(delay),
    processing: spread(processing),
  }));
}

function spread(percentiles: number[] | null): Spread | null {
  const [median, p99] = percentiles ?? [];
  return median === undefined || p99 === undefined
    ? null
    : { medianMs: Math.round(median), p99Ms: Math.round(p99) };
}

type KindRow = { kind: string; byWebhook: number; missed: number };

/** An update counts as brought by a webhook once: `known` is one that was there already. */
async function loadKinds(db: Db, { shop, since }: { shop: string; since: Date }): Promise<KindRow[]> {
  const kinds = [...new Set([...webhookTopics.values()].flatMap(({ kind }) => kind ?? []))];
  const { rows } = await db.query<KindRow>(
    `WITH brought AS (
       SELECT kind, count(*)::int AS n FROM "WebhookDelivery"
        WHERE shop = $1 AND "receivedAt" >= $2 AND outcome IN ('stored', 'superseded') GROUP BY kind
     ), missed AS (
       SELECT kind, count(*)::int AS n FROM "ShopifyMissedUpdate" WHERE shop = $1 AND "foundAt" >= $2 GROUP BY kind
     )
     SELECT kind, coalesce(brought.n, 0) AS "byWebhook", coalesce(missed.n, 0) AS missed
     FROM unnest($3::text[]) WITH ORDINALITY AS kinds(kind, place)
     LEFT JOIN brought USING (kind) LEFT JOIN missed USING (kind) ORDER BY place`,
    [shop, since, kinds],
  );
  return rows;
}
