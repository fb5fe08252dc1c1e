import { matchGateway, normalisePaymentText, ruleMatches } from "./match-gateway.ts";
import type { PaymentRule } from "./settings-schema.ts";

/** What an order says about how it is paid. */
export type PaymentFacts = {
  /** Every gateway name any payload of the order ever carried; the set only grows, so COD is sticky by it. */
  gatewaysSeen: readonly string[];
  /** GraphQL's form (PAID, PENDING, …); null when the order has no transactions. */
  financialStatus: string | null;
  /** What is still to be paid, in minor units of any one currency. */
  outstandingMinor: number;
  /** Whether the order costs nothing at all. */
  nothingToPay: boolean;
  tags: readonly string[];
  attributes: readonly { name: string; value: string | null }[];
  /** What a person said, if anybody did. It outweighs every rule, also to unstick COD. */
  correction: "COD" | "Prepaid" | null;
};

/** `hold`: money is open and nobody knows how it will come; `unknownGateways` wait for a rule. */
export type PaymentVerdict = { paymentMethod: "COD" | "Prepaid"; unknownGateways: string[]; hold: boolean };

/**
 * COD or Prepaid, by the shop's rules (first match from the top; gateways, then tags and attributes).
 * Any COD part makes the order COD, and a gateway once seen keeps speaking after the order is paid. An order with
 * nothing known about it is Prepaid when nothing is left to pay, else Prepaid on hold until somebody says more.
 */
export function determinePaymentMethod(facts: PaymentFacts, rules: readonly PaymentRule[]): PaymentVerdict {
  const matches = facts.gatewaysSeen.map((name) => ({ name, match: matchGateway(name, rules) }));
  const unknownGateways = matches.filter(({ match }) => match === null).map(({ name }) => name);
  const verdict = (paymentMethod: "COD" | "Prepaid", hold = false): PaymentVerdict => ({
    paymentMethod,
    unknownGateways,
    hold,
  });

  if (facts.correction !== null) return verdict(facts.correction);
  if (facts.nothingToPay) return verdict("Prepaid");
  if (matches.some(({ match }) => match?.method === "COD")) return verdict("COD");

  const marked = findMarkerRule(facts, rules);
  if (marked !== null) return verdict(marked.method);

  const somethingUnknown = unknownGateways.length > 0 || facts.gatewaysSeen.length === 0;
  return verdict("Prepaid", somethingUnknown && !isFullyPaid(facts));
}

/** The first rule that knows one of the order's tags or attributes; null when none does. */
export function findMarkerRule(
  { tags: tagTexts, attributes: given }: Pick<PaymentFacts, "tags" | "attributes">,
  rules: readonly PaymentRule[],
): PaymentRule | null {
  const markerRules = rules.filter((rule) => rule.on !== "gateway");
  if (markerRules.length === 0) return null;
  const tags = tagTexts.map(normalisePaymentText);
  const attributes = given.map(({ name, value }) => ({
    name: normalisePaymentText(name),
    value: normalisePaymentText(value ?? ""),
  }));
  const found = markerRules.find((candidate) =>
    candidate.on === "tag"
      ? tags.some((tag) => ruleMatches(candidate, tag))
      : attributes.some(
          ({ name, value }) =>
            name === normalisePaymentText(candidate.name ?? "") && ruleMatches(candidate, value),
        ),
  );
  return found ?? null;
}

/** An authorisation is a promise, not money, whatever the outstanding amount says. */
function isFullyPaid({ financialStatus, outstandingMinor }: PaymentFacts): boolean {
  const status = financialStatus?.toUpperCase();
  return outstandingMinor <= 0 && status !== "AUTHORIZED" && status !== "EXPIRED";
}
