import { expect, test } from "vitest";

import { writeCursor } from "#app/lib/cursor.ts";

import { readListQuery } from "./read-list-query.ts";

const questions = {
  choices: { status: ["open", "done"], kind: ["order"] },
  days: ["created"],
  sorts: ["created desc", "created asc"],
} as const;
const read = (query: string) =>
  readListQuery({ url: `https://app.example.com/app/list?${query}` }, questions);

test("an address that asks nothing is the whole list, as it is usually sorted", () => {
  expect(read("")).toEqual({
    ...{ search: "", choices: {}, days: { created: {} }, sort: "created desc", at: null },
    ignored: [],
  });
});

test("a value counts once, however often it is said; an unknown one is left out and told", () => {
  const { choices, ignored } = read("status=open&status=done&status=open&kind=nothing&kind=order");
  expect(choices).toEqual({ status: ["open", "done"], kind: ["order"] });
  expect(ignored).toEqual(["kind"]);
});

test.each([
  "2026-02-30",
  "2026-13-01",
  "0000-01-01",
  "0202-11-01",
  "26-01-01",
  "today",
  "2026-11-01T00:00",
  "\u0000",
])("%j is no day: it is left out and told", (day) => {
  const { days, ignored } = read(
    new URLSearchParams({ createdFrom: day, createdTo: "2026-11-02" }).toString(),
  );
  expect(days).toEqual({ created: { to: "2026-11-02" } });
  expect(ignored).toEqual(["createdFrom"]);
});

test.each(["2024-02-29", "9999-12-31", "1900-01-01"])("%s is a day", (day) => {
  expect(read(`createdFrom=${day}`)).toMatchObject({ days: { created: { from: day } }, ignored: [] });
});

test("an unknown order is the usual one, and told", () => {
  expect(read("sort=created+asc")).toMatchObject({ sort: "created asc", ignored: [] });
  expect(read("sort=price")).toMatchObject({ sort: "created desc", ignored: ["sort"] });
});

test("what was typed is searched for as the database can read it", () => {
  expect(read("search=+a%00b%0Ac+").search).toBe("a b c");
  expect(read(`search=${"x".repeat(5000)}`).search).toHaveLength(100);
  // The hundredth character is the first half of a pair.
  expect(read(`search=${"x".repeat(99)}%F0%9F%98%80`).search.isWellFormed()).toBe(true);
});

test("a position is read, and wants the first page where nothing is there any more", () => {
  const key = ["2026-11-01T00:00:00.000Z", "1"];
  expect(read(`after=${writeCursor(key)}`).at).toEqual({ side: "after", key, orFirst: true });
  expect(read(`before=${writeCursor(key)}`).at).toEqual({ side: "before", key, orFirst: true });
});

test.each(["x", "", "%%%", writeCursor(["a\u0000"]), btoa("{}"), btoa("[1]"), btoa("null")])(
  "a position that no list has given out is the first page, and told: %j",
  (cursor) => {
    expect(read(new URLSearchParams({ after: cursor }).toString())).toMatchObject({
      at: null,
      ignored: ["page"],
    });
  },
);
