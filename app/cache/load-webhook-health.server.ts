import type { Db } from "#app/lib/db.server.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { silenceWords, type Spread, type TopicHealth, type WebhookHealth } from "./webhook-health.ts";

/**
 * How a shop's webhooks came since `since`: by topic (those the app subscribes to and those that came all the same), by
 * kind of record, and whether they fell silent. Two statements.
 */
export async function loadWebhookHealth(
  db: Db,
  { shop, since, now }: { shop: string; since: Date; now: Date },
): Promise<WebhookHealth> {
  const topics = await loadTopics(db, { shop, since });
  const rhythm = await loadRhythm(db, { shop, since, now });
  const silentSince = rhythm.lastDeliveryAt ?? rhythm.installedAt;
  return {
    since: since.toISOString(),
    topics,
    kinds: rhythm.kinds.map(({ kind, byWebhook, missed }) => ({
      ...{ kind, byWebhook, missed },
      missedShare: byWebhook + missed === 0 ? null : missed / (byWebhook + missed),
    })),
    lastDeliveryAt: rhythm.lastDeliveryAt?.toISOString() ?? null,
    silence:
      silentSince &&
      silenceWords({
        silentMs: now.getTime() - silentSince.getTime(),
        longestGapMs: rhythm.longestGapMs,
        newerOrders: rhythm.newerOrders,
      }),
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

type Rhythm = {
  kinds: { kind: string; byWebhook: number; missed: number }[];
  lastDeliveryAt: Date | null;
  installedAt: Date | null;
  /** Of the last 7 days; null with fewer than two deliveries in them. */
  longestGapMs: number | null;
  newerOrders: number;
};

/**
 * An update counts as brought by a webhook once: `known` is one that was there already. Orders count as newer by the time
 * Shopify changed them; that they came by another road is their source.
 */
async function loadRhythm(
  db: Db,
  { shop, since, now }: { shop: string; since: Date; now: Date },
): Promise<Rhythm> {
  const kinds = [...new Set([...webhookTopics.values()].flatMap(({ kind }) => kind ?? []))];
  const { rows } = await db.query<Rhythm>(
    `WITH brought AS (
       SELECT kind, count(*)::int AS n FROM "WebhookDelivery"
        WHERE shop = $1 AND "receivedAt" >= $2 AND outcome IN ('stored', 'superseded') GROUP BY kind
     ), missed AS (
       SELECT kind, count(*)::int AS n FROM "ShopifyMissedUpdate" WHERE shop = $1 AND "foundAt" >= $2 GROUP BY kind
     ), quiet AS (
       SELECT (SELECT max("receivedAt") FROM "WebhookDelivery" WHERE shop = $1) AS "lastDeliveryAt",
         (SELECT "installedAt" FROM "Shop" WHERE shop = $1) AS "installedAt"
     ), gaps AS (
       SELECT "receivedAt" - lag("receivedAt") OVER (ORDER BY "receivedAt") AS gap FROM "WebhookDelivery"
        WHERE shop = $1 AND "receivedAt" >= $3::timestamptz - interval '7 days'
     )
     SELECT "lastDeliveryAt", "installedAt",
       (SELECT round(extract(epoch FROM max(gap)) * 1000)::float8 FROM gaps) AS "longestGapMs",
       (SELECT count(*)::int FROM "ShopifyOrderCache"
         WHERE shop = $1 AND source IN ('lookback', 'dump')
           AND "receivedAt" > coalesce("lastDeliveryAt", "installedAt")
           AND "shopifyUpdatedAt" > coalesce("lastDeliveryAt", "installedAt")) AS "newerOrders",
       (SELECT json_agg(json_build_object('kind', kind, 'byWebhook', coalesce(brought.n, 0), 'missed', coalesce(missed.n, 0))
                 ORDER BY place)
          FROM unnest($4::text[]) WITH ORDINALITY AS kinds(kind, place)
          LEFT JOIN brought USING (kind) LEFT JOIN missed USING (kind)) AS kinds
     FROM quiet`,
    [shop, since, now, kinds],
  );
  const [row] = rows;
  if (!row) throw new Error("a statement without FROM a table answered no row");
  return row;
}
