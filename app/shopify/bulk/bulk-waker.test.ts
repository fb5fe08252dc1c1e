import { expect, test } from "vitest";
import { createBulkWaker } from "./bulk-waker.ts";

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

test("a poll is woken by its own operation only", async () => {
  const waker = createBulkWaker();
  let woken = false;
  const mine = waker.sleep("gid://shopify/BulkOperation/1", HOUR_MS, never).then(() => {
    woken = true;
  });
  waker.wake("gid://shopify/BulkOperation/2");
  await Promise.resolve();
  expect(woken).toBe(false);
  waker.wake("gid://shopify/BulkOperation/1");
  await mine;
  expect(woken).toBe(true);
});

test("a webhook that comes twice, or for nobody, does no harm", async () => {
  const waker = createBulkWaker();
  const mine = waker.sleep("a", HOUR_MS, never);
  waker.wake("a");
  waker.wake("a");
  await mine;
});

test("without a webhook it goes on by time, and a stop ends it at once", async () => {
  const waker = createBulkWaker();
  await waker.sleep("a", 1, never);
  const stop = new AbortController();
  const sleeping = waker.sleep("a", HOUR_MS, stop.signal);
  stop.abort();
  await sleeping;
  await waker.sleep("a", HOUR_MS, stop.signal);
});
