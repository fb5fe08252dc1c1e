import { expect, test } from "vitest";
import { jobPace } from "./job-pace.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, seconds));
const unknown = { perSecond: null, secondsLeft: null };

/** 1,000 of 5,000 were unchanged and counted at once ten seconds ago; 2,000 more were processed since. */
const job = {
  status: "running",
  total: 5_000,
  heartbeatAt: at(20),
  stretchSince: at(10),
  stretchFrom: 1_000,
  stretchDone: 3_000,
  stretchOf: null,
} as const;

test("the rate is that of the stretch, and what is left takes as long at it", () => {
  expect(jobPace(job, at(20))).toEqual({ perSecond: 200, secondsLeft: 10 });
});

test("it is measured up to the heartbeat whose figures these are, whenever somebody looks", () => {
  expect(jobPace(job, at(25))).toEqual(jobPace(job, at(20)));
});

test("a rate has three digits, a slow one is not nought, and no record left takes no time", () => {
  expect(jobPace({ ...job, stretchDone: 3_333 }, at(20))).toEqual({ perSecond: 233, secondsLeft: 8 });
  const slow = { ...job, stretchDone: 1_001, total: 1_002, heartbeatAt: at(49) };
  expect(jobPace(slow, at(49))).toEqual({ perSecond: 0.0256, secondsLeft: 40 });
  // A total counted beforehand may be too low.
  expect(jobPace({ ...job, total: 2_999 }, at(20))).toEqual({ perSecond: 200, secondsLeft: 0 });
});

test("a file that is stored has a pace and an end of its own", () => {
  const storing = { ...job, stretchFrom: 500, stretchDone: 2_500, stretchOf: 2_900 };
  expect(jobPace(storing, at(20))).toEqual({ perSecond: 200, secondsLeft: 2 });
});

test("without a total the rate is known and the end is not", () => {
  expect(jobPace({ ...job, total: null }, at(20))).toEqual({ perSecond: 200, secondsLeft: null });
});

test.each([
  ["has not begun to count", { stretchSince: null, stretchFrom: null, stretchDone: null }],
  ["has only counted what was done at once", { stretchDone: 1_000 }],
  ["has counted for less than a second", { heartbeatAt: new Date(at(10).getTime() + 999) }],
  ["waits for a worker", { status: "pending" }],
  ["is paused", { status: "paused" }],
  ["is completed", { status: "completed" }],
  ["has no worker that lives", { heartbeatAt: null }],
] as const)("nobody can know of a job that %s", (_, given) => {
  expect(jobPace({ ...job, ...given }, at(20))).toEqual(unknown);
});

test("a worker that has been silent for longer than others wait has no pace", () => {
  expect(jobPace(job, at(40))).not.toEqual(unknown);
  expect(jobPace(job, at(41))).toEqual(unknown);
});
