import { expect, test } from "vitest";

import { jobTypes } from "#app/jobs/job-catalogue.ts";
import { createFormat } from "#app/ui/format.ts";
import { jobPercent, jobProgress, jobStatus, jobTitle } from "#app/ui/job-words.ts";
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
    problem: null,
    createdAt: start,
    startedAt: start,
    finishedAt: null,
    perSecond: null,
    secondsLeft: null,
    ...given,
  };
}

test("progress says how far, how fast, how long, and for how long still", () => {
  const job = aJob({ processed: 150_000, total: 200_000, perSecond: 15_000, secondsLeft: 4 });
  expect(jobProgress(job, now, format)).toBe(
    "1,50,000 of 2,00,000 · 15,000 per second · 10 s · about 4 s left",
  );
});

test("a slow job is not said to stand still", () => {
  const job = aJob({ processed: 3, total: 1_000, perSecond: 0.3, secondsLeft: 3_324 });
  expect(jobProgress(job, now, format)).toBe("3 of 1,000 · 0.3 per second · 10 s · about 55 min 24 s left");
});

test("while its rate is unknown a job says none", () => {
  expect(jobProgress(aJob({ processed: 0, total: 200 }), now, format)).toBe("0 of 200 · 10 s");
});

test("a job that has not begun says so", () => {
  expect(jobProgress(aJob({ status: "pending", startedAt: null }), now, format)).toBe("Not started yet");
});

test("while nothing is known of how much there is, only the time runs", () => {
  expect(jobProgress(aJob({}), now, format)).toBe("10 s");
});

test("a finished job's time stops with it", () => {
  const finished = aJob({ status: "completed", processed: 100, finishedAt: "2026-11-22T10:00:02.000Z" });
  expect(jobProgress(finished, now, format)).toBe("100 · 2 s");
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

test("every kind of job has a title of its own, and one of another version keeps its name", () => {
  expect(new Set(jobTypes.map(jobTitle)).size).toBe(jobTypes.length);
  for (const jobType of jobTypes) expect(jobTitle(jobType)).toMatch(/^[A-Z]/);
  expect(jobTitle("constructor")).toBe("constructor");
});
