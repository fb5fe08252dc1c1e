const iso8601 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * A time of Shopify's as UTC with the digits PostgreSQL keeps ("2026-03-30T14:30:00.123456Z"), whatever the
 * offset and up to nanoseconds (X-Shopify-Triggered-At). Null for anything that is no such time: a delivery is
 * never refused over its clock.
 */
export function readTimestamp(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const [, seconds, fraction = "", offset] = iso8601.exec(value) ?? [];
  if (seconds === undefined || offset === undefined) return null;
  const time = new Date(`${seconds}${offset}`);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1) return null;
  const utc = time.toISOString();
  return `${utc.slice(0, utc.indexOf("."))}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}
