import { expect, test } from "vitest";

import { failedWords } from "./failed-words.ts";
import { createFormat } from "./format.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });

test.each([
  [0, null],
  [1, "1 webhook could not be read or handled"],
  [123456, "1,23,456 webhooks could not be read or handled"],
])("%d deliveries that failed: %s", (failedDeliveries, words) => {
  expect(failedWords(failedDeliveries, format)).toBe(words);
});
