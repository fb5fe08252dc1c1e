import type { Db } from "#app/lib/db.server.ts";

/** How long the records that webhooks brought took from Shopify to the ERP. */
export type Delays = {
  /** Records that are in the ERP, and those that still wait. */
  arrived: number;
  waiting: number;
  /** From Shopify's trigger (our receipt where it named none) until the record was in the ERP; null where none is. */
  medianMs: number | null;
  p95Ms: number | null;
};
export type DeliveryDelays = { hours: (Delays & { hour: Date })[]; whole: Delays };

const HOURS = 24;

type Row = { hour: Date | null; arrived: number; waiting: number; delays: number[] | null };

/**
 * The deliveries of records received in the last 24 hours of the clock, by hours of `timeZone`, the oldest first, hours without one
 * too. News counts not: it carries no record. Reads the range of the index by receipt.
 */
export async function loadDeliveryDelays(
  db: Db,
  { shop, now, timeZone }: { shop: string; now: Date; timeZone: string },
): Promise<DeliveryDelays> {
  // A trigger after the receipt is a clock that goes wrong: no delay is less than none.
  const { rows } = await db.query<Row>(
    `WITH last AS (
       SELECT date_trunc('hour', $2::timestamptz, $3) AS hour
     ), delivery AS (
       SELECT date_trunc('hour', "receivedAt", $3) AS hour, "processedAt",
         greatest(extract(epoch FROM "processedAt" - coalesce("triggeredAt", "receivedAt")), 0)::float8 * 1000 AS delay
       FROM "WebhookDelivery"
       WHERE shop = $1 AND "receivedAt" >= (SELECT hour FROM last) - interval '${String(HOURS - 1)} hours'
         AND "receivedAt" < (SELECT hour FROM last) + interval '1 hour' AND outcome IN ('stored', 'known', 'superseded')
     ), counted AS (
       SELECT hour, count("processedAt")::int AS arrived, (count(*) - count("processedAt"))::int AS waiting,
         percentile_cont('{0.5,0.95}'::float8[]) WITHIN GROUP (ORDER BY delay) FILTER (WHERE "processedAt" IS NOT NULL) AS delays
       FROM delivery GROUP BY GROUPING SETS ((hour), ())
     )
     SELECT hours.hour, coalesce(arrived, 0) AS arrived, coalesce(waiting, 0) AS waiting, delays
     FROM (SELECT (SELECT hour FROM last) - n * interval '1 hour' AS hour FROM generate_series(0, ${String(HOURS - 1)}) AS n
           UNION ALL SELECT NULL) hours
     LEFT JOIN counted ON counted.hour IS NOT DISTINCT FROM hours.hour
     ORDER BY hours.hour NULLS LAST`,
    [shop, now, timeZone],
  );
  const hours: DeliveryDelays["hours"] = [];
  let whole: Delays = { arrived: 0, waiting: 0, medianMs: null, p95Ms: null };
  for (const { hour, arrived, waiting, delays } of rows) {
    const told = { arrived, waiting, medianMs: roundedAt(delays, 0), p95Ms: roundedAt(delays, 1) };
    if (hour === null) whole = told;
    else hours.push({ hour, ...told });
  }
  return { hours, whole };
}

function roundedAt(values: number[] | null, index: number): number | null {
  const value = values?.[index];
  return value === undefined ? null : Math.round(value);
}
