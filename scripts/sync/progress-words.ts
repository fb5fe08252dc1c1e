import type { JobPace } from "#app/jobs/job-pace.ts";
import { durationWords } from "#app/lib/duration-words.ts";

type Counted = { processed: number; total: number | null };

/** 0 to 100; null while nobody knows how many there are. */
export function percentOf({ processed, total }: Counted): number | null {
  if (total === null) return null;
  return total === 0 ? 100 : Math.min(100, Math.floor((processed / total) * 100));
}

/** "450 of 2,000 (22 %) · 310 per second · 5 s left"; what is not known yet is not said. */
export function progressWords(counted: Counted, pace: JobPace): string {
  const { processed, total } = counted;
  const done =
    total === null
      ? count(processed)
      : `${count(processed)} of ${count(total)} (${String(percentOf(counted))} %)`;
  return [done, ...paceWords(pace)].join(" · ");
}

/** "310 per second", "5 s left"; nothing where nobody knows. */
export function paceWords({ perSecond, secondsLeft }: JobPace): string[] {
  return [
    ...(perSecond === null ? [] : [`${count(perSecond)} per second`]),
    ...(secondsLeft === null || secondsLeft === 0 ? [] : [`${durationWords(secondsLeft * 1000)} left`]),
  ];
}

export const count = (value: number) => value.toLocaleString("en");
