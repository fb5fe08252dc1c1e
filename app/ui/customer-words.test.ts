import { expect, test } from "vitest";
import { customerName, marketingWords } from "./customer-words.ts";

const nobody = {
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  shopifyCustomerId: null,
  record: "current",
} as const;

test.each([
  [{ firstName: "Asha", lastName: "Rao", email: "a@example.com" }, "Asha Rao"],
  [{ lastName: "Rao" }, "Rao"],
  [{ email: "a@example.com", phone: "+911" }, "a@example.com"],
  [{ phone: "+919812345678", shopifyCustomerId: "7" }, "+919812345678"],
  [{ shopifyCustomerId: "7" }, "Customer 7"],
  [{}, "Customer without a name"],
  [{ firstName: "Asha", email: "a@example.com", record: "redacted" }, "Redacted customer"],
] as const)("%j is called %s", (known, name) => {
  expect(customerName({ ...nobody, ...known })).toBe(name);
});

test("what no payload told of marketing is not taken for a no", () => {
  expect([true, false, null].map(marketingWords)).toEqual([
    "Accepts marketing",
    "Does not accept marketing",
    "Not known",
  ]);
});
