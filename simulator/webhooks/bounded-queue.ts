/** Runs what is added in order, at most `limit` at once. */
export type BoundedQueue<T> = {
  add(one: T): void;
  /** Forgets what has not begun. */
  clear(): void;
  queued(): number;
  running(): number;
};

export function createBoundedQueue<T>(limit: number, run: (one: T) => Promise<void>): BoundedQueue<T> {
  let waiting: T[] = [];
  // Taken from the front by index: shifting a list of 100,000 costs as much as the delivery itself.
  let head = 0;
  let running = 0;
  let isDue = false;

  function start(): void {
    isDue = false;
    while (running < limit && head < waiting.length) {
      const one = waiting[head++] as T;
      if (head > 1_000 && head * 2 > waiting.length) {
        waiting = waiting.slice(head);
        head = 0;
      }
      running++;
      void run(one).finally(() => {
        running--;
        start();
      });
    }
  }

  return {
    add(one) {
      waiting.push(one);
      // Not now: whoever adds thousands in a row would keep the first from their answers until they time out.
      if (!isDue) setImmediate(start);
      isDue = true;
    },
    clear() {
      waiting = [];
      head = 0;
    },
    queued: () => waiting.length - head,
    running: () => running,
  };
}
