import { expect, test } from "vitest";

import { readProofDay } from "./read-proof-day.ts";

/** Half past midnight in India. */
const at = { timeZone: "Asia/Kolkata", now: new Date("2026-11-21T19:00:00Z") };
const read = (day: string | undefined) => readProofDay(day, at);

test.each([
  [undefined, "2026-11-21"],
  ["2026-11-21", "2026-11-21"],
  ["2025-02-28", "2025-02-28"],
])("%j asks for %s", (asked, day) => {
  expect(read(asked)).toBe(day);
});

test.each(["", "yesterday", "2026-02-30", "2026-11-22", "2027-01-01"])(
  "%j is refused, naming the field",
  (asked) => {
    expect(() => read(asked)).toThrow(
      expect.objectContaining({ code: "VALIDATION", message: expect.stringMatching(/^day: /) }),
    );
  },
);
