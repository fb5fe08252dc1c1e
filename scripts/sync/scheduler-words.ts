import type { Problem } from "#app/jobs/job-problem.ts";
import type { SchedulerStatus } from "#app/jobs/scheduler-status.ts";
import type { Format } from "#app/ui/format.ts";

/** Whether and when the look-back runs by itself, and what is wrong with it; times are the shop's. */
export function schedulerLines(scheduler: SchedulerStatus, format: Format): string[] {
  const { enabled, intervalMinutes, lookBackHours, lastRunAt, nextRunAt, problem } = scheduler;
  const time = (at: Date | null) => (at === null ? "never" : format.dateTime(at.toISOString()));
  const plan = `every ${format.number(intervalMinutes)} min, ${format.number(lookBackHours)} h back`;
  const next = nextRunAt === null ? [] : [`next run ${time(nextRunAt)}`];
  return [
    [enabled ? `on, ${plan}` : "off", `last run ${time(lastRunAt)}`, ...next].join(" · "),
    ...problemLines(problem),
  ];
}

/** What does not go as it should, and what to do; nothing where all is well. */
export function problemLines(problem: Problem | null): string[] {
  return problem === null ? [] : [`  ${problem.message}`, `  what to do: ${problem.next}`];
}
