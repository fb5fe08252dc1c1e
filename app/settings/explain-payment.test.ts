import { describe, expect, test } from "vitest";

import { defaultPaymentRules } from "./default-payment-rules.ts";
import type { PaymentFacts } from "./determine-payment-method.ts";
import { explainPayment } from "./explain-payment.ts";
import { findShadowedRules } from "./find-shadowed-rules.ts";
import type { PaymentRule } from "./settings-schema.ts";

const facts = (given: Partial<PaymentFacts>): PaymentFacts => ({
  ...{ gatewaysSeen: [], financialStatus: "PENDING", outstandingMinor: 100, nothingToPay: false },
  ...{ tags: [], attributes: [], correction: null },
  ...given,
});
const rule = (text: string, more: Partial<PaymentRule> = {}): PaymentRule => ({
  ...{ on: "gateway", match: "words", text, method: "COD" },
  ...more,
});

describe("an explanation", () => {
  test("names the rule that knew each name, and where it stands", () => {
    const rules = [rule("wallet", { method: "Prepaid" }), ...defaultPaymentRules];
    const { names, verdict } = explainPayment(
      facts({ gatewaysSeen: ["My Wallet", "Cash on Delivery (₹49 fee)", "manual"] }),
      rules,
    );
    expect(names).toMatchObject([
      { seenAs: "my wallet", match: { position: 1, rule: { method: "Prepaid" } } },
      { seenAs: "cash on delivery 49 fee", match: { rule: { text: "on delivery", method: "COD" } } },
      { seenAs: "manual", match: null },
    ]);
    expect(rules[(names[1]?.match?.position ?? 0) - 1]).toBe(names[1]?.match?.rule);
    expect(verdict).toMatchObject({ paymentMethod: "COD", hold: false });
  });

  test.each([
    [{ gatewaysSeen: ["cod"], correction: "Prepaid" as const }, /person said/],
    [{ nothingToPay: true }, /nothing to pay/],
    [{ gatewaysSeen: ["Razorpay", "cod"] }, /“cod” is COD/],
    [{ gatewaysSeen: ["Mystery"], tags: ["wholesale"] }, /tags and attributes decides: rule 1/],
    [{ gatewaysSeen: ["Mystery"] }, /waits for a rule/],
    [{}, /names no gateway/],
    [{ gatewaysSeen: ["Mystery"], financialStatus: "PAID", outstandingMinor: 0 }, /Everything is paid/],
    [{ gatewaysSeen: ["Razorpay"] }, /Every gateway name is known/],
  ])("of %j says why", (given, why) => {
    const rules = [rule("wholesale", { on: "tag", method: "Prepaid" }), ...defaultPaymentRules];
    expect(explainPayment(facts(given), rules).why).toMatch(why);
  });
});

test("a rule is shadowed by one above that answers wherever it would", () => {
  const [cod, ppcod, exactly, again, longer, tag, other] = [
    rule("cod"),
    rule("pp cod"),
    rule("cash", { match: "exact" }),
    rule("Cash!", { match: "exact", method: "Prepaid" }),
    rule("cash desk"),
    rule("pp cod", { on: "tag" }),
    rule("pp cod", { on: "attribute", name: "mode" }),
  ] as const;
  const rules = [cod, ppcod, exactly, again, longer, tag, other];
  expect(findShadowedRules(rules)).toEqual(
    new Map([
      [ppcod, cod],
      [again, exactly],
    ]),
  );
  expect(findShadowedRules([ppcod, cod])).toEqual(new Map());
  expect(findShadowedRules(defaultPaymentRules).size).toBe(0);
});
