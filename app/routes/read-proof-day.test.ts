import { expect, test } from "vitest";

import { readProofDay } from "./read-proof-day.ts";

/** Half past midnight in India. */
const at = { timeZone: "Asia/Kolkata", now: new Date("2026-11-21T19:00:00Z") };
const read = (query: string) => readProofDay(new URLSearchParams(query), at);

test.each([
  ["", "2026-11-21"],
  ["day=2026-11-21", "2026-11-21"],
  ["day=2025-02-28", "2025-02-28"],
])("%j asks for %s", (query, day) => {
  expect(read(query)).toBe(day);
});

test.each(["day=", "day=yesterday", "day=2026-02-30", "day=2026-11-22", "day=2027-01-01"])(
  "%s is refused, naming the field",
  (query) => {
    expect(() => read(query)).toThrow(
      expect.objectContaining({ code: "VALIDATION", message: expect.stringMatching(/^day: /) }),
    );
  },
);
