import { expect, test } from "vitest";
import { parseSearch, type SearchTree } from "./parse-search.ts";

/** Writes a tree with all its brackets. */
function show(tree: SearchTree | null): string {
  if (tree === null) return "nothing";
  if (tree.kind === "term") return `${tree.field ?? "word"}${tree.comparator}${tree.value}`;
  if (tree.kind === "not") return `!${show(tree.of)}`;
  return `(${tree.of.map(show).join(tree.kind === "and" ? " & " : " | ")})`;
}

test.each([
  ["", "nothing"],
  ["status:open", "status=open"],
  ["status:open tag:vip", "(status=open & tag=vip)"],
  ["status:open AND tag:vip", "(status=open & tag=vip)"],
  ["a:1 OR b:2 c:3", "((a=1 | b=2) & c=3)"], // OR binds tighter than the implied AND
  ["a:1 AND (b:2 OR c:3)", "(a=1 & (b=2 | c=3))"],
  ["-tag:vip", "!tag=vip"],
  ["NOT (a:1 b:2)", "!(a=1 & b=2)"],
  ["total:>=5.00 total:<20", "(total>=5.00 & total<20)"],
  ["updated_at:>='2026-11-01T00:00:00Z'", "updated_at>=2026-11-01T00:00:00Z"],
  ['updated_at:<"2026-11-01T00:00:00Z"', "updated_at<2026-11-01T00:00:00Z"],
  ["created_at:>2026-11-01T00:00:00+05:30", "created_at>2026-11-01T00:00:00+05:30"],
  ["title:'green \\'tea\\''", "title=green 'tea'"],
  ["Bob 'OR'", "(word=Bob & word=OR)"],
  ["'a:b'", "word=a:b"],
  ["a:1)(b:2", "(a=1 & b=2)"],
  ["OR", "nothing"],
  ["status:", "status="],
])("%s is read as %s", (query, expected) => {
  expect(show(parseSearch(query))).toBe(expected);
});
