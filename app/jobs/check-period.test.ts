import { expect, test } from "vitest";
import { checkPeriod } from "./check-period.ts";

const now = new Date("2026-11-22T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

test.each([
  // from            scopes                              refused
  [daysAgo(7), ["read_orders"], false],
  [daysAgo(60), ["read_orders"], false],
  [daysAgo(62), ["read_orders"], true],
  [null, ["read_orders"], true],
  [null, ["read_orders", "read_all_orders"], false],
  [daysAgo(900), ["read_orders", "read_all_orders"], false],
])("a period from %s with %j: refused %s", (from, scopes, refused) => {
  const check = () => {
    checkPeriod({ from, scopes, now });
  };
  if (refused) expect(check).toThrow(/last 60 days/);
  else expect(check).not.toThrow();
});
