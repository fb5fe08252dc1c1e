const HOUR_MS = 3_600_000;
/** Shopify's search may lag behind its records, and clocks differ. */
const OVERLAP_MS = 10 * 60_000;

/**
 * Where a look-back begins: so many hours ago, or where the last one ended if that is longer ago, so that no downtime leaves a
 * gap.
 * @param cursor up to where everything has been read; null before the first look-back
 */
export function lookBackStart({
  now,
  hours,
  cursor,
}: {
  now: Date;
  hours: number;
  cursor: Date | null;
}): Date {
  const wanted = now.getTime() - hours * HOUR_MS;
  return new Date(cursor === null ? wanted : Math.min(wanted, cursor.getTime() - OVERLAP_MS));
}
