import { expect, test } from "vitest";

import { dumpWindow, type DumpChoice } from "#app/jobs/dump-window.ts";

const shop = { timeZone: "Asia/Kolkata", now: new Date("2026-11-22T10:00:00Z") };
const all = { ...shop, scopes: ["read_orders", "read_all_orders"] };
const recent = { ...shop, scopes: ["read_orders"] };

test("the last days count back from now", () => {
  expect(dumpWindow({ kind: "last", days: 7 }, recent)).toEqual({
    from: new Date("2026-11-15T10:00:00Z"),
    until: null,
  });
});

test("chosen days are the shop's own, the last one included", () => {
  expect(dumpWindow({ kind: "custom", from: "2026-11-01", to: "2026-11-02" }, recent)).toEqual({
    from: new Date("2026-10-31T18:30:00Z"),
    until: new Date("2026-11-02T18:30:00Z"),
  });
});

test("with read_all_orders every period is open", () => {
  expect(dumpWindow({ kind: "all" }, all)).toEqual({ from: null, until: null });
  expect(dumpWindow({ kind: "custom", from: "", to: "2020-01-01" }, all).from).toBeNull();
});

test("without it, 60 days are open and no more", () => {
  expect(dumpWindow({ kind: "last", days: 60 }, recent).from).toEqual(new Date("2026-09-23T10:00:00Z"));
  const tooFar: DumpChoice[] = [
    { kind: "last", days: 90 },
    { kind: "all" },
    { kind: "custom", from: "2026-09-01", to: "2026-09-30" },
    { kind: "custom", from: "", to: "2026-11-20" },
  ];
  for (const choice of tooFar) {
    expect(() => dumpWindow(choice, recent)).toThrow(
      expect.objectContaining({ code: "PERIOD_NEEDS_ALL_ORDERS" }) as Error,
    );
  }
});

test.each([
  ["", "", "From:"],
  ["2026-02-30", "", "From:"],
  ["2026-11-05", "2026-11-04", "To:"],
  ["2027-01-01", "", "From:"],
])("from %j to %j is refused and names the field", (from, to, field) => {
  expect(() => dumpWindow({ kind: "custom", from, to }, all)).toThrow(field);
});
