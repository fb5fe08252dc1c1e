const MONTHS_SUPPORTED = 12;
const VERSION = /^(\d{4})-(\d{2})$/;

/**
 * The day (`YYYY-MM-DD`) from which Shopify no longer supports a version of its API: twelve months after its release, which its
 * name tells (Shopify's docs, versioning): 2026-10 → 2027-10-01. Null for a name that tells none ("unstable").
 */
export function apiVersionEnd(version: string): string | null {
  const [, year, month] = VERSION.exec(version) ?? [];
  if (year === undefined || month === undefined) return null;
  return new Date(Date.UTC(Number(year), Number(month) - 1 + MONTHS_SUPPORTED, 1)).toISOString().slice(0, 10);
}
