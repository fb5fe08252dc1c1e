const MINUTE_MS = 60_000;
/** Later than this a slot counts as missed: the workers look every few seconds. */
const ON_TIME_MS = MINUTE_MS;

/**
 * The slot after one that is taken now. One that was on time keeps its rhythm; after a downtime the rhythm begins anew, so that
 * however many were missed run once. Minutes are minutes of the clock that knows no summer time.
 * @param slot when it was due, at or before `now`
 */
export function nextSlot({
  slot,
  now,
  intervalMinutes,
}: {
  slot: Date;
  now: Date;
  intervalMinutes: number;
}): Date {
  const isOnTime = now.getTime() - slot.getTime() < ON_TIME_MS;
  return new Date((isOnTime ? slot : now).getTime() + intervalMinutes * MINUTE_MS);
}
