import { expect, test } from "vitest";
import { readPeriod } from "./read-period.ts";

const now = new Date("2026-03-10T12:00:00Z");
const read = (since?: string, until?: string, timeZone = "Asia/Kolkata") =>
  readPeriod({ since, until }, { timeZone, now });

test("days are the shop's, and the last one counts whole", () => {
  expect(read("2026-01-01", "2026-01-31")).toEqual({
    ...{ from: "2025-12-31T18:30:00.000Z", until: "2026-01-31T18:30:00.000Z" },
  });
  expect(read("2026-01-01", "2026-01-01", "UTC")).toEqual({
    ...{ from: "2026-01-01T00:00:00.000Z", until: "2026-01-02T00:00:00.000Z" },
  });
});

test("a time is that instant, and what is left out is open", () => {
  expect(read("2026-01-01T10:00:00+05:30")).toEqual({ from: "2026-01-01T04:30:00.000Z", until: null });
  expect(read(undefined, "2026-01-01T10:00:00Z")).toEqual({ from: null, until: "2026-01-01T10:00:00.000Z" });
  expect(read()).toEqual({ from: null, until: null });
});

test.each([
  ["2026-01-02", "2026-01-01", "--until 2026-01-01 is before --since 2026-01-02."],
  ["2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z", "is before --since"],
  ["2026-03-12", undefined, "--since 2026-03-12 is still to come."],
])("from %s until %s is no period", (since, until, words) => {
  expect(() => read(since, until)).toThrow(words);
});
