import {
  determinePaymentMethod,
  findMarkerRule,
  type PaymentFacts,
  type PaymentVerdict,
} from "./determine-payment-method.ts";
import { matchGateway, normalisePaymentText } from "./match-gateway.ts";
import type { PaymentRule } from "./settings-schema.ts";

/** A rule and where it stands: 1 is tried first. */
export type PlacedRule = { rule: PaymentRule; position: number };
export type ExplainedName = { name: string; seenAs: string; match: PlacedRule | null };
export type ExplainedPayment = {
  verdict: PaymentVerdict;
  names: ExplainedName[];
  /** The first rule that knows one of the tags or attributes. */
  marker: PlacedRule | null;
  /** Which step of the decision it was, in a merchant's words. */
  why: string;
};

/** What the rules make of an order, and which rule said what of it. The verdict is the one that orders are computed with. */
export function explainPayment(facts: PaymentFacts, rules: readonly PaymentRule[]): ExplainedPayment {
  const placed = (rule: PaymentRule | null): PlacedRule | null =>
    rule === null ? null : { rule, position: rules.indexOf(rule) + 1 };
  const names = facts.gatewaysSeen.map((name) => ({
    name,
    seenAs: normalisePaymentText(name),
    match: placed(matchGateway(name, rules)?.rule ?? null),
  }));
  const verdict = determinePaymentMethod(facts, rules);
  const marker = placed(findMarkerRule(facts, rules));
  return { verdict, names, marker, why: whyOf(facts, { verdict, names, marker }) };
}

function whyOf(
  facts: PaymentFacts,
  { verdict, names, marker }: Pick<ExplainedPayment, "verdict" | "names" | "marker">,
): string {
  if (facts.correction !== null) return "A person said so, and that outweighs every rule.";
  if (facts.nothingToPay) return "There is nothing to pay.";
  const cod = names.find(({ match }) => match?.rule.method === "COD");
  if (cod) return `“${cod.name}” is COD, and any COD part makes the whole order COD.`;
  if (marker)
    return `No gateway name is COD, so the first rule on tags and attributes decides: rule ${String(marker.position)}.`;
  if (verdict.hold)
    return verdict.unknownGateways.length > 0
      ? "Money is still open, and no rule knows every gateway name: the order waits for a rule or for a person."
      : "Money is still open, and the order names no gateway: it waits for the payment or for a person.";
  if (verdict.unknownGateways.length > 0 || names.length === 0)
    return "Everything is paid, so nothing is to be collected, whatever the gateway.";
  return "Every gateway name is known, and none of them is COD.";
}
