import { expect, test } from "vitest";
import { percentOf, progressWords } from "./progress-words.ts";

const unknown = { perSecond: null, secondsLeft: null };

test("how much, how fast, how long still", () => {
  expect(progressWords({ processed: 450, total: 2000 }, { perSecond: 300, secondsLeft: 5 })).toBe(
    "450 of 2,000 (22 %) · 300 per second · 5 s left",
  );
  expect(progressWords({ processed: 3, total: 30 }, { perSecond: 1.5, secondsLeft: 18 })).toBe(
    "3 of 30 (10 %) · 1.5 per second · 18 s left",
  );
});

test("what is not known is not said", () => {
  expect(progressWords({ processed: 450, total: null }, { perSecond: 300, secondsLeft: null })).toBe(
    "450 · 300 per second",
  );
  expect(progressWords({ processed: 0, total: 2000 }, unknown)).toBe("0 of 2,000 (0 %)");
  expect(progressWords({ processed: 2000, total: 2000 }, { perSecond: 2000, secondsLeft: 0 })).toBe(
    "2,000 of 2,000 (100 %) · 2,000 per second",
  );
  expect(percentOf({ processed: 1, total: null })).toBeNull();
  expect(percentOf({ processed: 0, total: 0 })).toBe(100);
  expect(percentOf({ processed: 7, total: 5 })).toBe(100);
});
