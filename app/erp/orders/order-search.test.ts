import { expect, test } from "vitest";
import { readOrderSearch } from "./order-search.ts";

test.each([
  ["asha rao", "'asha':* & 'rao':*"],
  ["Om", "'Om'"],
  ["asha.rao@example.com", "'asha':* & 'rao':* & 'example':* & 'com':*"],
  ["O'Brien", "'O' & 'Brien':*"],
  ["+91 98765 43210", "'9876543210'"],
  ["098765-43210", "'9876543210'"],
  ["9876543", "'9876543':*"],
  ["रेखा", "'रेखा':*"],
  ["a\\b:* | !'c", "'a\\\\b:*':* & '|' & '!' & 'c'"],
  ["@.'", null],
])("%j is looked for as %j", (typed, words) => {
  expect(readOrderSearch(typed).words).toBe(words);
});

test.each([["1001"], ["#1001"]])("%s is a number with and without its mark", (typed) => {
  expect(readOrderSearch(typed).numbers).toEqual(expect.arrayContaining(["1001", "#1001"]));
});

test("an AWB is looked for as typed and in the carrier's spelling", () => {
  expect(readOrderSearch("awb 12-3").awbs).toEqual(["awb 12-3", "AWB 12-3", "AWB123"]);
});
