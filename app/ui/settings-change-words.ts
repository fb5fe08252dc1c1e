import type { Format } from "./format.ts";
import { writeBackWords } from "./write-back-words.ts";

/** Who saved which settings, and when. */
export type SettingsChangeView = {
  at: string;
  /** A person by Shopify's id, or what else saved. */
  actor: string;
  changes: { name: string; from: unknown; to: unknown }[];
};

const NAMES: Record<string, string> = {
  paymentRules: "Payment rules",
  cutOverAt: "Cut-over",
  holdOnMoneyDifference: "Hold when amounts do not add up",
  "codConfirmation.required": "COD orders wait for confirmation",
  "codConfirmation.confirmedTags": "Tags of confirmed COD orders",
  roundRupees: "Rounding of what is collected",
  deliveryUnknownAfterDays: "Days until a delivery is unknown",
  colourSynonyms: "Option names that mean the colour",
  "ignoredContacts.emails": "Shared email addresses",
  "ignoredContacts.phones": "Shared phone numbers",
  historyRetentionDays: "Days replaced payloads are kept",
  deliveryLogRetentionDays: "Days webhooks are kept",
  feedRetentionDays: "Days the change feed is kept",
  "scheduler.intervalMinutes": "Minutes between look-backs",
  "scheduler.lookBackHours": "Hours a look-back looks back",
  "stock.leads": "Whose stock counts",
  "stock.onConflict": "When Shopify's stock has moved meanwhile",
  "stock.locations": "Lines of the stock's location mapping",
  ...Object.fromEntries(
    Object.entries(writeBackWords).map(([kind, words]) => [`writeBack.${kind}`, `Sent to Shopify: ${words}`]),
  ),
};

/** Settings that are one of few words. */
const VALUES: Record<string, Record<string, string>> = {
  "stock.leads": { erp: "the ERP's", shopify: "Shopify's" },
  "stock.onConflict": {
    ask: "ask",
    erp: "send the ERP's number",
    shopify: "keep Shopify's number",
  },
};

/** One setting that was changed: "Rounding of what is collected: no → up". */
export function settingsChangeWords(
  { name, from, to }: SettingsChangeView["changes"][number],
  format: Format,
): string {
  const value = (of: unknown) => valueWords(of, name, format);
  return `${NAMES[name] ?? name}: ${value(from)} → ${value(to)}`;
}

function valueWords(value: unknown, name: string, format: Format): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return format.number(value);
  if (name === "cutOverAt" && typeof value === "string") return format.dateTime(value);
  return typeof value === "string" ? (VALUES[name]?.[value] ?? value) : "none";
}

/** Who it was, in words: the app knows people by Shopify's number only. */
export function actorWords(actor: string): string {
  return /^\d+$/.test(actor) ? `Staff member ${actor}` : actor;
}
