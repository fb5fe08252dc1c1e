import { normalisePaymentText, ruleMatches } from "./match-gateway.ts";
import type { PaymentRule } from "./settings-schema.ts";

/** Rules that never decide because one above them always answers first: the rule → the one above. */
export function findShadowedRules(rules: readonly PaymentRule[]): Map<PaymentRule, PaymentRule> {
  const shadowed = new Map<PaymentRule, PaymentRule>();
  // Rules of one subject in their order; several hundred are common, and each is held against all above it.
  const above = new Map<string, PaymentRule[]>();
  for (const rule of rules) {
    const subject = JSON.stringify([rule.on, normalisePaymentText(rule.name ?? "")]);
    const others = above.get(subject) ?? [];
    above.set(subject, others);
    const text = normalisePaymentText(rule.text);
    const first = others.find(
      // An exact rule answers only its own text; of that, one on words says more.
      (other) => !(other.match === "exact" && rule.match === "words") && ruleMatches(other, text),
    );
    if (first) shadowed.set(rule, first);
    others.push(rule);
  }
  return shadowed;
}
