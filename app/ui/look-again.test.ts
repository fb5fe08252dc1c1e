import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { lookAgain } from "./look-again.ts";

/** The browser's, as far as looking asks it. */
let page: { visibilityState: "visible" | "hidden" };

beforeEach(() => {
  vi.useFakeTimers();
  page = { visibilityState: "visible" };
  vi.stubGlobal("document", page);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const nobody = () => {
  throw new Error("the server did answer");
};

test("it looks when the time has come, and at once where told so", async () => {
  const looks: string[] = [];
  const look = (name: string) => () => Promise.resolve(void looks.push(name));
  const stops = [
    lookAgain(5000, look("later"), nobody),
    lookAgain(5000, look("now"), nobody, { atOnce: true }),
  ];
  expect(looks).toEqual(["now"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toEqual(["now", "later", "now", "later", "now"]);
  for (const stop of stops) stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toHaveLength(5);
});

test("a page that nobody sees does not look, and goes on when it is seen again", async () => {
  let looks = 0;
  const stop = lookAgain(5000, () => Promise.resolve(void (looks += 1)), nobody, { atOnce: true });
  page.visibilityState = "hidden";
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(1);
  page.visibilityState = "visible";
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(2);
  stop();
});

test("a look that takes long is waited for", async () => {
  const answers: (() => void)[] = [];
  const stop = lookAgain(1000, () => new Promise((resolve) => answers.push(resolve)), nobody);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(answers).toHaveLength(2);
  stop();
});

test("that the server does not answer is told each time, but not once nobody looks any more", async () => {
  let lost = 0;
  const look = (signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new Error("aborted"));
      });
      setTimeout(() => {
        reject(new Error("no answer"));
      }, 100);
    });
  const stop = lookAgain(1000, look, () => (lost += 1));
  await vi.advanceTimersByTimeAsync(2_500);
  expect(lost).toBe(2);
  await vi.advanceTimersByTimeAsync(550);
  stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(lost).toBe(2);
});
