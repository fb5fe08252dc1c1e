import { expect, test } from "vitest";

import { createFormat } from "#app/ui/format.ts";
import type { SchedulerView } from "#app/ui/scheduler-view.ts";
import { lastRunWords, nextRunWords, remedyOf, skippedWords } from "#app/ui/scheduler-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "UTC" });
const now = "2026-11-26T10:00:00.000Z";
const at = "2026-11-26T09:00:00.000Z";
const job = { id: "1", status: "completed", step: null, error: null };

function aSchedule(given: Partial<SchedulerView> = {}): SchedulerView {
  return {
    ...{ enabled: true, intervalMinutes: 60, lookBackHours: 24, lastRunAt: null, nextRunAt: null },
    ...{ lastJob: null, lastResult: null, readUpTo: null, problem: null, ...given },
  };
}

test.each([
  [{}, "None yet"],
  [{ lastRunAt: at, lastJob: job }, "26 Nov 2026, 9:00 am · Completed"],
  [{ lastRunAt: at, lastJob: { ...job, status: "pending" } }, "26 Nov 2026, 9:00 am · Waiting"],
  // The job's row is not kept for ever.
  [{ lastRunAt: at }, "26 Nov 2026, 9:00 am"],
])("the last run of %o reads %s", (given, words) => {
  expect(lastRunWords(aSchedule(given), format)).toBe(words);
});

test.each([
  [{ enabled: false }, "None while it is off"],
  [{}, "None is planned"],
  [{ nextRunAt: "2026-11-26T10:00:00.000Z" }, "Now"],
  [{ nextRunAt: "2026-11-26T10:05:00.000Z" }, "26 Nov 2026, 10:05 am"],
])("the next run of %o reads %s", (given, words) => {
  expect(nextRunWords(aSchedule(given), now, format)).toBe(words);
});

test.each([
  [null, null],
  [{ at, started: "1" }, null],
  [{ at, code: "TOKEN_REFUSED", message: "No token" }, null],
  [
    { at, skipped: "A look-back is still under way" },
    "None was started at 9:00 am: A look-back is still under way.",
  ],
])("of the last slot %o it is said why none was started: %s", (lastResult, words) => {
  expect(skippedWords(aSchedule({ lastResult }), format)).toBe(words);
});

test.each([
  ["SCHEDULER_OFF", "start"],
  ["SCHEDULER_LATE", "trigger"],
  ["SCHEDULER_FAILING", "trigger"],
  ["SCHEDULER_BLOCKED", null],
] as const)("what a press can do about %s is %s", (code, remedy) => {
  expect(remedyOf({ code, message: "", next: "" })).toBe(remedy);
});
