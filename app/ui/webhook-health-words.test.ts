import { expect, test } from "vitest";

import type { TopicHealth } from "#app/cache/webhook-health.ts";

import { createFormat } from "./format.ts";
import { delayWords, missedWords, sortTopics, spreadWords } from "./webhook-health-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "UTC" });

test.each([
  [87, "87 ms"],
  [-12, "-12 ms"],
  [3449, "3.4 s"],
  [125_000, "2 min 5 s"],
])("%d ms reads %s", (ms, words) => {
  expect(delayWords(ms, format)).toBe(words);
});

test("median and 99th percentile stand side by side; nothing measured is a dash", () => {
  expect(spreadWords({ medianMs: 87, p99Ms: 3400 }, format)).toBe("87 ms / 3.4 s");
  expect(spreadWords(null, format)).toBe("—");
});

test("what never came by webhook is told with its share", () => {
  expect(missedWords({ kind: "order", byWebhook: 117, missed: 3, missedShare: 0.025 }, format)).toBe(
    "orders 3 of 120 (2.5%)",
  );
  expect(missedWords({ kind: "order", byWebhook: 0, missed: 0, missedShare: null }, format)).toBeNull();
});

test("topics that were seen come first, the busiest at the top", () => {
  const topic = (name: string, count: number, lastSeenAt: string | null): TopicHealth => ({
    ...{ topic: name, count, lastSeenAt, duplicates: 0, failures: 0, delay: null, processing: null },
  });
  const at = "2026-11-22T00:00:00.000Z";
  const { seen, neverSeen } = sortTopics([
    topic("a", 0, null),
    topic("b", 1, at),
    topic("c", 0, at),
    topic("d", 9, at),
  ]);
  expect(seen.map(({ topic: name }) => name)).toEqual(["d", "b", "c"]);
  expect(neverSeen).toEqual(["a"]);
});
