import { dayOf, startOfDay } from "#app/lib/zoned-day.ts";
import { readWholeNumber } from "#app/lib/read-whole-number.ts";

import {
  deliveryLogRetention,
  feedRetention,
  type SettingsPatch,
  type ShopSettings,
} from "./settings-schema.ts";

/** The settings of the page Order rules as its fields have them: numbers as typed, lists one entry a line. */
export type OrderRulesForm = {
  /** From the moment the app was installed, or from the beginning of a day. */
  cutOver: "installed" | "day";
  cutOverDay: string;
  holdOnMoneyDifference: boolean;
  codRequired: boolean;
  confirmedTags: string;
  roundRupees: ShopSettings["roundRupees"];
  deliveryUnknownAfterDays: string;
  colourSynonyms: string;
  emails: string;
  phones: string;
  historyRetentionDays: string;
  deliveryLogRetentionDays: string;
  feedRetentionDays: string;
};
export type OrderRulesField = keyof OrderRulesForm;
export type OrderRulesErrors = Partial<Record<OrderRulesField, string>>;

/** What fields mean: what to save, and which settings that is about (those a person has to have seen as they are). */
export type ReadOrderRules =
  | { ok: true; patch: SettingsPatch; cutOverAt?: Date | null; settings: string[] }
  | { ok: false; errors: OrderRulesErrors };

/** Fields that are one setting, or are understood only together. */
const TOGETHER: OrderRulesField[][] = [
  ["cutOver", "cutOverDay"],
  ["codRequired", "confirmedTags"],
];

const DAYS: Partial<Record<OrderRulesField, { least: number; most: number }>> = {
  deliveryUnknownAfterDays: { least: 1, most: 365 },
  historyRetentionDays: { least: 1, most: 3650 },
  deliveryLogRetentionDays: deliveryLogRetention,
  feedRetentionDays: feedRetention,
};
/** A cut-over further ahead is a slip of the pen: every order would be history. */
const MOST_DAYS_AHEAD = 366;
const DAY_MS = 86_400_000;

/** @param chosenAt the cut-over the shop chose, null where it chose none */
export function orderRulesForm(
  settings: ShopSettings,
  { chosenAt, installedAt, timeZone }: { chosenAt: Date | null; installedAt: Date; timeZone: string },
): OrderRulesForm {
  return {
    cutOver: chosenAt === null ? "installed" : "day",
    cutOverDay: dayOf(chosenAt ?? installedAt, timeZone),
    holdOnMoneyDifference: settings.holdOnMoneyDifference,
    codRequired: settings.codConfirmation.required,
    confirmedTags: settings.codConfirmation.confirmedTags.join("\n"),
    roundRupees: settings.roundRupees,
    deliveryUnknownAfterDays: String(settings.deliveryUnknownAfterDays),
    colourSynonyms: settings.colourSynonyms.join("\n"),
    emails: settings.ignoredContacts.emails.join("\n"),
    phones: settings.ignoredContacts.phones.join("\n"),
    historyRetentionDays: String(settings.historyRetentionDays),
    deliveryLogRetentionDays: String(settings.deliveryLogRetentionDays),
    feedRetentionDays: String(settings.feedRetentionDays),
  };
}

/** The fields that are not as they were, each with those it is understood with. */
export function changedFields(form: OrderRulesForm, before: OrderRulesForm): Partial<OrderRulesForm> {
  const names = new Set<OrderRulesField>();
  for (const name of Object.keys(form) as OrderRulesField[])
    if (normalised(form[name]) !== normalised(before[name]))
      for (const one of TOGETHER.find((group) => group.includes(name)) ?? [name]) names.add(one);
  // A day that nobody looks at is no change.
  if (form.cutOver === "installed" && before.cutOver === "installed")
    for (const name of ["cutOver", "cutOverDay"] as const) names.delete(name);
  return Object.fromEntries([...names].map((name) => [name, form[name]]));
}

const normalised = (value: string | boolean) =>
  typeof value === "string" ? listOf(value).join("\n") : value;

