import { AppError } from "#app/lib/errors.ts";

/** NOTIFY would be at once, and takes a lock of the whole database at each commit: half a second is soon enough. */
const LOOK_AGAIN_MS = 500;
/** How many readers may wait at once: of this process, and of one shop, so that none keeps the others out. */
const MOST = { process: 200, shop: 20 };

const waiting = new Map<string, number>();

/**
 * What `look` yields as soon as that is something, or after the time asked for, or when `signal` is aborted. No connection is held
 * between two looks.
 * @throws AppError FEED_BUSY where too many wait already and there is nothing yet
 */
export async function waitForChanges<Found extends { changes: readonly unknown[] }>(
  look: () => Promise<Found>,
  { shop, seconds, signal }: { shop: string; seconds: number; signal: AbortSignal },
): Promise<Found> {
  const until = performance.now() + seconds * 1000;
  let found = await look();
  if (seconds === 0 || found.changes.length > 0) return found;
  const mine = waiting.get(shop) ?? 0;
  const all = [...waiting.values()].reduce((sum, count) => sum + count, 0);
  if (mine >= MOST.shop || all >= MOST.process)
    throw new AppError(
      "FEED_BUSY",
      `${String(mine >= MOST.shop ? mine : all)} readers wait for changes already.`,
    );
  waiting.set(shop, mine + 1);
  try {
    for (;;) {
      const left = until - performance.now();
      if (found.changes.length > 0 || left <= 0 || isAborted(signal)) return found;
      await pause(Math.min(LOOK_AGAIN_MS, left), signal);
      if (!isAborted(signal)) found = await look();
    }
  } finally {
    const left = (waiting.get(shop) ?? 1) - 1;
    if (left === 0) waiting.delete(shop);
    else waiting.set(shop, left);
  }
}

/** Asked anew each time: what it was before a pause says nothing. */
const isAborted = (signal: AbortSignal) => signal.aborted;

/** Ends early, without an error, when `signal` is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
