import { expect, test } from "vitest";

import { bytesWords } from "./bytes-words.ts";
import { createFormat } from "./format.ts";

const format = createFormat({ locale: "en", timeZone: "UTC" });

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [1240, "1.2 kB"],
  [64_000, "64 kB"],
  [1_250_000, "1.3 MB"],
  [5_000_000_000, "5 GB"],
  [12_000_000_000_000, "12,000 GB"],
])("%i → %s", (bytes, words) => {
  expect(bytesWords(bytes, format)).toBe(words);
});
