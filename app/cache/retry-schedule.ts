/** Waits between tries, in minutes: quick at first, a day at last; then the entry is quarantined. */
const WAITS_MINUTES = [1, 5, 30, 120, 480, 1440];

/** When an entry that has now failed `attempts` times is due again; null = quarantined, waits for a person. */
export function nextRetry(attempts: number, now: Date): Date | null {
  const minutes = WAITS_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}
