import { expect, test } from "vitest";

import { reasonWords } from "./reason-words.ts";

test.each([
  ["SIZE_TOO_SMALL", "Size too small"],
  ["OTHER", "Other"],
  ["Too small, says the customer", "Too small, says the customer"],
  ["", ""],
])("%j is read as %j", (reason, words) => {
  expect(reasonWords(reason)).toBe(words);
});
