import { expect, test } from "vitest";
import { isSqlState, withoutQuotedValues } from "./without-quoted-values.ts";

test.each([
  [`invalid input syntax for type json: "{"a": "Asha"}"`, `invalid input syntax for type json: "[redacted]"`],
  [
    `value "98765 43210" is out of range for type integer`,
    `value "[redacted]" is out of range for type integer`,
  ],
  [
    `ungültige Eingabesyntax für Typ integer: „Asha“`,
    `ungültige Eingabesyntax für Typ integer: "[redacted]"`,
  ],
  [`unterminated quoted string at or near "'Asha`, `unterminated quoted string at or near "[redacted]"`],
  [
    `null value in column "email" of relation "Customer" violates not-null constraint`,
    `null value in column "email" of relation "Customer" violates not-null constraint`,
  ],
  [`invalid input syntax for type uuid: "😀 Asha" 😀`, `invalid input syntax for type uuid: "[redacted]" 😀`],
  ["deadlock detected", "deadlock detected"],
])("%s", (message, left) => {
  expect(withoutQuotedValues(message, { table: "Customer", column: "email" })).toBe(left);
});

test("a code of the operating system or of Prisma is none of the database's", () => {
  expect(["23505", "22P02", "XX000", "P0001"].map(isSqlState)).toEqual([true, true, true, true]);
  expect(["EPERM", "P2002", "ENOENT", 23505, null].map(isSqlState)).toEqual(Array(5).fill(false));
});
