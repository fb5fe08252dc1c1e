/** Lets a poll sleep until its next turn, its operation is announced, or its job is to stop. */
export type BulkWaker = {
  wake(id: string): void;
  /** Resolves after `ms`, or as soon as `id` is woken or `signal` aborts; never throws. */
  sleep(id: string, ms: number, signal: AbortSignal): Promise<void>;
};

export function createBulkWaker(): BulkWaker {
  const sleepers = new Map<string, Set<() => void>>();
  return {
    wake(id) {
      for (const rise of sleepers.get(id) ?? []) rise();
    },
    sleep(id, ms, signal) {
      return new Promise((resolve) => {
        const mine = sleepers.get(id) ?? new Set();
        sleepers.set(id, mine);
        const rise = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", rise);
          mine.delete(rise);
          if (mine.size === 0) sleepers.delete(id);
          resolve();
        };
        const timer = setTimeout(rise, ms);
        mine.add(rise);
        signal.addEventListener("abort", rise, { once: true });
        if (signal.aborted) rise();
      });
    },
  };
}
