import { expect, test } from "vitest";

import { checkWords } from "./check-words.ts";

test("a check that compared everything says so", () => {
  expect(checkWords({ proof: { problem: null } })).toBe("Yesterday was checked");
});

test("one that could compare only some of it does not claim more", () => {
  expect(checkWords({ proof: { problem: "More than 10,000 orders: only their number was compared." } })).toBe(
    "Yesterday was checked only in part",
  );
});
