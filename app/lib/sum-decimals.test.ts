import { expect, test } from "vitest";

import { sumDecimals } from "./sum-decimals.ts";

test("decimals are summed exactly", () => {
  expect(sumDecimals([])).toBe("0.00");
  expect(sumDecimals(["0.1", "0.2"])).toBe("0.30");
  expect(sumDecimals(["9007199254740993", "0.000001"])).toBe("9007199254740993.000001");
  expect(sumDecimals(["1250.50", "749.5", "100"])).toBe("2100.00");
});
