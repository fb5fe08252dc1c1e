import { expect, test } from "vitest";
import { parseDemoArguments } from "./demo-arguments.ts";

test("nothing asked: a seeded store, a readable summary, and it stays up", () => {
  expect(parseDemoArguments([])).toEqual({
    ...{
      orders: undefined,
      seed: undefined,
      dataFile: undefined,
      live: 1,
      once: false,
      json: false,
      help: false,
    },
  });
});

test("everything can be chosen", () => {
  const args = ["--orders", "20000", "--seed=7", "--data", "store.json", "--live", "5", "--once", "--json"];
  expect(parseDemoArguments(args, () => true)).toEqual({
    ...{ orders: 20_000, seed: 7, dataFile: "store.json", live: 5, once: true, json: true, help: false },
  });
});

test.each([
  [["--orders", "many"], /--orders must be a whole number/],
  [["--orders", "-1"], /--orders/],
  [["--orders", "1e3"], /--orders must be a whole number/],
  [["--seed", "1.5"], /--seed must be a whole number/],
  [["--live", "fast"], /--live must be a whole number/],
  [["--data", "missing.json"], /--data missing.json: there is no such file/],
  [["--fast"], /--fast/],
  [["20000"], /20000/],
])("%j is refused with words", (args, words) => {
  expect(() => parseDemoArguments(args, () => false)).toThrow(words);
});
