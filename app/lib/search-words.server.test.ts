import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { searchExpression, toPrefixQuery } from "./search-words.ts";

const person = ["Ravi O’Brien-Kumar", "ravi_k+shop@mail.example.co.in", "+919876543210"] as const;

test("a person is found by the beginnings of words and by the phone number as people write it", async ({
  database: { pool },
}) => {
  const words = searchExpression([`t."name"`, `t."email"`, `t."phone"`]);
  const isFound = async (typed: string, [name, email, phone]: readonly (string | null)[] = person) => {
    const { rows } = await pool.query<{ found: boolean }>(
      `select ${words} @@ to_tsquery('simple', $4) as found from (values ($1::text, $2::text, $3::text)) t(name, email, phone)`,
      [name, email, phone, toPrefixQuery(typed)],
    );
    return rows[0]?.found;
  };
  for (const typed of [
    ...[
      "ravi",
      "RAV",
      "kum",
      "kum rav",
      "brien",
      "o'brien",
      "O’Brien",
      "Ravi O’B",
      "ravi_k",
      "shop@mail",
      "co.in",
    ],
    ...["+91 98765 43210", "919876543210", "9876543210", "98765 43210", "098765-43210", "0091 98765 43210"],
    ...["98765", "+91 987", "9198765", "09876"],
  ])
    expect([typed, await isFound(typed)]).toEqual([typed, true]);
  for (const typed of ["avi", "umar", "ravi sharma", "43210", "76543", "9876543211"])
    expect([typed, await isFound(typed)]).toEqual([typed, false]);

  // A number as it was typed, words that look like numbers, other scripts, nothing at all.
  expect(await isFound("9876543210", ["", "", "098765 43210"])).toBe(true);
  expect(await isFound("1e5x", ["1e5x 12ab", null, null])).toBe(true);
  expect(await isFound("12a", ["1e5x 12ab", null, null])).toBe(true);
  expect(await isFound("कुम", ["रवि कुमार", null, null])).toBe(true);
  expect(await isFound("élo", ["ÉLODIE", null, null])).toBe(true);
  expect(await isFound("ravi", [null, null, null])).toBe(false);
});
