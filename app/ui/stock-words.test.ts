import { expect, test } from "vitest";
import type { StockAtLocation, StockItem } from "#app/erp/inventory/stock-item.ts";
import { createFormat } from "./format.ts";
import {
  availableOf,
  itemName,
  itemPath,
  lastSyncedOf,
  quantityWords,
  stockProblems,
} from "./stock-words.ts";

const sku = {
  ...{ id: "s", productId: "p", skuCode: "TEE-RED" as string | null, title: "Tee - Red" },
  ...{ barcode: null, tracked: true, isArchived: false },
};
const level = (over: Partial<StockAtLocation> = {}): StockAtLocation => ({
  ...{ locationId: "1", available: 5, onHand: 7, committed: 2, incoming: 0 },
  ...{ lastSynced: "2026-11-20T00:00:00.000Z", goneAt: null },
  ...over,
});
const item = (over: Partial<StockItem> = {}): StockItem => ({
  itemId: "77",
  sku,
  levels: [level()],
  ...over,
});

test("an item is called by its SKU, its title, its id, and leads to its product or to what Shopify sent", () => {
  expect([item(), item({ sku: { ...sku, skuCode: null } }), item({ sku: null })].map(itemName)).toEqual([
    "TEE-RED",
    "Tee - Red",
    "Item 77",
  ]);
  expect([item(), item({ sku: null }), item({ sku: null, levels: [] })].map(itemPath)).toEqual([
    "/app/catalogue/p",
    "/app/cache/inventory/77%401",
    null,
  ]);
});

test.each([
  ["enough", {}, []],
  ["nothing in all", { levels: [level({ available: 0 }), level({ available: 0 })] }, ["out"]],
  ["oversold here, enough there", { levels: [level({ available: -1 }), level()] }, ["negative"]],
  ["oversold in all", { levels: [level({ available: -1 })] }, ["negative", "out"]],
  ["not told", { levels: [level({ available: null })] }, []],
  ["without a SKU", { sku: null }, ["unmatched"]],
  ["gone", { levels: [level({ available: null, goneAt: "2026-11-21T00:00:00.000Z" })] }, ["gone"]],
] as const)("%s", (_what, over, problems) => {
  expect(stockProblems(item(over as Partial<StockItem>))).toEqual(problems);
});

test("what is not told is no nought", () => {
  const format = createFormat({ locale: "en-IN", timeZone: "UTC" });
  expect(availableOf(item({ levels: [level({ available: null }), level()] }))).toBe(5);
  expect(availableOf(item({ levels: [level({ available: null })] }))).toBeNull();
  expect(quantityWords(level({ onHand: 1200 }), format)).toBe("1,200 on hand · 2 committed");
  expect(quantityWords(level({ onHand: null, committed: null, incoming: 3 }), format)).toBe("3 incoming");
});

test("an item is as fresh as the level that changed last", () => {
  const later = "2026-11-22T00:00:00.000Z";
  expect(lastSyncedOf(item({ levels: [level({ lastSynced: later }), level()] }))).toBe(later);
  expect(lastSyncedOf(item({ levels: [] }))).toBeNull();
});
