import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { defaultSettings } from "./default-settings.ts";
import { matchGateway } from "./match-gateway.ts";
import type { PaymentRule } from "./settings-schema.ts";

const rules = defaultSettings.paymentRules;

describe("with the rules every shop starts with", () => {
  test.each([
    "cod",
    "COD",
    "C.O.D.",
    "Cash on Delivery (COD)",
    "cash on delivery (COD)",
    "cash_on_delivery",
    "Cash-on-Delivery",
    "CashOnDelivery",
    "Cash on Delivery (₹49 fee)",
    "CASH  ON\tDELIVERY",
    "Ｃａｓｈ on Delivery",
    "Pay on Delivery (Cash/Card/UPI)",
    "Partial COD",
    "PPCOD",
    "Razorpay Cash on Delivery",
    "COD by GoKwik",
    "Nachnahme",
  ])("%j is cash on delivery", (name) => {
    expect(matchGateway(name, rules)?.method).toBe("COD");
  });

  test.each([
    "Razorpay",
    "razorpay",
    "1 Razorpay",
    "Razorpay Secure (UPI, Cards, Wallets)",
    "Stripe",
    "shopify_payments",
    "PayPal Express Checkout",
    "Cashfree Payments",
    "cashfree",
    "PayU India",
    "PhonePe PG",
    "Paytm",
    "CCAvenue",
    "Instamojo",
    "Easebuzz",
    "Juspay",
    "GoKwik",
    "Simpl",
    "LazyPay",
    "Snapmint",
    "Klarna.",
    "Afterpay",
    "Affirm",
    "Adyen",
    "Mollie - iDEAL",
    "Worldpay",
    "Sofort",
    "Bancontact",
    "Amazon Pay",
    "Google Pay",
    "Apple Pay",
    "Bank Transfer (Advance Payment)",
    "UPI",
    "gift_card",
    "shopify_store_credit",
    "cash",
    "Prepaid (no COD)",
  ])("%j is prepaid", (name) => {
    expect(matchGateway(name, rules)?.method).toBe("Prepaid");
  });

  // Parts of words never count, and what the merchant typed in by hand says nothing.
  test.each([
    "manual",
    "cupid",
    "Codex Pay",
    "Encod",
    "cashback",
    "Petty cash box",
    "simply",
    "payupal",
    "",
    "—",
    "₹",
  ])("%j is not known", (name) => {
    expect(matchGateway(name, rules)).toBeNull();
  });

  test("no name that merely contains the letters of a phrase is taken for it", () => {
    const letters = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(
        letters,
        letters,
        fc.constantFrom("cod", "upi", "simpl", "ideal"),
        (before, after, phrase) => {
          const glued = `${before}${phrase}${after}`;
          expect(
            matchGateway(glued, [{ on: "gateway", match: "words", text: phrase, method: "COD" }]),
          ).toBeNull();
        },
      ),
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
