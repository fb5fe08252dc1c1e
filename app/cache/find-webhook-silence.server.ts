import type { Db } from "#app/lib/db.server.ts";

import { silenceWords } from "./webhook-health.ts";

/** A quiet hour is no alarm: then nothing more is asked. */
const QUIET = "interval '1 hour'";
/** One newer order is enough for the alarm: more than so many are not counted. */
const MOST_COUNTED = 1000;

/** When the last webhook came, and whether webhooks should have come since. */
export type WebhookSilence = {
  lastDeliveryAt: Date | null;
  /** The alarm in words; null while all is well. */
  silence: string | null;
};

type Row = {
  lastDeliveryAt: Date | null;
  /** The last delivery, or the installation where there was none. */
  silentSince: Date | null;
  /** Of the last 7 days; null with fewer than two deliveries in them, and where nobody asks because no order is newer. */
  longestGapMs: number | null;
  newerOrders: number;
};

/**
 * The alarm of `loadWebhookHealth` without its figures, cheap enough to be asked again and again. Orders count as newer by the
 * time Shopify changed them, as the index `ShopifyOrderCache_without_webhook` has them; that they came by another road is their source.
 */
export async function findWebhookSilence(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<WebhookSilence> {
  const { rows } = await db.query<Row>(
    `WITH quiet AS (
       SELECT (SELECT max("receivedAt") FROM "WebhookDelivery" WHERE shop = $1) AS "lastDeliveryAt",
         (SELECT "installedAt" FROM "Shop" WHERE shop = $1) AS "installedAt"
     ), since AS (
       SELECT "lastDeliveryAt", coalesce("lastDeliveryAt", "installedAt") AS at FROM quiet
     ), newer AS (
       SELECT count(*)::int AS orders FROM (
         -- Read along the index, which only the order makes sure of: how many are newer no statistics tell.
         SELECT FROM since CROSS JOIN LATERAL (
           SELECT FROM "ShopifyOrderCache" entry WHERE since.at < $2::timestamptz - ${QUIET}
             AND entry.shop = $1 AND entry.source IN ('lookback', 'dump') AND entry."shopifyUpdatedAt" > since.at
           ORDER BY entry."shopifyUpdatedAt" DESC LIMIT ${String(MOST_COUNTED)}
         ) entries
       ) newest
     ), gaps AS (
       SELECT "receivedAt" - lag("receivedAt") OVER (ORDER BY "receivedAt") AS gap FROM "WebhookDelivery"
        WHERE shop = $1 AND "receivedAt" >= $2::timestamptz - interval '7 days'
     )
     SELECT "lastDeliveryAt", at AS "silentSince", orders AS "newerOrders",
       CASE WHEN orders > 0 THEN (SELECT round(extract(epoch FROM max(gap)) * 1000)::float8 FROM gaps) END AS "longestGapMs"
     FROM since, newer`,
    [shop, now],
  );
  const [row] = rows;
  if (!row) throw new Error("a statement without FROM a table answered no row");
  const { lastDeliveryAt, silentSince, longestGapMs, newerOrders } = row;
  const silence =
    silentSince &&
    silenceWords({
      ...{ silentMs: now.getTime() - silentSince.getTime(), longestGapMs, newerOrders },
      isAtLeast: newerOrders === MOST_COUNTED,
    });
  return { lastDeliveryAt, silence };
}
