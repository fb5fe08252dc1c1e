import { expect, test } from "vitest";

import { dayBefore, dayOf, nextDay, startOfDay } from "#app/lib/zoned-day.ts";

test.each([
  ["2026-11-22", "UTC", "2026-11-22T00:00:00.000Z"],
  ["2026-11-22", "Asia/Kolkata", "2026-11-21T18:30:00.000Z"],
  ["2026-11-22", "Pacific/Auckland", "2026-11-21T11:00:00.000Z"],
  ["2026-11-22", "America/Los_Angeles", "2026-11-22T08:00:00.000Z"],
  // The clocks change on these days, at two in the morning.
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-03-09", "America/New_York", "2026-03-09T04:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
  // On these days there is no midnight: the clocks go from 23:59 to 1:00, west of UTC and east of it.
  ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"],
  ["2026-03-29", "Atlantic/Azores", "2026-03-29T01:00:00.000Z"],
  ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
  // On these there are two.
  ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
  ["2026-10-25", "Atlantic/Azores", "2026-10-25T00:00:00.000Z"],
  ["2021-10-29", "Asia/Amman", "2021-10-28T21:00:00.000Z"],
])("%s begins in %s at %s", (day, timeZone, instant) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(instant);
});

test("in every time zone each day of a year begins at its first instant", () => {
  const wrong: string[] = [];
  for (const timeZone of Intl.supportedValuesOf("timeZone")) {
    for (let day = "2026-01-01"; day <= "2026-12-31"; day = nextDay(day)) {
      const begins = startOfDay(day, timeZone);
      const before = new Date(begins.getTime() - 1);
      if (dayOf(begins, timeZone) !== day || dayOf(before, timeZone) !== dayBefore(day))
        wrong.push(`${day} ${timeZone}: ${begins.toISOString()}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each(["2026-02-30", "22.11.2026", "", "0000-01-01", "0099-12-31", "1899-12-31"])(
  "%j is no day",
  (day) => {
    expect(() => startOfDay(day, "UTC")).toThrow(RangeError);
  },
);

test("the day after the last of a month is the first of the next", () => {
  expect(nextDay("2028-02-29")).toBe("2028-03-01");
});

test("the day before the first of a month is the last of the one before", () => {
  expect(dayBefore("2028-03-01")).toBe("2028-02-29");
});

test.each([
  ["2026-11-21T18:29:59.999Z", "Asia/Kolkata", "2026-11-21"],
  ["2026-11-21T18:30:00.000Z", "Asia/Kolkata", "2026-11-22"],
  // The hour that the clocks strike twice belongs to one day.
  ["2026-11-01T05:59:59.000Z", "America/New_York", "2026-11-01"],
  ["2026-11-02T04:59:59.000Z", "America/New_York", "2026-11-01"],
  ["2026-11-02T05:00:00.000Z", "America/New_York", "2026-11-02"],
])("%s is, in %s, on %s", (at, timeZone, day) => {
  expect(dayOf(new Date(at), timeZone)).toBe(day);
});
