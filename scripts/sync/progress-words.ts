import { durationWords } from "#app/lib/duration-words.ts";

type Counted = { processed: number; total: number | null };

/** Where the count stood when it last had not moved yet: from there on the rate is counted. */
export type PaceBase = { processed: number; atMs: number };

/** The base for the next look: reading a file takes a while in which nothing is processed, and a job may have done much long ago. */
export function nextPaceBase(base: PaceBase | null, { processed }: Counted, nowMs: number): PaceBase {
  return base === null || processed <= base.processed ? { processed, atMs: nowMs } : base;
}

/** 0 to 100; null while nobody knows how many there are. */
export function percentOf({ processed, total }: Counted): number | null {
  if (total === null) return null;
  return total === 0 ? 100 : Math.min(100, Math.floor((processed / total) * 100));
}

/** "450 of 2,000 (22 %) · 310 per second · 5 s left"; what is not known yet is not said. */
export function progressWords(counted: Counted, base: PaceBase, nowMs: number): string {
  const { processed, total } = counted;
  const percent = percentOf(counted);
  const words =
    total === null ? [count(processed)] : [`${count(processed)} of ${count(total)} (${String(percent)} %)`];
  const seconds = (nowMs - base.atMs) / 1000;
  const perSecond = seconds > 0 ? (processed - base.processed) / seconds : 0;
  if (perSecond > 0) {
    words.push(
      `${count(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond))} per second`,
    );
    if (total !== null && total > processed)
      words.push(`${durationWords(((total - processed) / perSecond) * 1000)} left`);
  }
  return words.join(" · ");
}

export const count = (value: number) => value.toLocaleString("en");
