import fc from "fast-check";
import { expect, test } from "vitest";

import { parseJson } from "./parse-json.ts";
import { writeJson } from "./write-json.ts";

test("every document reads as JSON's own reader reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom("", "  ", "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const node = parseJson(text);
      expect(node && JSON.parse(writeJson(node))).toEqual(JSON.parse(text));
    }),
  );
});

test.each(["", " ", "{", '{"a":1,}', "[1 2]", "nul", "'a'", '"\u0001"', "\u0000", "{} x"])(
  "%j is no document",
  (text) => {
    expect(parseJson(text)).toBeNull();
  },
);

test("ids, amounts and names that stand twice are as they were written", () => {
  const text =
    '{ "id":18446744073709551615, "amount": 1.10, "small": -1e-7, "id": 9007199254740993, "q": "\\\\\\"" }';
  expect(parseJson(text)).toEqual({
    kind: "object",
    members: [
      { name: "id", node: { kind: "plain", text: "18446744073709551615" } },
      { name: "amount", node: { kind: "plain", text: "1.10" } },
      { name: "small", node: { kind: "plain", text: "-1e-7" } },
      { name: "id", node: { kind: "plain", text: "9007199254740993" } },
      { name: "q", node: { kind: "string", value: '\\"' } },
    ],
  });
});

test("a document nested too deep for a page is no tree, however deep", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(parseJson(nested(400))).not.toBeNull();
  for (const levels of [402, 100_000]) {
    expect(parseJson(nested(levels))).toBeNull();
    expect(parseJson(`{"a":${nested(levels)},"b":1}`)).toBeNull();
  }
});
