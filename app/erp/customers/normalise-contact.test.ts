import { expect, test } from "vitest";
import { normaliseEmail, normalisePhone, toE164 } from "./normalise-contact.ts";

test.each([
  [" 95 5555 0100", "IN", "+919555550100"],
  ["09812345678", "IN", "+919812345678"],
  ["00919812345678", "IN", "+919812345678"],
  ["919812345678", "IN", "+919812345678"],
  ["+91 98123-45678", "US", "+919812345678"],
  ["(613) 555-0100", "CA", "+16135550100"],
  ["12345", "IN", null],
  ["ask the porter", "IN", null],
  ["9812345678", "??", null],
] as const)("%j in %s is %s", (typed, country, expected) => {
  expect(toE164(typed, country)).toBe(expected);
});

test("what is no phone number is kept as typed, blank is none", () => {
  expect(normalisePhone(" ask the porter ", "IN")).toBe("ask the porter");
  expect(normalisePhone("  ", "IN")).toBeNull();
  expect(normaliseEmail(" Asha@Example.IN ")).toBe("asha@example.in");
  expect(normaliseEmail("")).toBeNull();
});
