const DAY_MS = 86_400_000;
const FIRST_DAY = "1900-01-01";

/**
 * The instant a calendar day begins in a time zone. A day whose midnight is skipped by summer time begins
 * at the first instant it has.
 * @param day `YYYY-MM-DD`
 * @param timeZone IANA name
 * @throws RangeError if the day does not exist, is before 1900 (time zones then had seconds, and years below 100 mean others to
 *   Date), or the time zone is unknown
 */
export function startOfDay(day: string, timeZone: string): Date {
  if (!isDay(day)) throw new RangeError(`"${day}" is not a day`);
  const midnightUtc = Date.parse(`${day}T00:00:00Z`);
  // The offset is known only at an instant. Of midnight by the one before the day and by the one after it, the earlier that
  // is not still on the day before: where the clocks go back over midnight there are two, where they skip it only the later counts.
  const midnights = [-DAY_MS, DAY_MS].map((aside) => midnightUtc - offsetMs(midnightUtc + aside, timeZone));
  const earlier = new Date(Math.min(...midnights));
  return dayOf(earlier, timeZone) < day ? new Date(Math.max(...midnights)) : earlier;
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`, since 1900. */
export function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return (
    !Number.isNaN(midnight.getTime()) && midnight.toISOString().slice(0, 10) === text && text >= FIRST_DAY
  );
}

/** The day after, as `YYYY-MM-DD`. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The day before, as `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/**
 * The calendar day an instant falls on in a time zone, as `YYYY-MM-DD`.
 * @throws RangeError if the time zone is unknown
 */
export function dayOf(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** How far a time zone's clocks are ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return local - Math.floor(at / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes far longer than asking it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}
