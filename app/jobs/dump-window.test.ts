import { expect, test } from "vitest";

import { dumpWindow } from "#app/jobs/dump-window.ts";

const shop = { timeZone: "Asia/Kolkata", now: new Date("2026-11-22T10:00:00Z") };

test("the last days count back from now", () => {
  expect(dumpWindow({ kind: "last", days: 7 }, shop)).toEqual({
    from: new Date("2026-11-15T10:00:00Z"),
    until: null,
  });
});

test("chosen days are the shop's own, the last one included", () => {
  expect(dumpWindow({ kind: "custom", from: "2026-11-01", to: "2026-11-02" }, shop)).toEqual({
    from: new Date("2026-10-31T18:30:00Z"),
    until: new Date("2026-11-02T18:30:00Z"),
  });
});

test("a side left empty is open", () => {
  expect(dumpWindow({ kind: "all" }, shop)).toEqual({ from: null, until: null });
  expect(dumpWindow({ kind: "custom", from: "", to: "2020-01-01" }, shop).from).toBeNull();
  expect(dumpWindow({ kind: "custom", from: "2020-01-01", to: "" }, shop).until).toBeNull();
});

test.each([
  ["", "", "From:"],
  ["2026-02-30", "", "From:"],
  ["", "22/11/2026", "To:"],
  ["2026-11-05", "2026-11-04", "To:"],
  ["2027-01-01", "", "From:"],
])("from %j to %j is refused and names the field", (from, to, field) => {
  expect(() => dumpWindow({ kind: "custom", from, to }, shop)).toThrow(field);
});
