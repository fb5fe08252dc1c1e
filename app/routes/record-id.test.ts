import { expect, test } from "vitest";

import { readId, RecordId } from "./record-id.ts";

test.each(["4501", "1@2", "01995c2c-0000-7000-8000-000000000000", "a_b.c:d"])("%s can be an id", (id) => {
  expect(readId(id)).toBe(id);
  expect(RecordId.parse(id)).toBe(id);
});

test.each([undefined, null, "", "\u0000", "1\u0000", "\uD800", "a b", "x".repeat(101), "1\n"])(
  "%j can be none: there is nothing at such an address, and no form is taken with it",
  (id) => {
    expect(() => readId(id)).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    expect(RecordId.safeParse(id).success).toBe(false);
  },
);
