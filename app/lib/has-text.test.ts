import { expect, test } from "vitest";

import { searchedIn, someHasText } from "./has-text.ts";

test("a text is found in any of several, whatever the case; nothing typed is found in all", () => {
  expect(someHasText([null, "Tee 50% off"], "0% OFF")).toBe(true);
  expect(someHasText([null, "Tee"], "t_e")).toBe(false);
  expect(someHasText([null], "")).toBe(true);
});

test("nothing typed is no condition; what was typed stands once a column", () => {
  expect(searchedIn(["a", "b"], "")).toEqual([]);
  expect(searchedIn(["a", "b"], "x")).toEqual([
    ["(strpos(lower(a), lower(?)) > 0 or strpos(lower(b), lower(?)) > 0)", "x", "x"],
  ]);
});
