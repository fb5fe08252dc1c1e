import { expect, test } from "vitest";

import { changedStock, readStockForm, type StockForm } from "./stock-form.ts";

const form = (locations: StockForm["locations"]): StockForm => ({
  ...{ leads: "erp", onConflict: "ask", locations },
});
const read = (locations: StockForm["locations"]) => readStockForm(form(locations));

test("lines nobody has begun are left out, names are trimmed", () => {
  expect(
    read([
      { erp: " WH-1 ", shopify: "7" },
      { erp: "", shopify: "" },
      { erp: "WH-2", shopify: "7" },
    ]),
  ).toEqual({
    ok: true,
    stock: form([
      { erp: "WH-1", shopify: "7" },
      { erp: "WH-2", shopify: "7" },
    ]),
  });
});

test("a line that is half, cannot be the API's, or is there twice is said at its place", () => {
  const result = read([
    { erp: "WH 1", shopify: "7" },
    { erp: "WH-1", shopify: "" },
    { erp: "", shopify: "7" },
    { erp: "WH-2", shopify: "7" },
    { erp: "WH-2 ", shopify: "7" },
    { erp: "WH-2", shopify: "8" },
  ]);
  const errors = result.ok ? {} : result.errors;
  expect(Object.entries(errors).map(([place, wrong]) => [place, Object.keys(wrong ?? {})])).toEqual([
    ["0", ["erp"]],
    ["1", ["shopify"]],
    ["2", ["erp"]],
    ["4", ["erp"]],
  ]);
});

test("only what changed is sent; the order of the lines is no change", () => {
  const pairs = [
    { erp: "WH-1", shopify: "7" },
    { erp: "WH-2", shopify: "8" },
  ];
  const blank = { erp: "", shopify: "" };
  expect(changedStock(form([...pairs].reverse().concat(blank)), form(pairs))).toEqual({});
  expect(changedStock({ ...form(pairs.slice(1)), leads: "shopify" }, form(pairs))).toEqual({
    leads: "shopify",
    locations: pairs.slice(1),
  });
});
