import { expect, test } from "vitest";

import { createFormat } from "./format.ts";
import { jobOptionsWords } from "./job-options-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const words = (jobType: string, options: Record<string, unknown> = {}) =>
  jobOptionsWords({ jobType, options }, format);

test.each([
  ["orders", { from: null, until: null }, "All orders"],
  ["orders", {}, "All orders"],
  ["orders", { from: "2026-10-31T18:30:00Z" }, "Orders created from 1 Nov 2026, 12:00 am"],
  [
    ...["orders", { from: "2026-10-31T18:30:00Z", until: "2026-11-05T18:30:00Z" }],
    "Orders created from 1 Nov 2026, 12:00 am and before 6 Nov 2026, 12:00 am",
  ],
  ["look-back", { hours: 1 }, "At least 1 hour back"],
  ["look-back", { hours: 1440 }, "At least 1,440 hours back"],
  ["look-back", {}, "As far back as the schedule says"],
  [
    "backfill",
    { dryRun: true, kinds: ["order", "product"] },
    "Dry run of orders, products: nothing is changed",
  ],
  ["backfill", { dryRun: false, kinds: ["inventory"] }, "Fills in what is missing of stock levels"],
  ["backfill", {}, "Dry run: nothing is changed"],
  ["process-cache", {}, "All that waits in the cache"],
  ["products", {}, "Everything"],
] as [string, Record<string, unknown>, string][])("%s %o → %s", (jobType, options, said) => {
  expect(words(jobType, options)).toBe(said);
});

test("options that another version wrote are left out", () => {
  expect(words("orders", { from: 7, since: "x" })).toBe("All orders");
  expect(words("backfill", { dryRun: "no", kinds: ["toString", 4] })).toBe("Dry run: nothing is changed");
  expect(words("look-back", { hours: "3" })).toBe("As far back as the schedule says");
  expect(words("of-another-version", { a: 1 })).toBe("Everything");
});
