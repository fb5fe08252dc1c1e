import { expect, test } from "vitest";

import { readTimestamp } from "./read-timestamp.ts";

test.each([
  ["2026-03-30T14:30:00Z", "2026-03-30T14:30:00.000000Z"],
  ["2026-03-30T14:30:00.000000000Z", "2026-03-30T14:30:00.000000Z"],
  ["2026-03-30T14:30:00.123456789Z", "2026-03-30T14:30:00.123456Z"],
  ["2026-03-30T14:30:00.5Z", "2026-03-30T14:30:00.500000Z"],
  ["2026-03-30T20:00:00+05:30", "2026-03-30T14:30:00.000000Z"],
  ["2026-03-30T20:00:00+0530", "2026-03-30T14:30:00.000000Z"],
  ["2026-01-01T01:00:00.25+05:30", "2025-12-31T19:30:00.250000Z"],
])("%s is %s", (given, utc) => {
  expect(readTimestamp(given)).toBe(utc);
});

test.each([
  null,
  undefined,
  12,
  "",
  "yesterday",
  "2026-03-30",
  "2026-13-30T14:30:00Z",
  "0000-01-01T00:00:00Z",
  "Mon, 30 Mar 2026",
])("%j is no time, and no reason to refuse a delivery", (given) => {
  expect(readTimestamp(given)).toBeNull();
});
