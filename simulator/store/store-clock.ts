/**
 * The store's calendar. It ends on a fixed day, so that the same seed gives the same bytes whenever
 * it runs, and goes back about 18 months.
 */
export const STORE_END_MS = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;
const STORE_DAYS = 548;
export const STORE_START_MS = STORE_END_MS - STORE_DAYS * DAY_MS;
export const HOUR_MS = 3_600_000;

/**
 * A day's rhythm, beginning 05:30 in India (00:00 UTC): [share of the day's orders, share of the day].
 * Few orders at dawn, most between noon and midnight.
 */
const RHYTHM = [
  [0, 0],
  [0.05, 3 / 24],
  [0.27, 7.5 / 24],
  [0.5, 12 / 24],
  [0.85, 17.5 / 24],
  [0.97, 20 / 24],
  [1, 1],
] as const;

function timeOfDay(share: number): number {
  let [fromShare, fromTime]: readonly [number, number] = RHYTHM[0];
  for (const [toShare, toTime] of RHYTHM) {
    if (share < toShare) {
      return fromTime + ((share - fromShare) / (toShare - fromShare)) * (toTime - fromTime);
    }
    [fromShare, fromTime] = [toShare, toTime];
  }
  return 1;
}

/** When order `n` of `total` was placed, in whole seconds; never decreasing in `n`. */
export function orderTimeMs(n: number, total: number): number {
  const position = ((n + 0.5) / total) * STORE_DAYS;
  const day = Math.floor(position);
  const ms = STORE_START_MS + (day + timeOfDay(position - day)) * DAY_MS;
  return Math.floor(ms / 1000) * 1000;
}

// An order carries a dozen times; Date.toISOString for each was a tenth of the cost of making it.
const dayTexts = new Map<number, string>();
const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, "0"));

function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

/** GraphQL's DateTime as Shopify writes it: whole seconds and Z. */
export function formatTime(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const seconds = Math.floor((ms - day * DAY_MS) / 1000);
  const two = (value: number): string => TWO_DIGITS[value] ?? "00";
  return `${dayText(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}Z`;
}

export function formatTimeOrNull(ms: number | null): string | null {
  return ms === null ? null : formatTime(ms);
}
