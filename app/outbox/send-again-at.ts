import type { ErrorCode } from "#app/lib/errors.ts";

/** Waits between tries, in seconds: Shopify is often back at once, and never asked more than four times a day for long. */
const WAITS_SECONDS = [10, 30, 60, 300, 1_800, 7_200, 21_600];
/**
 * The longest wait where Shopify could not be asked: nothing is wrong with what waits, so that it need not wait for hours once Shopify
 * answers again. A turn in which it still does not ends with its first requests, however much waits.
 */
const OUTAGE_SECONDS = 900;

/** Shopify could not be asked at all: it is the shop's or Shopify's trouble, and all that waits has it. */
export function isOutage(code: ErrorCode | null): boolean {
  return (
    code === "SHOPIFY_UNREACHABLE" ||
    code === "RATE_LIMITED" ||
    code === "TOKEN_REFUSED" ||
    code === "SHOPIFY_REFUSED"
  );
}

/** When an intent that Shopify could not be told for this reason is due again, after so many tries. */
export function sendAgainAt(attempts: number, now: Date, code: ErrorCode | null = null): Date {
  const wait = WAITS_SECONDS[Math.min(attempts, WAITS_SECONDS.length) - 1] ?? WAITS_SECONDS[0] ?? 10;
  const seconds = isOutage(code) ? Math.min(wait, OUTAGE_SECONDS) : wait;
  return new Date(now.getTime() + seconds * 1_000);
}

/**
 * What follows for an intent that is tried again by itself: when, and how many tries it has had. A wait that is no fault, which says
 * itself how long it lasts, is no try. Whatever it is, not before `notBefore`.
 */
export function againOf(
  end: { errorCode: ErrorCode | null; waitMs?: number; notBefore?: Date | null },
  attempts: number,
  now: Date,
): { at: Date; attempts: number } {
  const { errorCode, waitMs, notBefore = null } = end;
  const at = waitMs === undefined ? sendAgainAt(attempts, now, errorCode) : new Date(now.getTime() + waitMs);
  return {
    at: notBefore !== null && notBefore > at ? notBefore : at,
    attempts: waitMs === undefined ? attempts : Math.max(0, attempts - 1),
  };
}
