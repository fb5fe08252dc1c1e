/** Waits between tries, in seconds: Shopify is often back at once, and never asked more than four times a day for long. */
const WAITS_SECONDS = [10, 30, 60, 300, 1_800, 7_200, 21_600];

/** When an intent that Shopify could not be told is due again, after so many tries. */
export function sendAgainAt(attempts: number, now: Date): Date {
  const seconds = WAITS_SECONDS[Math.min(attempts, WAITS_SECONDS.length) - 1] ?? WAITS_SECONDS[0] ?? 10;
  return new Date(now.getTime() + seconds * 1_000);
}
