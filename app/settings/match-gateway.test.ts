import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { defaultSettings } from "./default-settings.ts";
import { matchGateway, normalisePaymentText } from "./match-gateway.ts";
import type { PaymentRule } from "./settings-schema.ts";

const rules = defaultSettings.paymentRules;

describe("a name as rules see it", () => {
  test.each([
    ["Cash on Delivery (₹49 fee)", "cash on delivery 49 fee"],
    ["cash_on_delivery", "cash on delivery"],
    ["CASH-ON-DELIVERY", "cash on delivery"],
    ["Ｃａｓｈ　ｏｎ　Ｄｅｌｉｖｅｒｙ", "cash on delivery"],
    ["C\u200bO\u200dD\ufeff", "cod"],
    ["  Razorpay \t\n", "razorpay"],
    ['["1 Razorpay"]', "1 razorpay"],
    ["💵️ COD ✔️", "cod"],
    ["Dobírkou", "dobirkou"],
    ["KAPIDA ÖDEME", "kapida odeme"],
    ["İDEAL", "ideal"],
    ["कैश ऑन डिलीवरी", "कैश ऑन डिलीवरी"],
    ["—", ""],
  ])("%j is %j", (name, seen) => {
    expect(normalisePaymentText(name)).toBe(seen);
  });

  test("stays as it is when it is normalised again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const once = normalisePaymentText(name);
        expect(normalisePaymentText(once)).toBe(once);
      }),
    );
  });
});

describe("with a shop's own rules", () => {
  const onGateway = (
    text: string,
    method: PaymentRule["method"],
    match: PaymentRule["match"] = "words",
  ): PaymentRule => ({
    on: "gateway",
    match,
    text,
    method,
  });

  test("the first rule that matches decides, and is named", () => {
    const own = onGateway("COD converted to prepaid", "Prepaid");
    expect(matchGateway("COD (converted to Prepaid)", [own, ...rules])).toEqual({
      method: "Prepaid",
      rule: own,
    });
    expect(matchGateway("COD (converted to Prepaid)", [...rules, own])?.method).toBe("COD");
  });

  test("an exact rule wants nothing beside its text", () => {
    const own = [onGateway("cash", "COD", "exact")];
    expect(matchGateway("Cash!", own)?.method).toBe("COD");
    expect(matchGateway("cash desk", own)).toBeNull();
  });

  test("rules on tags and attributes do not speak about gateways", () => {
    expect(matchGateway("cod", [{ on: "tag", match: "words", text: "cod", method: "COD" }])).toBeNull();
  });

  test("a changed list of rules is judged anew", () => {
    expect(matchGateway("Mystery", [])).toBeNull();
    expect(matchGateway("Mystery", [onGateway("mystery", "COD")])?.method).toBe("COD");
  });

  test("names in other scripts match", () => {
    expect(matchGateway("कैश ऑन डिलीवरी (COD)", [onGateway("कैश ऑन डिलीवरी", "COD")])?.method).toBe("COD");
  });
});
