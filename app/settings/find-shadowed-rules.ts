import { normalisePaymentText, ruleMatches } from "./match-gateway.ts";
import type { PaymentRule } from "./settings-schema.ts";

/** Rules that never decide because one above them always answers first: the rule → the one above. */
export function findShadowedRules(rules: readonly PaymentRule[]): Map<PaymentRule, PaymentRule> {
  const shadowed = new Map<PaymentRule, PaymentRule>();
  for (const [index, rule] of rules.entries()) {
    const text = normalisePaymentText(rule.text);
    for (let above = 0; above < index; above++) {
      const other = rules[above];
      if (other === undefined || !isAboutTheSame(other, rule)) continue;
      // An exact rule answers only its own text; of that, one on words says more.
      if (other.match === "exact" && rule.match === "words") continue;
      if (!ruleMatches(other, text)) continue;
      shadowed.set(rule, other);
      break;
    }
  }
  return shadowed;
}

function isAboutTheSame(one: PaymentRule, other: PaymentRule): boolean {
  return (
    one.on === other.on && normalisePaymentText(one.name ?? "") === normalisePaymentText(other.name ?? "")
  );
}
