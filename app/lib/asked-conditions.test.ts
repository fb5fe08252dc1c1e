import { expect, test } from "vitest";
import { askedConditions } from "./asked-conditions.ts";

test("what was asked for is numbered after the values there are; the rest is left out", () => {
  const asked = askedConditions(
    ["a-shop", 51],
    [
      ["status = ?", undefined],
      ["not test"],
      [`("updatedAt", id) > (?, ?)`, "2026-11-26", "7"],
      [`("createdAt", id) < (?, ?)`, undefined, "7"],
      ["note = ?", null],
    ],
  );
  expect(asked).toEqual({
    and: ` and not test and ("updatedAt", id) > ($3, $4) and note = $5`,
    values: ["a-shop", 51, "2026-11-26", "7", null],
  });
});

test("nothing asked for is no condition", () => {
  expect(askedConditions(["a-shop"], [["status = ?", undefined]])).toEqual({ and: "", values: ["a-shop"] });
});
