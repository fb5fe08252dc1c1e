import { expect, test } from "vitest";
import { erpLocationOf, fedLocations } from "./location-mapping.ts";

const pairs = [
  { erp: "pune", shopify: "7" },
  { erp: "pune", shopify: "8" },
  { erp: "delhi", shopify: "8" },
];

test("a location of the ERP's feeds those of its pairs, else Shopify's of the same id", () => {
  expect(fedLocations(pairs, "pune")).toEqual(["7", "8"]);
  expect(fedLocations(pairs, "9")).toEqual(["9"]);
});

test("goods at a location of Shopify's are at the one that feeds it; where several do, nobody can say", () => {
  expect(erpLocationOf(pairs, "7")).toBe("pune");
  expect(erpLocationOf(pairs, "8")).toBeNull();
  expect(erpLocationOf(pairs, "9")).toBe("9");
});
