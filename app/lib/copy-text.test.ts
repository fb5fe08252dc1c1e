import fc from "fast-check";
import { expect, test } from "vitest";
import { encodePayloadRows } from "./copy-payloads.ts";
import { copyLine, copyRow, escapeCopyText, readCopyRows } from "./copy-text.ts";

test("a row's marks are escaped, null is told from text, arrays and times are literals", () => {
  const at = new Date("2026-11-22T10:00:00Z");
  expect(copyLine(["a\tb\\c\nd\re", 1, true, null, at, ['x "y"', "\\"], []])).toBe(
    'a\\tb\\\\c\\nd\\re\t1\tt\t\\N\t2026-11-22T10:00:00.000Z\t{"x \\\\"y\\\\"","\\\\\\\\"}\t{}\n',
  );
});

test("payloads are escaped alike, as text or as bytes", () => {
  const payload = fc.oneof(
    fc.json(),
    fc.string({ unit: fc.constantFrom("\\", "\t", "\n", "\r", "a", "न", "🎉", '"') }),
  );
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 5 }), (payloads) => {
      const expected = payloads.map((text) => `id\t${escapeCopyText(text)}\n`).join("");
      const rows = (of: (text: string) => string | Buffer) =>
        encodePayloadRows(payloads.map((text) => ({ columns: "id", payload: of(text) }))).toString();
      expect(rows((text) => text)).toBe(expected);
      expect(rows((text) => Buffer.from(text))).toBe(expected);
    }),
  );
});

test("a row of named values is written in the order of the columns, empty text included", () => {
  expect(copyRow({ b: null, a: "", c: 2 }, ["a", "b", "c"])).toBe("\t\\N\t2\n");
});

test("what was written is read back, null and the text of its mark told apart", () => {
  const text = fc.oneof(
    fc.constant(null),
    fc.string({ unit: fc.constantFrom("\\", "\t", "\n", "\r", "N", "t", "न", '"') }),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ a: text, b: text })), (rows) => {
      const written = rows.map((row) => copyRow(row, ["a", "b"])).join("");
      expect(readCopyRows(written, ["a", "b"])).toEqual(rows);
    }),
  );
});
