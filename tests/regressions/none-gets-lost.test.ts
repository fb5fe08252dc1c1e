import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

import { testsIn } from "./tests-in.ts";

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
      const names = testsIn(await read(path)).flatMap(({ name, within }) => [...within, name]);
      const own = names.filter((name) => name.startsWith(`${code}:`) || name.startsWith(`${code} `));
      expect(own, path).not.toEqual([]);
    }
  },
);

/** Of the road out: code, file, and words of the test's name. */
const roadOut = [...document.matchAll(/^\| (W\d+) \| `([^`]+)` \| "([^"]+)" \|/gm)].map(
  ([, code = "", path = "", words = ""]) => ({ code, path, words }),
);

test("every fault of the road out has its row", () => {
  expect(roadOut.map(({ code }) => code)).toEqual(Array.from({ length: 67 }, (_, index) => `W${index + 1}`));
});

test.each(roadOut)("$code: a test's name in $path has the words of its row", async ({ path, words }) => {
  const names = testsIn(await read(path)).map(({ name }) => name);
  expect(names.filter((name) => name.includes(words))).not.toEqual([]);
});

test.each([
  [`test("holds", () => {});`, true],
  [`test.each([1])("holds %i", async () => {});`, true],
  [`test.for([[1]])(\`holds \${1}\`, () => {});`, true],
  [`test.each([["it holds", 1]] as const)("%s", () => {});`, true],
  [`test.each([["it holds", 1]])("of a row", () => {});`, false],
  [`test.skip.each([["it holds", 1]])("%s", () => {});`, false],
  [`describe("of a shop", () => { it("it " + "holds", () => {}); });`, true],
  [`// test("holds", () => {});`, false],
  [`/* test("holds", () => {}); */`, false],
  [`const said = 'test("holds", () => {})';`, false],
  [`test.skip("holds", () => {});`, false],
  [`test.skipIf(true)("holds", () => {});`, false],
  [`test.skip.each([1])("holds %i", () => {});`, false],
  [`test.todo("holds");`, false],
  [`test.fails("holds", () => {});`, false],
  [`test("holds");`, false],
  [`test("holds", { skip: true }, () => {});`, false],
  [`describe.skip("of a shop", () => { test("holds", () => {}); });`, false],
  [`if (process.env.CI) test("holds", () => {});`, false],
  [`test("lets go", () => { expect("holds").toBe("holds"); });`, false],
])("a test's name is of a test that runs: %s", (source, runs) => {
  expect(testsIn(source).some(({ name }) => name.includes("holds"))).toBe(runs);
});
