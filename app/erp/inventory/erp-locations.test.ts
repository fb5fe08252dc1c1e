import { expect, test } from "vitest";
import { erpLocationOf, erpLocations } from "./erp-locations.ts";

const pairs = [
  { erp: "pune", shopify: "7" },
  { erp: "pune", shopify: "8" },
  { erp: "delhi", shopify: "8" },
];

test("goods at a location of Shopify's are at the one that feeds it; where several do, nobody can say", () => {
  expect(erpLocationOf(pairs, "7")).toBe("pune");
  expect(erpLocationOf(pairs, "8")).toBeNull();
  expect(erpLocationOf(pairs, "9")).toBe("9");
});

test("the ERP's places are its own that are mapped, and Shopify's that nothing feeds", () => {
  const shopifys = ["7", "8", "9"].map((id) => ({ id, name: `Shop ${id}` }));
  expect(erpLocations(pairs, shopifys)).toEqual([
    { id: "pune", name: "pune" },
    { id: "delhi", name: "delhi" },
    { id: "9", name: "Shop 9" },
  ]);
});
