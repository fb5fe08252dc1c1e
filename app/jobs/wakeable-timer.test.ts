import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createWakeableTimer } from "./wakeable-timer.ts";

const HOUR_MS = 3_600_000;

/** A timer that would not go off by itself again while the test runs. */
function aTimer(work: () => Promise<void>) {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const timer = createWakeableTimer(HOUR_MS, stop.signal, work, (error) => errors.push(error));
  const end = async () => {
    stop.abort();
    await timer.ended;
  };
  return { timer, errors, end };
}

test("it works at once, then sleeps until it is woken", async () => {
  let turns = 0;
  const { timer, end } = aTimer(() => {
    turns += 1;
    return Promise.resolve();
  });
  await sleep(5);
  expect(turns).toBe(1);
  timer.wake();
  await expect.poll(() => turns).toBe(2);
  await end();
  expect(turns).toBe(2);
});

test("what is told during a turn is not missed, and turns never overlap", async () => {
  let turns = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  const { timer, end } = aTimer(async () => {
    turns += 1;
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    await sleep(10);
    atOnce -= 1;
  });
  await sleep(2);
  timer.wake();
  timer.wake();
  await expect.poll(() => turns).toBe(2);
  await sleep(30);
  expect(turns).toBe(2);
  expect(mostAtOnce).toBe(1);
  await end();
});

test("a turn that fails is reported, and the next one follows", async () => {
  let turns = 0;
  const { timer, errors, end } = aTimer(() => {
    turns += 1;
    return turns === 1 ? Promise.reject(new Error("database gone")) : Promise.resolve();
  });
  await expect.poll(() => errors).toHaveLength(1);
  timer.wake();
  await expect.poll(() => turns).toBe(2);
  await end();
});
