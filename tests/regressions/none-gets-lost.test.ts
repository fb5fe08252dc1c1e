import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

const document = await read("tests/regressions/README.md");

/** Code and files of each row of the table. */
const table = [...document.matchAll(/^\| (S\d+) \| ([^|]+) \|/gm)].map(([, code = "", files = ""]) => ({
  code,
  files: [...files.matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
}));

test("every known failure from S1 on has its row", () => {
  expect(table.length).toBeGreaterThanOrEqual(22);
  expect(table.map(({ code }) => code)).toEqual(table.map((_, index) => `S${index + 1}`));
});

test.each(table)(
  "$code is the beginning of a test's name in each file of its row",
  async ({ code, files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) {
      const title = new RegExp(`\\b(?:test|describe)\\b[\\s\\S]*?["'\`]${code}[: ]`);
      expect(await read(path), path).toMatch(title);
    }
  },
);

/** Of the road out: code, file, and words of the test's name. */
const roadOut = [...document.matchAll(/^\| (W\d+) \| `([^`]+)` \| "([^"]+)" \|/gm)].map(
  ([, code = "", path = "", words = ""]) => ({ code, path, words }),
);

test("every fault of the road out has its row", () => {
  expect(roadOut.map(({ code }) => code)).toEqual(Array.from({ length: 18 }, (_, index) => `W${index + 1}`));
});

test.each(roadOut)("$code: a test's name in $path has the words of its row", async ({ path, words }) => {
  expect(await read(path)).toContain(words);
});
