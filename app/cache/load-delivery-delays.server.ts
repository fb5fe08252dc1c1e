import type { Db } from "#app/lib/db.server.ts";

/** How long the records that webhooks brought in one hour took from Shopify to the ERP. */
export type HourOfDelays = {
  hour: Date;
  /** Records that are in the ERP, and those that still wait. */
  arrived: number;
  waiting: number;
  /** From Shopify's trigger (our receipt where it named none) until the record was in the ERP; null where none is. */
  medianMs: number | null;
  p95Ms: number | null;
};

/**
 * The deliveries of records received since `since`, by the hour. News counts not: it carries no record. Reads the range of the
 * index by receipt. Hours without a delivery are not in it.
 */
export async function loadDeliveryDelays(
  db: Db,
  { shop, since }: { shop: string; since: Date },
): Promise<HourOfDelays[]> {
  // A trigger after the receipt is a clock that goes wrong: no delay is less than none.
  const { rows } = await db.query<Omit<HourOfDelays, "medianMs" | "p95Ms"> & { delays: number[] | null }>(
    `WITH delivery AS (
       SELECT date_trunc('hour', "receivedAt") AS hour, "processedAt",
         greatest(extract(epoch FROM "processedAt" - coalesce("triggeredAt", "receivedAt")), 0)::float8 * 1000 AS delay
       FROM "WebhookDelivery"
       WHERE shop = $1 AND "receivedAt" >= $2 AND outcome IN ('stored', 'known', 'superseded')
     )
     SELECT hour, count("processedAt")::int AS arrived, (count(*) - count("processedAt"))::int AS waiting,
       percentile_cont('{0.5,0.95}'::float8[]) WITHIN GROUP (ORDER BY delay) FILTER (WHERE "processedAt" IS NOT NULL) AS delays
     FROM delivery GROUP BY hour ORDER BY hour`,
    [shop, since],
  );
  return rows.map(({ hour, arrived, waiting, delays }) => ({
    ...{ hour, arrived, waiting },
    medianMs: roundedAt(delays, 0),
    p95Ms: roundedAt(delays, 1),
  }));
}

function roundedAt(values: number[] | null, index: number): number | null {
  const value = values?.[index];
  return value === undefined ? null : Math.round(value);
}
