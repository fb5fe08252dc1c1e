import { describe, expect, test } from "vitest";

import { defaultSettings } from "./default-settings.ts";
import { determinePaymentMethod } from "./determine-payment-method.ts";
import type { PaymentFacts } from "./determine-payment-method.ts";
import type { PaymentRule } from "./settings-schema.ts";

const rules = defaultSettings.paymentRules;

const facts = (given: Partial<PaymentFacts>): PaymentFacts => ({
  gatewaysSeen: [],
  financialStatus: "PENDING",
  outstandingMinor: 100_00,
  nothingToPay: false,
  tags: [],
  attributes: [],
  correction: null,
  ...given,
});

describe("S5: gateways under their many names", () => {
  test.each([
    // gateways seen                        status              open    method     unknown        hold
    [["Cashfree Payments"], "PAID", 0, "Prepaid", [], false],
    [["manual"], "PAID", 0, "Prepaid", ["manual"], false],
    [["manual"], "PENDING", 100_00, "Prepaid", ["manual"], true],
    [["cupid"], "PAID", 0, "Prepaid", ["cupid"], false],
    [["cupid"], "PARTIALLY_PAID", 40_00, "Prepaid", ["cupid"], true],
    [["cupid"], "AUTHORIZED", 0, "Prepaid", ["cupid"], true],
    [["Cash on Delivery (₹49 fee)"], "PAID", 0, "COD", [], false],
    [["cash_on_delivery"], "PENDING", 100_00, "COD", [], false],
    [["cash_on_delivery"], "VOIDED", 0, "COD", [], false],
    [["Razorpay"], "PENDING", 100_00, "Prepaid", [], false],
    [["gift_card", "shopify_store_credit"], "PAID", 0, "Prepaid", [], false],
    [["Razorpay", "Mystery"], "PARTIALLY_PAID", 1, "Prepaid", ["Mystery"], true],
  ] as const)(
    "%j, %s, %d open: %s",
    (gatewaysSeen, financialStatus, outstandingMinor, paymentMethod, unknown, hold) => {
      expect(
        determinePaymentMethod(facts({ gatewaysSeen, financialStatus, outstandingMinor }), rules),
      ).toEqual({
        paymentMethod,
        unknownGateways: unknown,
        hold,
      });
    },
  );
});

describe("S6: any COD part makes it COD", () => {
  test.each([
    [["Razorpay", "Cash on Delivery (COD)"], "PARTIALLY_PAID"],
    [["Cash on Delivery (COD)", "Razorpay"], "PARTIALLY_PAID"],
    [["cod", "Mystery"], "PENDING"],
  ] as const)("%j", (gatewaysSeen, financialStatus) => {
    expect(
      determinePaymentMethod(facts({ gatewaysSeen, financialStatus, outstandingMinor: 800_00 }), rules),
    ).toMatchObject({ paymentMethod: "COD", hold: false });
  });
});

describe("an order without any gateway", () => {
  test("with nothing to pay is prepaid", () => {
    expect(determinePaymentMethod(facts({ financialStatus: "PAID", outstandingMinor: 0 }), rules)).toEqual({
      paymentMethod: "Prepaid",
      unknownGateways: [],
      hold: false,
    });
  });

  test("without transactions (Shopify's status is then null) and with nothing to pay is prepaid", () => {
    expect(determinePaymentMethod(facts({ financialStatus: null, outstandingMinor: 0 }), rules).hold).toBe(
      false,
    );
  });

  test("with money open is held until somebody says how it comes", () => {
    expect(determinePaymentMethod(facts({}), rules)).toMatchObject({ paymentMethod: "Prepaid", hold: true });
  });
});

describe("tags and attributes", () => {
  const codTag: PaymentRule = { on: "tag", match: "exact", text: "COD", method: "COD" };
  const prepaidTag: PaymentRule = { on: "tag", match: "words", text: "prepaid", method: "Prepaid" };
  const byAttribute: PaymentRule = {
    on: "attribute",
    match: "words",
    name: "Payment mode",
    text: "cod",
    method: "COD",
  };

  test("a tag makes an order COD that its gateway would call prepaid", () => {
    const order = facts({ gatewaysSeen: ["GoKwik"], tags: ["vip", "cod"] });
    expect(determinePaymentMethod(order, [...rules, codTag]).paymentMethod).toBe("COD");
  });

  test("a tag may vouch for an unknown gateway, never against a COD one", () => {
    const own = [...rules, prepaidTag];
    const tags = ["Prepaid order"];
    expect(determinePaymentMethod(facts({ gatewaysSeen: ["Mystery"], tags }), own)).toEqual({
      paymentMethod: "Prepaid",
      unknownGateways: ["Mystery"],
      hold: false,
    });
    expect(determinePaymentMethod(facts({ gatewaysSeen: ["cod"], tags }), own).paymentMethod).toBe("COD");
  });

  test("an attribute counts only under its name", () => {
    const own = [...rules, byAttribute];
    const paidBy = (name: string) => facts({ attributes: [{ name, value: "Partial COD" }] });
    expect(determinePaymentMethod(paidBy("payment_mode"), own).paymentMethod).toBe("COD");
    expect(determinePaymentMethod(paidBy("gift note"), own).paymentMethod).toBe("Prepaid");
  });
});

describe("a person's correction", () => {
  test("unsticks COD", () => {
    const order = facts({ gatewaysSeen: ["cod"], correction: "Prepaid" });
    expect(determinePaymentMethod(order, rules)).toMatchObject({ paymentMethod: "Prepaid", hold: false });
  });

  test("makes COD, and releases an unknown gateway that stays listed", () => {
    const order = facts({ gatewaysSeen: ["manual"], correction: "COD" });
    expect(determinePaymentMethod(order, rules)).toEqual({
      paymentMethod: "COD",
      unknownGateways: ["manual"],
      hold: false,
    });
  });
});
