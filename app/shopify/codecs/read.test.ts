import { describe, expect, test } from "vitest";
import { AppError } from "#app/lib/errors.ts";
import {
  decodePayload,
  readEach,
  readOptionalDecimal,
  readOptionalNumericId,
  readOptionalString,
  readOptionalTime,
  readString,
  readTags,
  trimDecimal,
} from "./read.ts";

describe("decodePayload", () => {
  test("names the whole path of what cannot be read", () => {
    const decode = () =>
      decodePayload(
        '{"variants":[{"price":"1"},{"options":{"edges":[{"node":{"name":"Size"}},{"node":{"name":[]}}]}}]}',
        (root) =>
          readEach(root, "variants", (variant) =>
            readEach(variant, "options", (option) => readString(option, "name")),
          ),
      );
    expect(decode).toThrow(AppError);
    expect(decode).toThrow("The payload cannot be read at $.variants[1].options[1].name: expected text");
  });

  test.each(["", "{", "[]", "null", '"text"'])("refuses %s as unreadable, not as a crash", (text) => {
    expect(() => decodePayload(text, (root) => root)).toThrow(
      expect.objectContaining({ code: "PAYLOAD_UNREADABLE" }),
    );
  });

  test("lets a bug of ours through as it is", () => {
    expect(() =>
      decodePayload("{}", () => {
        throw new RangeError("ours");
      }),
    ).toThrow(RangeError);
  });
});

test("absent, null and empty stay three different things", () => {
  const node = { nothing: null, empty: "" };
  expect(readOptionalString(node, "absent")).toBeUndefined();
  expect(readOptionalString(node, "nothing")).toBeNull();
  expect(readOptionalString(node, "empty")).toBe("");
});

test("what a database cannot keep is cut from a text, the rest stays", () => {
  expect(readOptionalString({ note: "So\u0000ft \ud83d\ude00 \ud800" }, "note")).toBe(
    "Soft \u{1f600} \ufffd",
  );
});

test.each([
  [["a"], ["a"]],
  [{ nodes: [{ v: "a" }] }, ["a"]],
  [{ edges: [{ node: { v: "a" } }] }, ["a"]],
] as const)("reads the list spelling %j", (spelling, expected) => {
  const list = Array.isArray(spelling) ? [{ v: "a" }] : spelling;
  expect(readEach({ list }, "list", (item) => readString(item, "v"))).toEqual(expected);
});

test.each([
  ["8600.00", "8600"],
  ["8600.0", "8600"],
  [8600.5, "8600.5"],
  ["-0.0", "0"],
  ["007.10", "7.1"],
  ["0.00", "0"],
  ["100", "100"],
] as const)("the decimal %s is spelled %s", (given, expected) => {
  expect(readOptionalDecimal({ amount: given }, "amount")).toBe(expected);
});

test.each(["", "1,5", "1e3", "NaN", true, {}])("%j is no decimal", (given) => {
  expect(() => readOptionalDecimal({ amount: given }, "amount")).toThrow("amount: expected a decimal number");
});

test("trimDecimal keeps what the zeros between carry", () => {
  expect(trimDecimal("100.0500")).toBe("100.05");
});

test("a moment with the shop's offset is the moment in UTC", () => {
  expect(readOptionalTime({ at: "2026-11-01T05:30:00+05:30" }, "at")).toBe("2026-11-01T00:00:00.000Z");
});

test("an id that JSON has rounded is unknown rather than wrong", () => {
  const parsed = JSON.parse('{"id":820982911946154508,"small":42}') as Record<string, unknown>;
  expect(readOptionalNumericId(parsed, "id")).toBeUndefined();
  expect(readOptionalNumericId(parsed, "small")).toBe("42");
});

test("tags read alike from both shapes", () => {
  expect(readTags({ tags: "summer,  sale, ," }, "tags")).toEqual(["summer", "sale"]);
  expect(readTags({ tags: ["summer", "sale"] }, "tags")).toEqual(["summer", "sale"]);
});
