import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

/** Code and files of each row of the table. */
const table = [...(await read("tests/regressions/README.md")).matchAll(/^\| (S\d+) \| ([^|]+) \|/gm)].map(
  ([, code = "", files = ""]) => ({
    code,
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
  }),
);

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
