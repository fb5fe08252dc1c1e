import { expect, test } from "vitest";

import type { StockCompareRow } from "#app/erp/inventory/stock-compare-row.ts";

import { createFormat } from "./format.ts";
import {
  changeWords,
  comparedPlace,
  differenceWords,
  orderedSinceWords,
  targetWords,
  whySkipped,
} from "./stock-compare-words.ts";

const format = createFormat({ locale: "en", timeZone: "UTC" });
const row = (units: Partial<StockCompareRow>): StockCompareRow => ({
  ...{ inventoryItemId: "1", locationId: "7", locationName: null, skuId: "s", skuCode: null, title: "Shirt" },
  ...{ sellableQty: 0, safetyQty: 0, unprocessedQty: 0, targetQty: 0, shopifyQty: null, difference: null },
  ...{ skipped: null, orderedSince: 0, ...units },
});

test.each([
  [{ sellableQty: 1500 }, null],
  [{ sellableQty: 15, safetyQty: 2 }, "15 sellable − 2 kept back"],
  [
    { sellableQty: 15, safetyQty: 2, unprocessedQty: 1 },
    "15 sellable − 2 kept back − 1 in orders not taken in",
  ],
  [{ sellableQty: 2, unprocessedQty: 3 }, "2 sellable − 3 in orders not taken in: not below none"],
])("what Shopify is to show adds up: %j", (units, words) => {
  expect(targetWords(row(units), format)).toBe(words);
});

test("a location of the ERP's that feeds nothing is told from one of Shopify's where the item is not stocked", () => {
  const at = (locationId: string, locationName: string | null) =>
    row({ skipped: "not_stocked", locationId, locationName });
  expect(whySkipped(at("7", "Pune"))).toMatch(/^Shopify does not stock it/);
  expect(whySkipped(at("7", null))).toMatch(/^Shopify does not stock it/);
  expect(whySkipped(at("WH-9", null))).toMatch(/WH-9 feeds none of Shopify's/);
  expect([at("7", "Pune"), at("7", null), at("WH-9", null)].map(comparedPlace)).toEqual([
    ...["Pune", "Location 7", "WH-9"],
  ]);
});

test("differences have their sign, and one that is not known is none", () => {
  expect([3, -1200, 0, null].map((units) => differenceWords(units, format))).toEqual([
    "+3",
    "−1,200",
    "0",
    "—",
  ]);
  expect(orderedSinceWords(row({}), format)).toBeNull();
  expect(orderedSinceWords(row({ orderedSince: 2 }), format)).toMatch(/^2 ordered since/);
  expect(changeWords({ raised: 1, lowered: 1200 }, format)).toBe("1 level is raised and 1,200 lowered");
});
