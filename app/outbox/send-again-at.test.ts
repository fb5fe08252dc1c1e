import { expect, test } from "vitest";
import { againOf, sendAgainAt } from "./send-again-at.ts";

const now = new Date("2026-11-22T10:00:00Z");
const seconds = (at: Date) => (at.getTime() - now.getTime()) / 1_000;

test("each try waits longer than the one before, and at last six hours", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 70].map((tries) => seconds(sendAgainAt(tries, now, "INTERNAL")))).toEqual([
    ...[10, 30, 60, 300, 1_800, 7_200, 21_600, 21_600],
  ]);
});

test("what Shopify could not be asked waits a quarter of an hour at most", () => {
  for (const code of ["SHOPIFY_UNREACHABLE", "RATE_LIMITED", "TOKEN_REFUSED", "SHOPIFY_REFUSED"] as const)
    expect([1, 4, 5, 70].map((tries) => seconds(sendAgainAt(tries, now, code)))).toEqual([10, 300, 900, 900]);
});

test("a wait that is no fault is no try", () => {
  expect(againOf({ errorCode: null, waitMs: 30_000 }, 3, now)).toEqual({
    at: new Date(now.getTime() + 30_000),
    attempts: 2,
  });
  expect(againOf({ errorCode: null }, 3, now)).toEqual({ at: sendAgainAt(3, now), attempts: 3 });
});
