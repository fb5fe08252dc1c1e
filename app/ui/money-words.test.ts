import { expect, test } from "vitest";

import { createFormat } from "./format.ts";
import { moneyWords } from "./money-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "UTC" });

test.each([
  ["1 × Kurta handed over, to collect 124400.50 INR", "1 × Kurta handed over, to collect ₹1,24,400.50"],
  [
    "900.00 INR was paid out, but 3.000 KWD is to be collected",
    "₹900 was paid out, but KWD 3 is to be collected",
  ],
  ["book 500 JPY as paid", "book JP¥500 as paid"],
  // Sizes, codes and numbers that are no amounts.
  ["3 × 2 TOP, 5 XXL, AWB 900.00 INRX, 1.900.00 INR", "3 × 2 TOP, 5 XXL, AWB 900.00 INRX, 1.900.00 INR"],
])("%s", (said, shown) => {
  expect(moneyWords(said, format)).toBe(shown);
});
