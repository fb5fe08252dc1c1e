import { describe, expect, test } from "vitest";
import { backoffMs, throttleWaitMs, type QueryCost } from "./throttle.ts";

const cost = (requested: number, available: number, rate = 100, maximum = 2000): QueryCost => ({
  requestedQueryCost: requested,
  actualQueryCost: null,
  throttleStatus: { maximumAvailable: maximum, currentlyAvailable: available, restoreRate: rate },
});

describe("waiting for the bucket", () => {
  test.each([
    // requested, available, rate → ms (100 ms of margin)
    [100, 2000, 100, 0],
    [100, 100, 100, 0],
    [500, 300, 100, 2100],
    [500, 300, 1000, 300],
    [10, 0, 50, 300],
  ])("%i points with %i there, restored at %i/s: %i ms", (requested, available, rate, waitMs) => {
    expect(throttleWaitMs(cost(requested, available, rate))).toBe(waitMs);
  });

  test("what was restored since the answer counts", () => {
    expect(throttleWaitMs(cost(500, 300), 500, 1_500)).toBe(600);
    expect(throttleWaitMs(cost(500, 300), 500, 2_000)).toBe(0);
  });

  test("a bucket smaller than the query is waited for until full, not for ever", () => {
    expect(throttleWaitMs(cost(5000, 0, 100, 1000))).toBe(10_100);
  });
});

describe("waiting after a fault", () => {
  test("doubles, is spread by chance, and stops growing at 30 s", () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 0))).toEqual([250, 500, 1000, 2000]);
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoffMs(40, 1)).toBe(30_000);
  });

  test("Retry-After is in seconds and is the least", () => {
    expect(backoffMs(1, 0.5, 2)).toBe(2000);
    expect(backoffMs(10, 1, 2)).toBe(30_000);
  });
});
