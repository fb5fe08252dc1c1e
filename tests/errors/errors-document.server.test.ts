import { readFileSync } from "node:fs";
import { glob, readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { errorCatalogue } from "#app/lib/errors.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const rows = readFileSync(path.join(CHECKOUT, "docs/errors.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, code = "", status, words, next, again, where]) => ({
    ...{ code: code.replaceAll("`", ""), status, words, next, again, where },
  }));

test("docs/errors.md says of every code what the catalogue says, once, and names none that is not in it", () => {
  const wanted = Object.entries(errorCatalogue).map(([code, { status, words, next, retry }]) => ({
    ...{ code, status: String(status), words, next, again: retry ? "yes" : "no" },
    where: expect.stringMatching(/\w/) as string,
  }));
  const byCode = (a: { code: string }, b: { code: string }) => a.code.localeCompare(b.code);
  expect(rows.toSorted(byCode)).toEqual(wanted.toSorted(byCode));
});

test("it begins with the five that a merchant was promised, in these words", () => {
  expect(rows.slice(0, 5).map(({ words }) => words)).toEqual([
    "Shopify is not configured",
    "SKU not found",
    "Rate limited",
    "HMAC verification failed",
    "Order already exists",
  ]);
});

test("every code is used somewhere in app/ beside the catalogue", async () => {
  const unused = new Set(Object.keys(errorCatalogue));
  for await (const file of glob("app/**/*.{ts,tsx}", { cwd: CHECKOUT })) {
    if (file.endsWith("lib/errors.ts") || file.includes(".test.")) continue;
    const code = withoutComments(await readFile(path.join(CHECKOUT, file), "utf8"));
    for (const name of unused)
      if (code.includes(`"${name}"`) || code.includes(`errorCatalogue.${name}`)) unused.delete(name);
  }
  expect([...unused]).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}
