import { expect, test } from "vitest";

import { tokenIssuedAt } from "./token-issued-at.ts";

const now = new Date("2026-11-20T10:00:00Z");

test.each([
  ["an hour before its end", "2026-11-20T10:20:00Z", "2026-11-20T09:20:00.000Z"],
  ["never later than now", "2026-11-20T11:00:05Z", "2026-11-20T10:00:00.000Z"],
  ["now, where it does not end", undefined, "2026-11-20T10:00:00.000Z"],
])("a token was issued %s", (_, expires, issued) => {
  expect(tokenIssuedAt({ expires: expires === undefined ? undefined : new Date(expires) }, now)).toEqual(
    new Date(issued),
  );
});
