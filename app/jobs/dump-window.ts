import { AppError } from "#app/lib/errors.ts";
import { nextDay, startOfDay } from "#app/lib/zoned-day.ts";

const DAY_MS = 86_400_000;

/** A period of order creation: `from` included, `until` not; null = open on that side. */
export type DumpWindow = { from: Date | null; until: Date | null };

/** What a person chose: the last so many days, everything, or calendar days of the shop (`to` included). */
export type DumpChoice =
  { kind: "last"; days: number } | { kind: "all" } | { kind: "custom"; from: string; to: string };

/**
 * The period of a full dump. Whether the granted scopes reach that far is checked where the job is started.
 * @param choice days as `YYYY-MM-DD`, or empty for an open side
 * @param timeZone the shop's, in which its days begin
 * @throws AppError VALIDATION naming the wrong date
 */
export function dumpWindow(
  choice: DumpChoice,
  { timeZone, now }: { timeZone: string; now: Date },
): DumpWindow {
  if (choice.kind === "all") return { from: null, until: null };
  if (choice.kind === "last") return { from: new Date(now.getTime() - choice.days * DAY_MS), until: null };
  if (choice.from === "" && choice.to === "") {
    throw new AppError("VALIDATION", "From: choose the first day, or the last, or both.");
  }
  const from = choice.from === "" ? null : day("From", choice.from, timeZone);
  const until = choice.to === "" ? null : dayAfter(choice.to, timeZone);
  if (from && until && from >= until)
    throw new AppError("VALIDATION", "To: the last day is before the first.");
  if (from && from > now) throw new AppError("VALIDATION", "From: this day is still to come.");
  return { from, until };
}

function dayAfter(text: string, timeZone: string): Date {
  day("To", text, timeZone);
  return day("To", nextDay(text), timeZone);
}

function day(field: string, text: string, timeZone: string): Date {
  try {
    return startOfDay(text, timeZone);
  } catch (cause) {
    throw new AppError("VALIDATION", `${field}: this is not a date.`, { cause });
  }
}
