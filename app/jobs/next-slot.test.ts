import { expect, test } from "vitest";
import { nextSlot } from "./next-slot.ts";

test.each([
  ["on time to the second", "2026-11-26T10:00:00Z", "2026-11-26T10:00:00Z", 60, "2026-11-26T11:00:00.000Z"],
  [
    "a worker's look later, the rhythm stays",
    "2026-11-26T10:00:00Z",
    "2026-11-26T10:00:05Z",
    60,
    "2026-11-26T11:00:00.000Z",
  ],
  [
    "after a downtime it begins anew",
    "2026-11-26T10:00:00Z",
    "2026-11-26T10:20:00Z",
    60,
    "2026-11-26T11:20:00.000Z",
  ],
  [
    "many missed slots are one",
    "2026-11-20T10:00:00Z",
    "2026-11-26T10:00:30Z",
    5,
    "2026-11-26T10:05:30.000Z",
  ],
  [
    "the hour that summer time skips (Berlin)",
    "2026-03-29T00:30:00Z",
    "2026-03-29T00:30:00Z",
    60,
    "2026-03-29T01:30:00.000Z",
  ],
  [
    "a day in which summer time ends has a day's minutes",
    "2026-10-24T12:00:00Z",
    "2026-10-24T12:00:00Z",
    1440,
    "2026-10-25T12:00:00.000Z",
  ],
] as const)("%s", (_what, slot, now, intervalMinutes, next) => {
  const found = nextSlot({ slot: new Date(slot), now: new Date(now), intervalMinutes });
  expect(found.toISOString()).toBe(next);
});
