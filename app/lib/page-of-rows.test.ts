import { expect, test } from "vitest";

import { readCursorText } from "./cursor.ts";
import type { ListAt } from "./list-page.ts";
import { pageOfRows } from "./page-of-rows.ts";

type Row = { id: string; orders: number };
const rows: Row[] = [
  { id: "c", orders: 2 },
  { id: "a", orders: 10 },
  { id: "e", orders: 1 },
  { id: "b", orders: 2 },
  { id: "d", orders: 1 },
];

const page = (at: ListAt, all = rows) =>
  pageOfRows(all, {
    ...{ types: ["integer", "text"], direction: "asc", at, limit: 2 },
    keyOf: ({ id, orders }) => [String(-orders), id],
  });
const ids = (found: { rows: Row[] }) => found.rows.map(({ id }) => id).join("");
const beside = (side: "after" | "before", cursor: string | null): ListAt =>
  cursor === null ? null : { side, key: readCursorText(cursor) as string[], orFirst: true };

test("numbers are sorted as numbers, and forward to the end and back every page is the one that was there", async () => {
  const first = await page(null);
  expect([ids(first), first.previous]).toEqual(["ab", null]);
  const second = await page(beside("after", first.next));
  expect(ids(second)).toBe("cd");
  const third = await page(beside("after", second.next));
  expect([ids(third), third.next]).toEqual(["e", null]);
  const back = await page(beside("before", third.previous));
  expect(ids(back)).toBe("cd");
  const start = await page(beside("before", back.previous));
  expect([ids(start), start.previous]).toEqual(["ab", null]);
});

test("rows that go or are counted anew before the page neither repeat a row nor leave one out", async () => {
  const { next } = await page(null);
  const later = rows
    .filter(({ id }) => id !== "a")
    .map((row) => ({ ...row, orders: Math.min(row.orders, 2) }));
  expect(ids(await page(beside("after", next), later))).toBe("cd");
});

test.each([
  ["a key of another list", ["a"]],
  ["a number that is none", ["many", "a"]],
  ["a place beyond the end", ["99", "z"]],
])("%s is the first page", async (_what, key) => {
  expect(ids(await page({ side: "after", key, orFirst: true }))).toBe("ab");
});

test("backwards from a descending order's edge", async () => {
  const byName = { types: ["text"], direction: "desc", limit: 2, keyOf: ({ id }: Row) => [id] } as const;
  expect(ids(await pageOfRows(rows, { ...byName, at: { side: "before", key: ["b"] } }))).toBe("dc");
});
