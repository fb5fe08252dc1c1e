import type { Frame } from "playwright";

/** Milliseconds, and CLS as it is; INP is null where nothing was done, 0 where everything was shown within 16 ms. */
export type Vitals = { lcpMs: number | null; cls: number; inpMs: number | null };

type Watched = {
  lcp: number | null;
  shifts: { at: number; value: number }[];
  interactions: [number, number][];
};

/**
 * Runs in every frame before its own scripts: gathers what https://web.dev/articles/vitals defines. LCP is the last largest
 * paint before anybody does something, CLS the largest window of shifts (5 s, gaps of less than 1 s) that no input caused, INP the
 * longest of all interactions, which is the 98th percentile of fewer than fifty.
 */
export function watchVitals(): void {
  const watched: Watched = { lcp: null, shifts: [], interactions: [] };
  Object.assign(window, { watchedVitals: watched });
  type Entry = PerformanceEntry & { value?: number; hadRecentInput?: boolean; interactionId?: number };
  const observe = (type: string, take: (entry: Entry) => void, more: object = {}) => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true, ...more });
  };
  observe("largest-contentful-paint", ({ startTime }) => {
    watched.lcp = startTime;
  });
  observe("layout-shift", ({ startTime, value = 0, hadRecentInput }) => {
    if (hadRecentInput !== true) watched.shifts.push({ at: startTime, value });
  });
  observe(
    "event",
    ({ interactionId = 0, duration }) => {
      if (interactionId > 0) watched.interactions.push([interactionId, duration]);
    },
    { durationThreshold: 16 },
  );
}

/** What a frame has gathered; `acted` says whether somebody did anything in it. */
export async function readVitals(frame: Frame, { acted }: { acted: boolean }): Promise<Vitals> {
  const { lcp, shifts, interactions } = await frame.evaluate(
    () => (window as unknown as { watchedVitals: Watched }).watchedVitals,
  );
  const longest = Math.max(0, ...interactions.map(([, duration]) => duration));
  return { lcpMs: lcp, cls: largestWindow(shifts), inpMs: acted ? longest : null };
}

function largestWindow(shifts: Watched["shifts"]): number {
  let [largest, sum, began, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, value } of shifts) {
    if (at - last >= 1000 || at - began >= 5000) [sum, began] = [0, at];
    sum += value;
    last = at;
    largest = Math.max(largest, sum);
  }
  return largest;
}
