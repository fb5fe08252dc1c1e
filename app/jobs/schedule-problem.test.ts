import { expect, test } from "vitest";
import type { WatchedJob } from "./job-problem.ts";
import { scheduleProblem, type WatchedSchedule } from "./schedule-problem.ts";

const now = new Date("2026-11-26T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const good: WatchedSchedule = { enabled: true, nextRunAt: ago(-30), lastResult: null, open: null, ended: [] };
const open = (more: Partial<WatchedJob> = {}): WatchedJob => ({
  ...{ status: "running", step: "Fetching", heartbeatAt: ago(0), movedAt: ago(0) },
  ...{ createdAt: ago(90), startedAt: ago(90) },
  ...more,
});
const completed = { status: "completed", errorCode: null, errorMessage: null } as const;
const failed = { status: "failed", errorCode: "SHOPIFY_UNREACHABLE", errorMessage: "HTTP 500." } as const;
const refused = { at: "2026-11-26T11:00:00Z", code: "TOKEN_REFUSED", message: "Uninstalled." };
const skipped = { at: "2026-11-26T11:00:00Z", skipped: "A look-back is still under way" };

test.each<[string, Partial<WatchedSchedule>, string | null]>([
  ["on, its next run to come", {}, null],
  [
    "off",
    { enabled: false, nextRunAt: null },
    "SCHEDULER_OFF: The schedule is off: no look-back starts by itself.",
  ],
  ["due, a worker is about to take it", { nextRunAt: ago(4) }, null],
  [
    "no worker",
    { nextRunAt: ago(65) },
    "SCHEDULER_LATE: The next run is overdue by 1 h 5 min: no worker takes it.",
  ],
  [
    "on without a next run",
    { nextRunAt: null },
    "SCHEDULER_LATE: The schedule is on and no next run is planned.",
  ],
  ["a long one that moves, slots skipped meanwhile", { open: open(), lastResult: skipped }, null],
  [
    "paused",
    { open: open({ status: "paused" }) },
    "SCHEDULER_BLOCKED: The look-back is paused, and no other starts before it has ended.",
  ],
  [
    "hanging",
    { open: open({ movedAt: ago(40) }) },
    "SCHEDULER_BLOCKED: The look-back does not go on. It has not moved for 40 min 0 s. The last it said: Fetching",
  ],
  [
    "started and taken by no worker",
    { open: open({ status: "pending", movedAt: ago(8) }) },
    "SCHEDULER_BLOCKED: The look-back does not go on. It has waited for 8 min 0 s and no worker has taken it.",
  ],
  [
    "none can be started",
    { lastResult: refused, ended: [completed] },
    "SCHEDULER_FAILING: No look-back can be started. Uninstalled.",
  ],
  ["failed once", { ended: [failed, completed] }, null],
  ["the first one failed", { ended: [failed] }, null],
  [
    "failed twice",
    { ended: [failed, failed] },
    "SCHEDULER_FAILING: The last two look-backs failed. HTTP 500.",
  ],
  ["failed, then succeeded", { ended: [completed, failed] }, null],
  [
    "what stops everything comes first",
    { nextRunAt: ago(65), open: open({ status: "paused" }), ended: [failed, failed] },
    "SCHEDULER_LATE: The next run is overdue by 1 h 5 min: no worker takes it.",
  ],
])("%s", (_what, more, words) => {
  const problem = scheduleProblem({ ...good, ...more }, now);
  expect(problem && `${problem.code}: ${problem.message}`).toBe(words);
});

test.each<[string, Partial<WatchedSchedule>, RegExp]>([
  ["off: start it", { enabled: false }, /^Start the schedule/],
  ["late: look for the worker", { nextRunAt: ago(65) }, /whoever runs the app .* its worker/],
  ["paused: resume or cancel", { open: open({ status: "paused" }) }, /^Resume it, or cancel it/],
  ["hanging: what helps the job", { open: open({ movedAt: ago(40) }) }, /^Pause and resume it/],
  ["refused: what helps against its code", { lastResult: refused }, /^Open the app in Shopify Admin/],
  ["failed: what helps against its code", { ended: [failed, failed] }, /Shopify's status page/],
])("the next step, %s", (_what, more, next) => {
  expect(scheduleProblem({ ...good, ...more }, now)?.next).toMatch(next);
});
