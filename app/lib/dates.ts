/**
 * Shopify's times: GraphQL writes `Z`, REST the shop's offset, webhook headers up to nanoseconds.
 * Compared and stored to the microsecond, which is what PostgreSQL keeps.
 */

const FRACTION = /\.(\d+)/;

/**
 * Microseconds since 1970 (an exact integer until the year 2255), null for null.
 * @throws RangeError if it is no ISO 8601 time.
 */
export function toMicros(iso: string | null): number | null {
  if (iso === null) return null;
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new RangeError(`"${iso}" is not a time`);
  if (iso.length <= 24) return ms * 1000; // "2026-11-22T10:00:00.000Z": nothing finer than milliseconds
  const digits = FRACTION.exec(iso)?.[1] ?? "";
  return Math.floor(ms / 1000) * 1_000_000 + Number(digits.slice(0, 6).padEnd(6, "0"));
}
