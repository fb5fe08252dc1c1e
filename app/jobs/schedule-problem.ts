import { durationWords } from "#app/lib/duration-words.ts";
import { errorCatalogue, explainError } from "#app/lib/errors.ts";
import { jobProblem, type Problem, type WatchedJob } from "./job-problem.ts";
import type { SlotResult } from "./scheduler-status.ts";

/** A worker looks every few seconds; a deploy takes a minute or two. */
const LATE_AFTER_MS = 5 * 60_000;

/** What is known of a shop's schedule when it is asked whether all is well. */
export type WatchedSchedule = {
  enabled: boolean;
  nextRunAt: Date | null;
  lastResult: SlotResult | null;
  /** The look-back that is pending, running or paused. */
  open: WatchedJob | null;
  /** The two look-backs that ended last, the newest first; cancelled ones say nothing of how they would have ended. */
  ended: readonly { status: "completed" | "failed"; errorCode: string | null; errorMessage: string | null }[];
};

/**
 * Why a shop's look-backs do not bring what they should, or null (law 10: silence is an alarm). What stops everything comes first: off, no worker, a look-back that does not
 * go on, none that can be started, and two failures in a row.
 */
export function scheduleProblem(schedule: WatchedSchedule, now: Date): Problem | null {
  const { enabled, nextRunAt, lastResult, open, ended } = schedule;
  if (!enabled) return problem("SCHEDULER_OFF", "The schedule is off: no look-back starts by itself.");
  if (nextRunAt === null) return problem("SCHEDULER_LATE", "The schedule is on and no next run is planned.");
  const late = now.getTime() - nextRunAt.getTime();
  if (late >= LATE_AFTER_MS)
    return problem(
      "SCHEDULER_LATE",
      `The next run is overdue by ${durationWords(late)}: no worker takes it.`,
    );
  if (open?.status === "paused")
    return problem("SCHEDULER_BLOCKED", "The look-back is paused, and no other starts before it has ended.");
  const stuck = open && jobProblem(open, now);
  if (stuck)
    return problem("SCHEDULER_BLOCKED", `The look-back does not go on. ${stuck.message}`, stuck.next);
  if (lastResult && "code" in lastResult)
    return problem(
      "SCHEDULER_FAILING",
      `No look-back can be started. ${lastResult.message}`,
      explainError(lastResult.code).next,
    );
  const [last, before] = ended;
  if (last?.status !== "failed" || before?.status !== "failed") return null;
  return problem(
    "SCHEDULER_FAILING",
    `The last two look-backs failed. ${last.errorMessage ?? "Nothing is known of why."}`,
    last.errorCode === null ? undefined : explainError(last.errorCode).next,
  );
}

function problem(
  code: "SCHEDULER_OFF" | "SCHEDULER_LATE" | "SCHEDULER_BLOCKED" | "SCHEDULER_FAILING",
  message: string,
  next: string = errorCatalogue[code].next,
): Problem {
  return { code, message, next };
}
