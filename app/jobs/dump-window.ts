import { AppError } from "#app/lib/errors.ts";
import { nextDay, startOfDay } from "#app/lib/zoned-day.ts";

const DAY_MS = 86_400_000;
/** Without `read_all_orders` Shopify shows the orders of the last 60 days (Shopify's docs, access scopes). */
const OPEN_DAYS = 60;
/** The shop's choice was made a moment ago: that moment must not push "last 60 days" over the limit. */
const GRACE_MS = 3_600_000;

/** A period of order creation: `from` included, `until` not; null = open on that side. */
export type DumpWindow = { from: Date | null; until: Date | null };

/** What a person chose: the last so many days, everything, or calendar days of the shop (`to` included). */
export type DumpChoice =
  | { kind: "last"; days: number }
  | { kind: "all" }
  | { kind: "custom"; from: string; to: string };

/**
 * The period of a full dump.
 * @param choice.from, choice.to `YYYY-MM-DD`, or empty for an open side
 * @param timeZone the shop's, in which its days begin
 * @throws AppError VALIDATION naming the wrong date, PERIOD_NEEDS_ALL_ORDERS when the period reaches further
 *   back than the granted scopes do
 */
export function dumpWindow(
  choice: DumpChoice,
  { scopes, timeZone, now }: { scopes: readonly string[]; timeZone: string; now: Date },
): DumpWindow {
  const window = read(choice, timeZone, now);
  const oldest = now.getTime() - OPEN_DAYS * DAY_MS - GRACE_MS;
  const isOpen = scopes.includes("read_all_orders") || (window.from !== null && window.from.getTime() >= oldest);
  if (!isOpen) {
    throw new AppError(
      "PERIOD_NEEDS_ALL_ORDERS",
      "This period reaches more than 60 days back, which needs the read_all_orders permission.",
    );
  }
  return window;
}

function read(choice: DumpChoice, timeZone: string, now: Date): DumpWindow {
  if (choice.kind === "all") return { from: null, until: null };
  if (choice.kind === "last") return { from: new Date(now.getTime() - choice.days * DAY_MS), until: null };
  if (choice.from === "" && choice.to === "") {
    throw new AppError("VALIDATION", "From: choose the first day, or the last, or both.");
  }
  const from = choice.from === "" ? null : day("From", choice.from, timeZone);
  const until = choice.to === "" ? null : day("To", nextDay(choice.to), timeZone);
  if (from && until && from >= until) throw new AppError("VALIDATION", "To: the last day is before the first.");
  if (from && from > now) throw new AppError("VALIDATION", "From: this day is still to come.");
  return { from, until };
}

function day(field: string, text: string, timeZone: string): Date {
  try {
    return startOfDay(text, timeZone);
  } catch (cause) {
    throw new AppError("VALIDATION", `${field}: this is not a date.`, { cause });
  }
}
