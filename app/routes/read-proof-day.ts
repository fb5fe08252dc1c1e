import { AppError } from "#app/lib/errors.ts";
import { dayBefore, dayOf, startOfDay } from "#app/lib/zoned-day.ts";

/**
 * The day a proof is asked for: `YYYY-MM-DD` of the shop's time zone, yesterday by default. A day that is not over
 * proves nothing.
 * @throws AppError VALIDATION naming `day`
 */
export function readProofDay(
  asked: string | undefined,
  { timeZone, now }: { timeZone: string; now: Date },
): string {
  const yesterday = dayBefore(dayOf(now, timeZone));
  const day = asked ?? yesterday;
  try {
    startOfDay(day, timeZone);
  } catch (cause) {
    throw new AppError("VALIDATION", "day: this is not a day; write it as YYYY-MM-DD.", { cause });
  }
  if (day > yesterday) throw new AppError("VALIDATION", "day: this day is not over yet.");
  return day;
}