/** What these fields mean; those that are left out stay as they are. What is wrong is said at its field. */
export function readOrderRules(
  fields: Partial<OrderRulesForm>,
  { timeZone, now }: { timeZone: string; now: Date },
): ReadOrderRules {
  const errors: OrderRulesErrors = {};
  const patch: SettingsPatch = {};
  const settings = new Set<string>();
  let cutOverAt: Date | null | undefined;

  for (const [name, limits] of Object.entries(DAYS) as [DaysField, { least: number; most: number }][]) {
    const text = fields[name];
    if (text === undefined) continue;
    const days = readWholeNumber(text, limits);
    if (days === null)
      errors[name] = `Give a whole number of days from ${String(limits.least)} to ${String(limits.most)}.`;
    else patch[name] = days;
    settings.add(name);
  }
  const list = (name: ListField, most: number, wrongWith: (entry: string) => string | null) => {
    const entries = listOf(fields[name] ?? "");
    const wrong = entries.flatMap((entry) => wrongWith(entry) ?? [])[0];
    if (entries.length > most)
      errors[name] = `At most ${String(most)} entries; these are ${String(entries.length)}.`;
    else if (wrong !== undefined) errors[name] = wrong;
    return entries;
  };

  if (fields.cutOver !== undefined) {
    settings.add("cutOverAt");
    if (fields.cutOver === "installed") cutOverAt = null;
    else {
      const read = readCutOver(fields.cutOverDay ?? "", { timeZone, now });
      if (read instanceof Date) cutOverAt = read;
      else errors.cutOverDay = read;
    }
  }
  if (fields.holdOnMoneyDifference !== undefined) {
    settings.add("holdOnMoneyDifference");
    patch.holdOnMoneyDifference = fields.holdOnMoneyDifference;
  }
  if (fields.roundRupees !== undefined) {
    settings.add("roundRupees");
    patch.roundRupees = fields.roundRupees;
  }
  if (fields.codRequired !== undefined || fields.confirmedTags !== undefined) {
    settings.add("codConfirmation");
    const tags = list("confirmedTags", 50, tooLong(255));
    if (fields.codRequired && tags.length === 0)
      errors.confirmedTags = "Name at least one tag: it is how an order says that it is confirmed.";
    patch.codConfirmation = {
      ...(fields.codRequired === undefined ? {} : { required: fields.codRequired }),
      ...(fields.confirmedTags === undefined ? {} : { confirmedTags: tags }),
    };
  }
  if (fields.colourSynonyms !== undefined) {
    settings.add("colourSynonyms");
    patch.colourSynonyms = list("colourSynonyms", 100, tooLong(255)).map((name) => name.toLowerCase());
  }
  if (fields.emails !== undefined || fields.phones !== undefined) {
    settings.add("ignoredContacts");
    const emails = list("emails", 1000, (entry) =>
      /^[^\s@]+@[^\s@]+$/.test(entry) && entry.length <= 320 ? null : `“${entry}” is no email address.`,
    );
    const phones = list("phones", 1000, (entry) =>
      /^[+\d][\d\s()./-]{2,30}\d$/.test(entry) ? null : `“${entry}” is no phone number.`,
    );
    patch.ignoredContacts = {
      ...(fields.emails === undefined ? {} : { emails: emails.map((email) => email.toLowerCase()) }),
      ...(fields.phones === undefined ? {} : { phones }),
    };
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ...{ ok: true, patch, settings: [...settings] },
    ...(cutOverAt === undefined ? {} : { cutOverAt }),
  };
}

type DaysField =
  "deliveryUnknownAfterDays" | "historyRetentionDays" | "deliveryLogRetentionDays" | "feedRetentionDays";
type ListField = "confirmedTags" | "colourSynonyms" | "emails" | "phones";

const tooLong = (most: number) => (entry: string) =>
  entry.length > most ? `“${entry.slice(0, 30)}…” has more than ${String(most)} characters.` : null;

/** Entries, one a line or with commas, each once. */
function listOf(text: string): string[] {
  const entries = text.split(/[\n,]/).map((entry) => entry.trim());
  return [...new Set(entries.filter((entry) => entry !== ""))];
}

function readCutOver(day: string, { timeZone, now }: { timeZone: string; now: Date }): Date | string {
  if (day.trim() === "") return "Choose a day.";
  try {
    const at = startOfDay(day, timeZone);
    if (at.getTime() > now.getTime() + MOST_DAYS_AHEAD * DAY_MS)
      return "This day is more than a year ahead: until then every order would be history.";
    return at;
  } catch {
    return "This is no day of the calendar.";
  }
}
