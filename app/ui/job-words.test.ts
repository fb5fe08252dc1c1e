import { expect, test } from "vitest";

import { createFormat } from "#app/ui/format.ts";
import { jobPercent, jobProgress, jobStatus } from "#app/ui/job-words.ts";
import type { JobView } from "#app/ui/sync-view.ts";

const start = "2026-11-22T10:00:00.000Z";
const now = "2026-11-22T10:00:10.000Z";
const format = createFormat({ locale: "en-IN", timeZone: "UTC" });

function aJob(given: Partial<JobView>): JobView {
  return {
    id: "1",
    jobType: "orders",
    status: "running",
    wish: null,
    step: null,
    total: null,
    processed: 0,
    created: 0,
    updated: 0,
    skipped: 0,
    errors: 0,
    error: null,
    createdAt: start,
    startedAt: start,
    finishedAt: null,
    ...given,
  };
}

test("progress says how far, how fast and how long", () => {
  expect(jobProgress(aJob({ processed: 150_000, total: 200_000 }), now, format)).toBe(
    "1,50,000 of 2,00,000 · 15,000 per second · 10 s",
  );
});

test("a job that has not begun says so", () => {
  expect(jobProgress(aJob({ status: "pending", startedAt: null }), now, format)).toBe("Not started yet");
});

test("while nothing is known of how much there is, only the time runs", () => {
  expect(jobProgress(aJob({}), now, format)).toBe("10 s");
});

test("a finished job's time stops with it", () => {
  const finished = aJob({ status: "completed", processed: 100, finishedAt: "2026-11-22T10:00:02.000Z" });
  expect(jobProgress(finished, now, format)).toBe("100 · 50 per second · 2 s");
});

test.each([
  [{ total: null, processed: 5 }, null],
  [{ total: 0, processed: 0 }, 100],
  [{ total: 200, processed: 199 }, 99],
  [{ total: 200, processed: 201 }, 100],
])("percent of %o is %s", (given, percent) => {
  expect(jobPercent(aJob(given))).toBe(percent);
});

test("a wish is shown until the worker obeys it", () => {
  expect(jobStatus(aJob({ wish: "pause" })).words).toBe("Pausing");
  expect(jobStatus(aJob({ wish: "cancel" })).words).toBe("Cancelling");
  expect(jobStatus(aJob({ status: "paused", wish: "pause" })).words).toBe("Paused");
});
