import { expect, test } from "vitest";

import { Intent, readDumpChoice } from "#app/routes/sync-intent.ts";

const anOrderSync = (fields: Record<string, string>) => {
  const intent = Intent.parse({ intent: "sync-orders", from: "", to: "", ...fields });
  if (intent.intent !== "sync-orders") throw new Error("not an order sync");
  return readDumpChoice(intent);
};

test.each([
  [{ period: "7" }, { kind: "last", days: 7 }],
  [{ period: "365" }, { kind: "last", days: 365 }],
  [{ period: "all" }, { kind: "all" }],
  [
    { period: "custom", from: "2026-01-01", to: "2026-01-31" },
    { kind: "custom", from: "2026-01-01", to: "2026-01-31" },
  ],
])("%o means %o", (fields, choice) => {
  expect(anOrderSync(fields)).toEqual(choice);
});

test.each([
  [{}],
  [{ intent: "drop-everything" }],
  [{ intent: "sync-orders", period: "8" }],
  [{ intent: "pause-job" }],
  [{ intent: "retry-entry", kind: "spaceship", id: "1" }],
  [{ intent: "retry-entry", kind: "delivery" }],
  [{ intent: "retry-failed", kind: "spaceship" }],
  [{ intent: "retry-failed", kind: "order", code: "NO_SUCH_CODE" }],
])("%o is nobody's wish", (fields) => {
  expect(Intent.safeParse(fields).success).toBe(false);
});

test.each(["sync-stock", "backfill-dry-run", "backfill"])("%s takes no more than its name", (intent) => {
  expect(Intent.parse({ intent })).toEqual({ intent });
});

test("a webhook delivery is tried again like an entry", () => {
  const wish = { intent: "retry-entry", kind: "delivery", id: "b54557e4" };
  expect(Intent.parse(wish)).toEqual(wish);
});
