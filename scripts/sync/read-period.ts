import { z } from "zod";
import { nextDay, startOfDay } from "#app/lib/zoned-day.ts";

const isDay = (text: string) => z.iso.date().safeParse(text).success;
const isInstant = (text: string) => z.iso.datetime({ offset: true }).safeParse(text).success;

/** @throws Error naming the option whose text is neither a day nor a time with its zone */
export function checkMoment(option: string, text: string | undefined): void {
  if (text === undefined || isDay(text) || isInstant(text)) return;
  throw new Error(
    `${option} must be a day like 2026-01-31, or a time with its zone like 2026-01-31T10:00:00+05:30, not "${text}".`,
  );
}

/**
 * A period of order creation, as the job of orders is told it: `from` included, `until` not, null = open on that side. A day begins
 * in the shop's time zone, and the last one counts whole.
 * @param period of texts that {@link checkMoment} let pass
 * @throws Error where the period is empty, or still to come
 */
export function readPeriod(
  { since, until }: { since: string | undefined; until: string | undefined },
  { timeZone, now }: { timeZone: string; now: Date },
): { from: string | null; until: string | null } {
  const from = since === undefined ? null : momentOf(since, timeZone);
  const end =
    until === undefined
      ? null
      : isDay(until)
        ? startOfDay(nextDay(until), timeZone)
        : momentOf(until, timeZone);
  if (from && from > now) throw new Error(`--since ${String(since)} is still to come.`);
  if (from && end && from >= end)
    throw new Error(`--until ${String(until)} is before --since ${String(since)}.`);
  return { from: from?.toISOString() ?? null, until: end?.toISOString() ?? null };
}

const momentOf = (text: string, timeZone: string) =>
  isDay(text) ? startOfDay(text, timeZone) : new Date(text);
