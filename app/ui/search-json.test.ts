import { expect, test } from "vitest";

import { jsonPathWords } from "./json-path.ts";
import { addressesTo, PART, visibleRows } from "./json-rows.ts";
import { parseJson, type JsonNode } from "./parse-json.ts";
import { searchJson } from "./search-json.ts";

function documentOf(text: string): JsonNode {
  const root = parseJson(text);
  if (!root) throw new Error(`${text} is no JSON`);
  return root;
}

const order = documentOf(
  '{"id":9007199254740993,"lines":[{"sku":"CSH-WHT-S"},{"sku":"CSH-BLK-M","a note":"for sku CSH"}],"total":"10.50"}',
);

test.each([
  ["csh-blk", ["lines[1].sku"]],
  ["740993", ["id"]],
  ["SKU", ["lines[0].sku", "lines[1].sku", 'lines[1]["a note"]']],
  ["lines", ["lines"]],
  ["10.50", ["total"]],
  ["  ", []],
  ["not there", []],
])("%j is found at %j", (words, paths) => {
  expect(searchJson(order, words).map(({ path }) => jsonPathWords(path))).toEqual(paths);
});

test("every hit can be brought to sight, in a list of any length too, and little beside it is", () => {
  const long = documentOf(
    JSON.stringify({ lines: Array.from({ length: 40_000 }, (_, i) => ({ sku: `S-${String(i)}!` })) }),
  );
  const [hit] = searchJson(long, "S-31234!");
  expect(hit && jsonPathWords(hit.path)).toBe("lines[31234].sku");
  const addresses = addressesTo(long, hit?.positions ?? []);
  const rows = visibleRows(long, new Set(addresses));
  const row = rows.find(({ address }) => address === addresses.at(-1));
  expect(row && jsonPathWords(row.path)).toBe("lines[31234].sku");
  expect(rows.length).toBeLessThan(40_000 / PART + PART + 10);
});

test("what is closed is one row, and what holds nothing does not open", () => {
  const rows = visibleRows(documentOf('{"a":{"b":1},"c":[],"d":"x"}'), new Set([""]));
  expect(rows.map(({ step, isOpen }) => [step, isOpen])).toEqual([
    [null, true],
    ["a", false],
    ["c", null],
    ["d", null],
  ]);
});
