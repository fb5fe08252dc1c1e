import { isDay, nextDay, startOfDay } from "./zoned-day.ts";

/**
 * The instants a filter by days means: `from` the beginning of its first day, `until` the end of its last, which is not included. A
 * day that does not exist in the time zone is no limit.
 */
export function daysToInstants(
  { from, to }: { from?: string; to?: string },
  timeZone: string,
): { from?: Date; until?: Date } {
  const begins = from === undefined ? undefined : beginningOf(from, timeZone);
  const ends = to === undefined || !isDay(to) ? undefined : beginningOf(nextDay(to), timeZone);
  return {
    ...(begins === undefined ? {} : { from: begins }),
    ...(ends === undefined ? {} : { until: ends }),
  };
}

function beginningOf(day: string, timeZone: string): Date | undefined {
  try {
    return startOfDay(day, timeZone);
  } catch {
    return undefined;
  }
}
