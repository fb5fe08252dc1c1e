/** Where deliveries stay that must not go yet: for a time, or until others have gone. */
export type HoldingPlace<T> = {
  wait(one: T, ms: number): void;
  /** Until `after` others have gone, or at the latest after `ms` (null: however long it takes). */
  hold(one: T, after: number, ms: number | null): void;
  /** One more has gone. */
  hasGone(): void;
  /** Ends every hold. */
  letGo(): void;
  clear(): void;
  waiting(): number;
  held(): number;
};

export function createHoldingPlace<T>(release: (one: T) => void): HoldingPlace<T> {
  const timers = new Set<NodeJS.Timeout>();
  let holds: { one: T; left: number; timer: NodeJS.Timeout | null }[] = [];

  function free(chosen: readonly { one: T; timer: NodeJS.Timeout | null }[]): void {
    holds = holds.filter((hold) => !chosen.includes(hold));
    for (const { one, timer } of chosen) {
      if (timer !== null) clearTimeout(timer);
      release(one);
    }
  }

  return {
    wait(one, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        release(one);
      }, ms).unref();
      timers.add(timer);
    },
    hold(one, after, ms) {
      const hold = { one, left: after, timer: null as NodeJS.Timeout | null };
      if (ms !== null)
        hold.timer = setTimeout(() => {
          free([hold]);
        }, ms).unref();
      holds.push(hold);
    },
    hasGone() {
      for (const hold of holds) hold.left--;
      if (holds.length > 0) free(holds.filter((hold) => hold.left <= 0));
    },
    letGo() {
      free(holds);
    },
    clear() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const { timer } of holds) if (timer !== null) clearTimeout(timer);
      holds = [];
    },
    waiting: () => timers.size,
    held: () => holds.length,
  };
}
