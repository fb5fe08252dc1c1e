import { expect, test } from "vitest";
import { searchExpression, toPrefixQuery } from "./search-words.ts";

test.each([
  ["ravi", "'ravi':*"],
  ["  Ravi KUM ", "'ravi':* & 'kum':*"],
  ["ravi.kumar@example.com", "'ravi':* & 'kumar':* & 'example':* & 'com':*"],
  ["#1001", "'1001':*"],
  ["José", "'josé':*"],
  ["रवि", "'रवि':*"],
  // A phone number, whole or begun, however it is written.
  ["98765", "'98765':*"],
  ["98765 43210", "('98765':* & '43210':*) | '9876543210':*"],
  ["+91 98765 43210", "('91':* & '98765':* & '43210':*) | '919876543210':* | '9876543210':*"],
  ["09876543", "'09876543':* | '9876543':*"],
] as const)("%s is looked for as %s", (typed, query) => {
  expect(toPrefixQuery(typed)).toBe(query);
});

test.each(["", "   ", "---", "'", "\\", "&|!():*<->", "😀"])("nothing is found by %j", (typed) => {
  expect(toPrefixQuery(typed)).toBeNull();
});

test.each(["o'brien", "a\\b", "x' | 'y", "a:*&!b", "(c)", "d<->e", "f\0g"])(
  "%j is words, never an operator",
  (typed) => {
    expect(toPrefixQuery(typed)).toMatch(/^'[^'\\&|!():*<>]+':\*( & '[^'\\&|!():*<>]+':\*)*$/);
  },
);

test("a long text is looked for by its first words", () => {
  expect(toPrefixQuery("a b c d e f g h i j")?.split(" & ")).toHaveLength(8);
});

test("only a phone's column has its last digits as a word", () => {
  expect(searchExpression([`"email"`])).not.toContain("right(");
  expect(searchExpression([`o."customerPhone"`])).toContain("right(");
});

test("the expression has no question mark, which a list's condition would take for a value", () => {
  expect(searchExpression([`o."email"`, `o."phone"`])).not.toContain("?");
});
