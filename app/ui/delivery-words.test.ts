import { expect, test } from "vitest";

import { cacheTables } from "#app/cache/cache-tables.ts";
import { deliveryStates } from "#app/cache/delivery-state.ts";

import {
  deliveryKinds,
  duplicateWords,
  recordPath,
  recordWords,
  stateMeans,
  stepWords,
} from "./delivery-words.ts";
import { createFormat } from "./format.ts";
import { statusWords } from "./status-words.ts";

const format = createFormat({ locale: "en", timeZone: "UTC" });

test("a record leads to its cache entry; what has no entry leads nowhere", () => {
  expect(recordPath({ kind: "order", recordId: "5001" })).toBe("/app/cache/order/5001");
  expect(recordPath({ kind: "inventory", recordId: "1@2" })).toBe("/app/cache/inventory/1%402");
  expect(recordPath({ kind: "return", recordId: "1" })).toBeNull();
  expect(recordPath({ kind: "other", recordId: "1" })).toBeNull();
  expect(recordPath({ kind: "order", recordId: null })).toBeNull();
  expect(recordPath({ kind: null, recordId: null })).toBeNull();
});

test("every cache is a kind the log can be filtered by", () => {
  expect(deliveryKinds).toEqual(expect.arrayContaining(Object.keys(cacheTables)));
});

test("a record is named by its kind", () => {
  expect(recordWords({ kind: "fulfillment_order", recordId: "7" })).toBe("Fulfilment order 7");
  expect(recordWords({ kind: "inventory_item", recordId: "7" })).toBe("Inventory item 7");
  expect(recordWords({ kind: "order", recordId: null })).toBeNull();
});

test.each(deliveryStates)("%s has a badge and a sentence", (state) => {
  expect(Object.keys(statusWords.delivery)).toContain(state);
  expect(stateMeans(state)).toMatch(/^It .+\.$/);
});

test("a step takes from one time to the other, where both are known", () => {
  expect(stepWords("2026-11-26T10:00:00.000Z", "2026-11-26T10:00:00.420Z", format)).toBe("420 ms");
  expect(stepWords("2026-11-26T10:00:00.000Z", "2026-11-26T10:02:05.000Z", format)).toBe("2 min 5 s");
  expect(stepWords(null, "2026-11-26T10:00:00.420Z", format)).toBeNull();
  expect(stepWords("2026-11-26T10:00:00.420Z", null, format)).toBeNull();
});

test("that it came again is counted and explained", () => {
  expect(duplicateWords(0, format)).toBe("It came once.");
  expect(duplicateWords(1, format)).toContain("once more");
  expect(duplicateWords(1200, format)).toContain("1,200 times more");
});
