import type { Frame } from "playwright";

/**
 * Milliseconds, and CLS as it is, with what moved most; INP is null where nothing was done, 0 where everything was shown within 16 ms.
 */
export type Vitals = { lcpMs: number | null; cls: number; moved: string[]; inpMs: number | null };

type Watched = {
  lcp: number | null;
  /** When keys and pointers were pressed. */
  inputs: number[];
  /** `moved`: each element that moved, from where to where. */
  shifts: { at: number; value: number; moved: string[] }[];
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
  type Source = { node: Node | null; previousRect: DOMRect; currentRect: DOMRect };
  type Entry = PerformanceEntry & { value?: number; sources?: Source[]; interactionId?: number };
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
  const place = ({ x, y, width, height }: DOMRect) =>
    `${[x, y].map(Math.round).join(",")} ${[width, height].map(Math.round).join("×")}`;
  const nameOf = (node: Node | null) => {
    const element = node instanceof Element ? node : (node?.parentElement ?? null);
    // Polaris' last class says most: what it is, and as what.
    const name = element && [element.localName, ...[...element.classList].slice(-1)].join(".");
    return `${name ?? "what is gone"} “${(node?.textContent ?? "").slice(0, 30)}”`;
  };
  observe("layout-shift", ({ startTime, value = 0, sources = [] }) => {
    const moved = sources.map(
      ({ node, previousRect, currentRect }) =>
        `${startTime.toFixed(0)} ms: ${nameOf(node)} ${place(previousRect)} → ${place(currentRect)}`,
    );
    watched.shifts.push({ at: startTime, value, moved });
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
  return { lcpMs: lcp, ...largestWindow(unasked), inpMs: acted ? longest : null };
}

function largestWindow(shifts: Watched["shifts"]): Pick<Vitals, "cls" | "moved"> {
  let [sum, began, last] = [0, -Infinity, -Infinity];
  let most = { value: 0, moved: [] as string[] };
  let largest = { cls: 0, moved: most.moved };
  for (const shift of shifts) {
    const { at, value } = shift;
    if (at - last >= 1000 || at - began >= 5000) {
      [sum, began] = [0, at];
      most = shift;
    }
    sum += value;
    last = at;
    if (value > most.value) most = shift;
    if (sum > largest.cls) largest = { cls: sum, moved: most.moved };
  }
  return largest;
}
