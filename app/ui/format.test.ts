import { expect, test } from "vitest";

import { createFormat } from "#app/ui/format.ts";

const noon = "2026-11-22T06:30:00.000Z";

test("an Indian shop reads lakhs and its own time", () => {
  const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
  expect(format.number(1234567)).toBe("12,34,567");
  expect(format.dateTime(noon)).toBe("22 Nov 2026, 12:00 pm");
});

test("money, days and the clock are the shop's", () => {
  const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
  expect(format.money("618240.00", "INR")).toBe("₹6,18,240");
  expect(format.money("618240.50", "INR")).toBe("₹6,18,240.50");
  expect(format.day("2026-11-22")).toBe("22 Nov 2026");
  expect(format.clock(noon)).toBe("12:00 pm");
});

test("a German shop reads points and a 24-hour clock", () => {
  const format = createFormat({ locale: "de-DE", timeZone: "Europe/Berlin" });
  expect(format.number(1234567)).toBe("1.234.567");
  expect(format.dateTime(noon)).toBe("22.11.2026, 07:30");
});

test("a time zone nobody knows does not break the page", () => {
  expect(createFormat({ locale: "xx-not a locale", timeZone: "Mars/Olympus" }).time(noon)).toMatch(/6:30:00/);
});

test.each([
  [900, "1 s"],
  [59_000, "59 s"],
  [95_000, "1 min 35 s"],
  [3_700_000, "1 h 1 min"],
])("%d ms reads %s", (ms, words) => {
  expect(createFormat({ locale: "en", timeZone: "UTC" }).duration(ms)).toBe(words);
});
