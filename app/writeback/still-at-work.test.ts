import { expect, test } from "vitest";
import { againOf } from "#app/outbox/send-again-at.ts";
import { stillAtWork } from "./still-at-work.ts";

const progress = { jobId: "gid://shopify/Job/1", leftAt: "2026-11-04T09:00:00.000Z" };

test.each([
  ["is looked at again, which is no try", "09:10:00", null, 0],
  ["that takes longer than any may is said, and counts", "09:10:01", "SHOPIFY_DIFFERS", 1],
])("a job of Shopify's that has not ended %s", (_, time, errorCode, attempts) => {
  const now = new Date(`2026-11-04T${time}.000Z`);
  const end = stillAtWork(progress, now);
  expect(end).toMatchObject({ status: "waiting", errorCode, answer: progress });
  if (end.status !== "waiting") throw new Error(end.status);
  expect(againOf(end, 1, now).attempts).toBe(attempts);
});
