import { expect, test } from "vitest";
import { nextPaceBase, percentOf, progressWords } from "./progress-words.ts";

const base = { processed: 0, atMs: 0 };

test("how much, how fast, how long still", () => {
  expect(progressWords({ processed: 450, total: 2000 }, base, 1500)).toBe(
    "450 of 2,000 (22 %) · 300 per second · 5 s left",
  );
  expect(progressWords({ processed: 3, total: 30 }, base, 2000)).toBe(
    "3 of 30 (10 %) · 1.5 per second · 18 s left",
  );
});

test("what is not known is not said", () => {
  expect(progressWords({ processed: 450, total: null }, base, 1500)).toBe("450 · 300 per second");
  expect(progressWords({ processed: 0, total: 2000 }, base, 1500)).toBe("0 of 2,000 (0 %)");
  expect(progressWords({ processed: 2000, total: 2000 }, base, 1000)).toBe(
    "2,000 of 2,000 (100 %) · 2,000 per second",
  );
  expect(percentOf({ processed: 1, total: null })).toBeNull();
  expect(percentOf({ processed: 0, total: 0 })).toBe(100);
  expect(percentOf({ processed: 7, total: 5 })).toBe(100);
});

test("neither what an earlier worker did nor the wait for the file counts for the rate", () => {
  let at = nextPaceBase(null, { processed: 1000, total: 2000 }, 0);
  at = nextPaceBase(at, { processed: 1000, total: 2000 }, 60_000);
  at = nextPaceBase(at, { processed: 1100, total: 2000 }, 61_000);
  expect(at).toEqual({ processed: 1000, atMs: 60_000 });
  expect(progressWords({ processed: 1100, total: 2000 }, at, 61_000)).toContain("100 per second · 9 s left");
});
