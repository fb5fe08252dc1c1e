import { expect, test } from "vitest";
import { isOver, pollIntervalMs, readBulkOperation } from "./bulk-operation.ts";

test("counts come as text, statuses in any case", () => {
  const operation = readBulkOperation({
    ...{ id: "gid://shopify/BulkOperation/1", status: "completed", errorCode: null, url: null },
    ...{ objectCount: "4", rootObjectCount: "1", fileSize: "0", completedAt: "2026-11-22T10:00:00Z" },
  });
  expect(operation).toMatchObject({
    status: "COMPLETED",
    objectCount: 4,
    rootObjectCount: 1,
    fileSize: 0,
    url: null,
  });
  expect(operation.completedAt).toEqual(new Date("2026-11-22T10:00:00Z"));
});

test.each([
  ["CREATED", false],
  ["RUNNING", false],
  ["CANCELING", false],
  ["CANCELED", true],
  ["COMPLETED", true],
  ["FAILED", true],
  ["EXPIRED", true],
] as const)("%s is over: %s", (status, over) => {
  expect(isOver({ status })).toBe(over);
});

test("a short operation is noticed at once, a long one is not asked thousands of times", () => {
  expect([0, 1_000, 20_000, 60_000, 3_600_000].map(pollIntervalMs)).toEqual([300, 300, 2_000, 6_000, 10_000]);
});
