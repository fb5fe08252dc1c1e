import type { PaymentRule } from "#app/settings/settings-schema.ts";

/** What a rule looks at: `Gateway name contains “cod”`. */
export function ruleWords({ on, match, text, name }: PaymentRule): string {
  const subject = { gateway: "Gateway name", tag: "Tag", attribute: `Attribute “${name ?? ""}”` }[on];
  return `${subject} ${match === "words" ? "contains" : "is exactly"} “${text}”`;
}
