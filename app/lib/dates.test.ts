import { expect, test } from "vitest";
import { toMicros } from "./dates.ts";

test.each([
  ["2026-11-22T10:00:00Z", 1795341600000000],
  ["2026-11-22T15:30:00+05:30", 1795341600000000],
  ["2026-11-22T10:00:00.123Z", 1795341600123000],
  ["2026-11-22T10:00:00.123456789Z", 1795341600123456],
  ["2026-11-22T15:30:00.5+05:30", 1795341600500000],
  [null, null],
] as const)("%s", (iso, micros) => {
  expect(toMicros(iso)).toBe(micros);
});

test("what is no time is refused", () => {
  expect(() => toMicros("yesterday")).toThrow(RangeError);
});
