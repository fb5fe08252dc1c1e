import { expect, test } from "vitest";

import { failedWords } from "./failed-words.ts";
import { createFormat } from "./format.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });

test.each([
  [0, 0, null],
  [1, 0, "1 entry could not become ERP records"],
  [0, 1, "1 webhook could not be read or handled"],
  [123456, 2, "1,23,456 entries could not become ERP records · 2 webhooks could not be read or handled"],
])("%d entries and %d deliveries that failed: %s", (failed, failedDeliveries, words) => {
  expect(failedWords({ failed, failedDeliveries }, format)).toBe(words);
});
