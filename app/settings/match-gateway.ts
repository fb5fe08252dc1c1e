import type { PaymentRule } from "./settings-schema.ts";

/** What a rule says about a gateway name, and which rule said it. */
export type GatewayMatch = { method: "COD" | "Prepaid"; rule: PaymentRule };

/** What nobody sees (zero-width spaces, variation selectors), and the accents of Latin, Greek and Cyrillic letters. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u0300-\u036f]+/gu;

/**
 * A name as rules see it: lower case, without accents, everything but letters, marks and digits as one space.
 * "Cash on Delivery (₹49 fee)" is "cash on delivery 49 fee"; `cash_on_delivery` is "cash on delivery"; "Dobírkou" is
 * "dobirkou". What is normalised already stays as it is.
 */
export function normalisePaymentText(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(unseen, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

// A rule is asked about every name and tag of every order; its own text is normalised once.
const wantedTexts = new WeakMap<PaymentRule, string>();

function wantedText(rule: PaymentRule): string {
  let wanted = wantedTexts.get(rule);
  if (wanted === undefined) wantedTexts.set(rule, (wanted = normalisePaymentText(rule.text)));
  return wanted;
}

/**
 * Whether a normalised text satisfies a rule. Only whole words count: "cod" is in "partial cod", not in
 * "codex"; "cash on delivery" is not in "cashfree"; "upi" is not in "cupid".
 */
export function ruleMatches(rule: PaymentRule, normalised: string): boolean {
  const wanted = wantedText(rule);
  if (wanted === "") return false;
  return rule.match === "exact" ? normalised === wanted : ` ${normalised} `.includes(` ${wanted} `);
}

// A store has a handful of gateway names and a hundred thousand orders: each name is judged once per list of rules.
const judged = new WeakMap<readonly PaymentRule[], Map<string, GatewayMatch | null>>();
const mostNamesRemembered = 1000;

/**
 * Which method a gateway name stands for under a shop's rules, and by which rule (first match from the top);
 * null when no rule knows it. Rules on tags and attributes play no part here.
 */
export function matchGateway(name: string, rules: readonly PaymentRule[]): GatewayMatch | null {
  let known = judged.get(rules);
  if (known === undefined || known.size > mostNamesRemembered)
    judged.set(rules, (known = new Map<string, GatewayMatch | null>()));
  const before = known.get(name);
  if (before !== undefined) return before;

  const normalised = normalisePaymentText(name);
  const rule = rules.find((candidate) => candidate.on === "gateway" && ruleMatches(candidate, normalised));
  const match = rule === undefined ? null : { method: rule.method, rule };
  known.set(name, match);
  return match;
}
