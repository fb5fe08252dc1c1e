import type { Problem } from "#app/jobs/job-problem.ts";

import type { Format } from "./format.ts";
import { jobStatus } from "./job-words.ts";
import type { SchedulerView } from "./scheduler-view.ts";

/** "26 Nov 2026, 9:00 am · Completed". */
export function lastRunWords({ lastRunAt, lastJob }: SchedulerView, format: Format): string {
  if (lastRunAt === null) return "None yet";
  const at = format.dateTime(lastRunAt);
  return lastJob === null ? at : `${at} · ${jobStatus({ status: lastJob.status, wish: null }).words}`;
}

/** When the next run is; one that is due is taken within seconds. */
export function nextRunWords({ enabled, nextRunAt }: SchedulerView, now: string, format: Format): string {
  if (!enabled) return "None while it is off";
  if (nextRunAt === null) return "None is planned";
  return Date.parse(nextRunAt) <= Date.parse(now) ? "Now" : format.dateTime(nextRunAt);
}

/** Why the last slot started none though all is well; null where it did. */
export function skippedWords({ lastResult }: SchedulerView, format: Format): string | null {
  return lastResult !== null && "skipped" in lastResult
    ? `None was started at ${format.clock(lastResult.at)}: ${lastResult.skipped}.`
    : null;
}

/** What a press can do about a problem; null where a person has to look at the job itself. */
export function remedyOf(problem: Problem): "start" | "trigger" | null {
  if (problem.code === "SCHEDULER_OFF") return "start";
  return problem.code === "SCHEDULER_LATE" || problem.code === "SCHEDULER_FAILING" ? "trigger" : null;
}
