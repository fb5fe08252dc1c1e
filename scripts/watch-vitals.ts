import type { Frame } from "playwright";

/** Milliseconds, and CLS as it is; INP is null where nothing was done, 0 where everything was shown within 16 ms. */
export type Vitals = { lcpMs: number | null; cls: number; inpMs: number | null };

type Watched = {
  lcp: number | null;
  /** When keys and pointers were pressed. */
  inputs: number[];
  shifts: { at: number; value: number }[];
  interactions: [number, number][];
};

/**
 * Runs in every frame before its own scripts: gathers what https://web.dev/articles/vitals defines. LCP is the last largest
 * paint before anybody does something, CLS the largest window of shifts (5 s, gaps of less than 1 s) that no input caused, INP the
 * longest of all interactions, which is the 98th percentile of fewer than fifty.
 *
 * Chromium says by `hadRecentInput` which shifts an input caused, but only in the page's outermost frame: in the frame of an app in
 * the Admin it says false of a shift 50 ms after a click. So inputs are noted here, and what follows one within the 500 ms of the
 * definition (https://wicg.github.io/layout-instability/#has-recent-input) does not count.
 */
export function watchVitals(): void {
  const watched: Watched = { lcp: null, inputs: [], shifts: [], interactions: [] };
  Object.assign(window, { watchedVitals: watched });
  type Entry = PerformanceEntry & { value?: number; interactionId?: number };
  const observe = (type: string, take: (entry: Entry) => void, more: object = {}) => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true, ...more });
  };
  observe("largest-contentful-paint", ({ startTime }) => {
    watched.lcp = startTime;
  });
  for (const type of ["pointerdown", "keydown"])
    addEventListener(type, ({ timeStamp }) => watched.inputs.push(timeStamp), {
      capture: true,
      passive: true,
    });
  observe("layout-shift", ({ startTime, value = 0 }) => {
    watched.shifts.push({ at: startTime, value });
  });
  observe(
    "event",
    ({ interactionId = 0, duration }) => {
      if (interactionId > 0) watched.interactions.push([interactionId, duration]);
    },
    { durationThreshold: 16 },
  );
}

/** A shift so soon after an input is what the person wanted. */
const RECENT_MS = 500;

/** What a frame has gathered; `acted` says whether somebody did anything in it. */
export async function readVitals(frame: Frame, { acted }: { acted: boolean }): Promise<Vitals> {
  const { lcp, inputs, shifts, interactions } = await frame.evaluate(
    () => (window as unknown as { watchedVitals: Watched }).watchedVitals,
  );
  const longest = Math.max(0, ...interactions.map(([, duration]) => duration));
  const unasked = shifts.filter(({ at }) => !inputs.some((input) => input <= at && at - input < RECENT_MS));
  return { lcpMs: lcp, cls: largestWindow(unasked), inpMs: acted ? longest : null };
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
