/** Shopify's leaky bucket: what the app may still ask for, refilled all the time. */
export type ThrottleBucket = {
  /** Takes `points`; false (and nothing taken) when they do not fit. */
  take(points: number): boolean;
  giveBack(points: number): void;
  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
};

/**
 * @param maximum points when full (2,000 on a standard plan).
 * @param restoreRate points per second (100 on a standard plan).
 * @param nowMs the clock, for tests.
 */
export function createThrottleBucket(
  maximum: number,
  restoreRate: number,
  nowMs: () => number = Date.now,
): ThrottleBucket {
  let available = maximum;
  let seenMs = nowMs();
  const refill = (): void => {
    const atMs = nowMs();
    available = Math.min(maximum, available + (Math.max(0, atMs - seenMs) / 1000) * restoreRate);
    seenMs = atMs;
  };
  return {
    take(points) {
      refill();
      if (points > available) return false;
      available -= points;
      return true;
    },
    giveBack(points) {
      available = Math.min(maximum, available + Math.max(0, points));
    },
    status() {
      refill();
      return { maximumAvailable: maximum, currentlyAvailable: Math.floor(available), restoreRate };
    },
  };
}
