import { expect, test } from "vitest";

import { readPayload } from "./read-payload.ts";

test("JSON is a tree", () => {
  expect(readPayload('{"id":1}')).toMatchObject({ kind: "json", root: { kind: "object" } });
});

test("what is no JSON is text, and what a screen would not show is told by its number", () => {
  expect(readPayload('{"id":1,\n\u0007 \u009f half')).toEqual({
    kind: "text",
    text: '{"id":1,\n\\u0007 \\u009f half',
  });
});

test("bytes that are no text are shown as bytes, with the letters among them", () => {
  const raw = `base64:${Buffer.from([0x7b, 0x00, 0xff, 0x41, ...Array<number>(14).fill(0x20)]).toString("base64")}`;
  expect(readPayload(raw)).toEqual({
    kind: "bytes",
    count: 18,
    lines: [
      "000000  7b 00 ff 41 20 20 20 20 20 20 20 20 20 20 20 20  {··A            ",
      "000010  20 20                                            " + "  ",
    ],
  });
});

test("a text that only begins like bytes stays a text", () => {
  expect(readPayload("base64:not base64!")).toEqual({ kind: "text", text: "base64:not base64!" });
});
