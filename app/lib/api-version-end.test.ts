import { expect, test } from "vitest";

import { apiVersionEnd } from "./api-version-end.ts";

test.each([
  ["2026-10", "2027-10-01"],
  ["2026-01", "2027-01-01"],
  ["unstable", null],
  ["", null],
])("Shopify supports %s until %s", (version, end) => {
  expect(apiVersionEnd(version)).toBe(end);
});
