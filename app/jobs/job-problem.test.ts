import { expect, test } from "vitest";
import { jobProblem, type WatchedJob } from "./job-problem.ts";

const now = new Date("2026-11-26T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const job = (more: Partial<WatchedJob>): WatchedJob => ({
  ...{ status: "running", step: "Fetching orders", heartbeatAt: ago(0), movedAt: ago(1) },
  ...{ createdAt: ago(600), startedAt: ago(599) },
  ...more,
});

test.each<[string, Partial<WatchedJob>, string | null]>([
  ["runs and moves, for hours", {}, null],
  [
    "polls at Shopify count as movement, whatever its figures",
    { movedAt: ago(29), step: "Shopify is collecting orders" },
    null,
  ],
  [
    "its worker lives, the job does not",
    { movedAt: ago(31) },
    "JOB_STUCK: It has not moved for 31 min 0 s. The last it said: Fetching orders",
  ],
  [
    "never moved since it was started",
    { movedAt: null, startedAt: ago(45), step: null },
    "JOB_STUCK: It has not moved for 45 min 0 s.",
  ],
  [
    "waits since a moment",
    { status: "pending", movedAt: null, createdAt: ago(4), startedAt: null, heartbeatAt: null },
    null,
  ],
  [
    "waits and nobody comes",
    { status: "pending", movedAt: null, createdAt: ago(6), startedAt: null, heartbeatAt: null },
    "JOB_WAITING: It has waited for 6 min 0 s and no worker has taken it.",
  ],
  ["an old one, resumed a moment ago", { status: "pending", movedAt: ago(1), heartbeatAt: null }, null],
  ["its worker was killed a moment ago", { heartbeatAt: ago(1) }, null],
  [
    "its worker is gone and no other came",
    { heartbeatAt: ago(7), movedAt: ago(7) },
    "JOB_WAITING: Its worker has been gone for 7 min 0 s and no other has taken it up.",
  ],
  ["paused by a person", { status: "paused", movedAt: ago(600), heartbeatAt: null }, null],
  ["over", { status: "completed", movedAt: ago(600), heartbeatAt: null }, null],
])("%s", (_what, more, words) => {
  const problem = jobProblem(job(more), now);
  expect(problem && `${problem.code}: ${problem.message}`).toBe(words);
});

test("each says what to do next", () => {
  expect(jobProblem(job({ movedAt: ago(60) }), now)?.next).toMatch(/^Pause and resume it/);
  expect(jobProblem(job({ heartbeatAt: ago(60) }), now)?.next).toMatch(
    /^Ask whoever runs the app to check that its worker is running/,
  );
});
