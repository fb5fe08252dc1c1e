import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cellOf, ERP, SHOPIFY } from "./precedence-scenarios.ts";

/** The table of docs/order-status.md: one row may hold for several things the ERP did. */
const page = readFileSync(join(import.meta.dirname, "../../docs/order-status.md"), "utf8");
const rows = page
  .slice(page.indexOf("## Precedence, every combination"))
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
// Names hold commas themselves, so a cell's names are found, not split.
const ERP_NAMES = Object.keys(ERP);
const combinations = rows.flatMap(([news = "", did = "", result = ""]) => {
  const names = `, ${did}, `;
  return ERP_NAMES.filter((name) => names.includes(`, ${name}, `)).map(
    (name) => [news, name, result] as const,
  );
});

test("every combination stands in the table exactly once", () => {
  const wanted = Object.keys(SHOPIFY).flatMap((news) => Object.keys(ERP).map((did) => `${news} + ${did}`));
  expect(combinations.map(([news, did]) => `${news} + ${did}`).sort()).toEqual(wanted.sort());
});

describe("Shopify's news against the ERP's facts, as docs/order-status.md has it", () => {
  test.each(combinations)("%s + %s → %s", (news, did, result) => {
    expect(cellOf(news, did)).toBe(result);
  });
});
