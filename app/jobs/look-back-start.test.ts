import { expect, test } from "vitest";
import { lookBackStart } from "./look-back-start.ts";

const now = new Date("2026-11-25T12:00:00Z");

test.each([
  ["the first time, the hours asked for", 24, null, "2026-11-24T12:00:00.000Z"],
  ["never less than those, however lately it ran", 24, "2026-11-25T11:00:00Z", "2026-11-24T12:00:00.000Z"],
  [
    "after a downtime, from where it ended, with an overlap",
    24,
    "2026-11-01T11:00:00Z",
    "2026-11-01T10:50:00.000Z",
  ],
  ["the overlap alone reaches back too", 1, "2026-11-25T11:05:00Z", "2026-11-25T10:55:00.000Z"],
] as const)("%s", (_what, hours, cursor, from) => {
  expect(lookBackStart({ now, hours, cursor: cursor === null ? null : new Date(cursor) }).toISOString()).toBe(
    from,
  );
});
