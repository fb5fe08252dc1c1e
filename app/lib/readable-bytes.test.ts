import fc from "fast-check";
import { expect, test } from "vitest";

import { readableBytes } from "./readable-bytes.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("JSON is laid out, and an id above 2^53 stays what it was", () => {
  const given = `{"id":9007199254740993123,"tags":[],"lines":[{"a":1.10},"x\\"{,"],"o":{}}`;
  expect(readableBytes(bytes(given), true)).toEqual({
    as: "json",
    text: `{
  "id": 9007199254740993123,
  "tags": [],
  "lines": [
    {
      "a": 1.10
    },
    "x\\"{,"
  ],
  "o": {}
}`,
  });
});

test("laid out, any JSON still says the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { as, text } = readableBytes(bytes(JSON.stringify(value)), true);
      expect(as).toBe("json");
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ["no JSON", bytes(`{"id": 7`), true, "text", `{"id": 7`],
  ["markup", bytes("<b>x</b>"), true, "text", "<b>x</b>"],
  ["a part, cut within a character", bytes(`{"a":"ä"}`).subarray(0, 7), false, "text", `{"a":"`],
  ["no UTF-8", new Uint8Array([0xff, 0x41]), true, "bytes", `000000  ff 41${" ".repeat(43)} .A`],
  ["a NUL byte", new Uint8Array([0x41, 0]), true, "bytes", `000000  41 00${" ".repeat(43)} A.`],
  ["nothing", new Uint8Array(), true, "text", ""],
] as const)("%s", (_name, given, isWhole, as, text) => {
  expect(readableBytes(given, isWhole)).toEqual({ as, text });
});

test("of bytes no more than some lines are shown", () => {
  const { text } = readableBytes(new Uint8Array(64_000).fill(255), true);
  expect(text.split("\n")).toHaveLength(256);
});
