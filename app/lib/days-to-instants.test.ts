import { expect, test } from "vitest";

import { daysToInstants } from "./days-to-instants.ts";

const iso = (days: { from?: string; to?: string }, timeZone = "Asia/Kolkata") => {
  const { from, until } = daysToInstants(days, timeZone);
  return [from?.toISOString(), until?.toISOString()];
};

test("both days are included, as the shop's clock has them", () => {
  expect(iso({ from: "2026-11-01", to: "2026-11-01" })).toEqual([
    "2026-10-31T18:30:00.000Z",
    "2026-11-01T18:30:00.000Z",
  ]);
  expect(iso({ from: "2026-11-01" })).toEqual(["2026-10-31T18:30:00.000Z", undefined]);
  expect(iso({})).toEqual([undefined, undefined]);
});

test("a day that does not exist is no limit", () => {
  expect(iso({ from: "2026-02-31", to: "0000-01-01" })).toEqual([undefined, undefined]);
  expect(iso({ from: "9999-12-31", to: "9999-12-31" }, "UTC")[0]).toBe("9999-12-31T00:00:00.000Z");
});
