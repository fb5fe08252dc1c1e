import { expect, test } from "vitest";

import { readCursorText } from "./cursor.ts";
import { loadListPage, type ListAt, type ListPageSql, type ListSort } from "./list-page.ts";

type Row = { at: string; id: string };
const rows: Row[] = Array.from({ length: 7 }, (_, index) => ({
  at: `2026-11-0${String(1 + Math.floor(index / 2))}T00:00:00.000Z`,
  id: String(index),
}));
const sort: ListSort = {
  columns: [
    { sql: "o.at", type: "instant" },
    { sql: "o.id", type: "text" },
  ],
  direction: "desc",
};
const keyOf = ({ at, id }: Row) => [at, id];

/** What a database would answer: the rows beside the key, in the order asked for. */
function answer({ conditions, orderBy, limit }: ListPageSql): Promise<Row[]> {
  const isDescending = orderBy === "o.at desc, o.id desc";
  if (!isDescending) expect(orderBy).toBe("o.at, o.id");
  const [condition] = conditions;
  if (condition) expect(condition[0]).toBe(`(o.at, o.id) ${isDescending ? "<" : ">"} (?, ?)`);
  const edge = condition?.slice(1).join();
  const sorted = isDescending ? rows.toReversed() : rows;
  const beside = sorted.filter((row) => {
    if (edge === undefined) return true;
    return isDescending ? keyOf(row).join() < edge : keyOf(row).join() > edge;
  });
  return Promise.resolve(beside.slice(0, limit));
}

const page = (at: ListAt) => loadListPage({ sort, at, limit: 3, keyOf }, answer);
const ids = (found: { rows: Row[] }) => found.rows.map(({ id }) => id).join("");
const beside = (side: "after" | "before", cursor: string | null): ListAt =>
  cursor === null ? null : { side, key: readCursorText(cursor) as string[] };

test("forward to the end and back again, every page is the one that was there", async () => {
  const first = await page(null);
  expect([ids(first), first.previous]).toEqual(["654", null]);
  const second = await page(beside("after", first.next));
  expect(ids(second)).toBe("321");
  const third = await page(beside("after", second.next));
  expect([ids(third), third.next]).toEqual(["0", null]);
  const back = await page(beside("before", third.previous));
  expect(ids(back)).toBe("321");
  const start = await page(beside("before", back.previous));
  expect([ids(start), start.previous]).toEqual(["654", null]);
});

test.each([
  ["another list's key", ["7"]],
  ["a time that is none", ["yesterday", "3"]],
  ["a longer key", ["2026-11-02T00:00:00.000Z", "3", "x"]],
])("%s is the first page", async (_what, key) => {
  expect(ids(await page({ side: "after", key }))).toBe("654");
});

test("a page beside which nothing is left is the first one, where that is wanted", async () => {
  const key = ["2026-01-01T00:00:00.000Z", "0"];
  expect(ids(await page({ side: "after", key }))).toBe("");
  const first = await page({ side: "after", key, orFirst: true });
  expect([ids(first), first.previous]).toEqual(["654", null]);
  expect(first.next).not.toBeNull();
});

test.each([
  ...["2026-02-30T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "+010000-01-01T00:00:00.000Z"],
  ...["2026-01-01T00:00:00Z", "2026-01-01T24:00:00.000Z", "2026-01-01T00:00:00.000+14:00", ""],
])("%s is no instant that PostgreSQL is asked for", async (at) => {
  expect(ids(await page({ side: "after", key: [at, "3"] }))).toBe("654");
});

test.each([
  ...[["2147483647", true] as const, ["-2147483647", true] as const, ["0", true] as const],
  ...["1.5", "2147483648", "99999999999", "1e3", "", " 1", "NaN"].map((text) => [text, false] as const),
])("%j as a count: %j", async (text, isAsked) => {
  const byCount: ListSort = { columns: [{ sql: "n", type: "integer" }], direction: "desc" };
  const at: ListAt = { side: "after", key: [text] };
  const asked: ListPageSql[] = [];
  await loadListPage({ sort: byCount, at, limit: 3, keyOf: () => [] }, (sql) => {
    asked.push(sql);
    return Promise.resolve([]);
  });
  expect(asked[0]?.conditions).toEqual(isAsked ? [["(n) < (?)", text]] : []);
});
