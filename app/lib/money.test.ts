import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyExponent, formatMoney, fromMinor, MoneyError, toMinor } from "./money.ts";

describe("amounts become integers in minor units and back", () => {
  test.each([
    ["1250.5", "INR", 125050, "1250.50"],
    ["8600.0", "INR", 860000, "8600.00"],
    ["8600.00", "INR", 860000, "8600.00"],
    ["0.05", "INR", 5, "0.05"],
    ["-0.50", "USD", -50, "-0.50"],
    ["80.0", "JPY", 80, "80"],
    ["1.25", "KWD", 1250, "1.250"],
    ["-0.0", "INR", 0, "0.00"],
  ] as const)("%s %s = %i", (amount, currency, minor, text) => {
    expect(toMinor(amount, currency)).toBe(minor);
    expect(fromMinor(minor, currency)).toBe(text);
  });

  test.each([
    ["1.5", "JPY"],
    ["0.001", "INR"],
    ["1e3", "INR"],
    ["", "INR"],
    ["NaN", "INR"],
    [" 1", "INR"],
    ["-", "INR"],
    [".5", "INR"],
    ["5.", "INR"],
    ["1.2.3", "INR"],
    ["--1", "INR"],
    ["١", "INR"],
    ["99999999999999999", "INR"],
  ])("%s %s is refused", (amount, currency) => {
    expect(() => toMinor(amount, currency)).toThrow(MoneyError);
  });

  test("every amount survives the round trip in every kind of currency", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.constantFrom("JPY", "INR", "KWD"),
        (minor, currency) => toMinor(fromMinor(minor, currency), currency) === minor,
      ),
    );
  });
});

test("a price is shown with its currency's digits, in the shop's way of grouping", () => {
  expect(formatMoney(61824000, "INR", "en-IN")).toBe("₹6,18,240.00");
  expect(formatMoney(61824000, "INR", "en-IN", "if-any")).toBe("₹6,18,240");
  expect(formatMoney(61824050, "INR", "en-IN", "if-any")).toBe("₹6,18,240.50");
  expect(formatMoney(80, "JPY", "en-US")).toBe("¥80");
  expect(currencyExponent("KWD")).toBe(3);
});
