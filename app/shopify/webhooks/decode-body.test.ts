import { expect, test } from "vitest";

import { decodeBody } from "./decode-body.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a JSON object is kept as the text it came in", () => {
  const raw = '{ "id": 820982911946154508,\n "name": "#1001 – ₹" }';
  expect(decodeBody(bytes(raw))).toMatchObject({ raw, record: { name: "#1001 – ₹" } });
});

test("a byte order mark is not part of the text", () => {
  expect(decodeBody(bytes('\uFEFF{"id":1}'))).toEqual({ raw: '{"id":1}', record: { id: 1 } });
});

test.each([
  ["nothing", bytes(""), "The body is empty"],
  ["a NUL byte", bytes('{"note":"a\0b"}'), "The body holds a NUL byte"],
  ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), "The body is not UTF-8"],
  ["JSON cut in the middle", bytes('{"id":1,"email":"someone@example.com"'), "The body is not JSON"],
  ["a list", bytes("[]"), "The body is JSON, but not an object"],
  ["null", bytes("null"), "The body is JSON, but not an object"],
])("%s is a problem, told without quoting it", (_, body, problem) => {
  expect(decodeBody(body)).toEqual({ problem });
});
