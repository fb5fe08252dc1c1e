import { expect, test } from "vitest";
import { addFigures, describeBackfill, describeColumns, noFigures } from "./backfill-figures.ts";

const words = { product: "products", customer: "customers", order: "orders", inventory: "stock levels" };
const some = { ...noFigures, created: 40, updated: 1_200, unchanged: 98_070 };

test.each([
  [
    { order: some, product: noFigures },
    true,
    "Would change: 1,240 of 99,310 orders, 0 of 0 products; nothing was changed",
  ],
  [{ order: some }, false, "Changed: 1,240 of 99,310 orders"],
  [
    { order: { ...some, failed: 1_000 }, inventory: { ...noFigures, failed: 1 } },
    true,
    "Would change: 1,240 of 100,310 orders, 0 of 1 stock levels; 1,001 cannot be processed and stay as they are; nothing was changed",
  ],
] as const)("%o, dry %s: %s", (figures, dryRun, said) => {
  expect(describeBackfill(figures, { dryRun, words })).toBe(said);
});

test("pages add up; the first five that failed are named, and nothing of what an unexpected error quotes", () => {
  const page = (from: number) => ({
    entries: [{ id: "1", outcome: "updated" } as const],
    failed: [0, 1, 2].map((i) => ({
      ...{ id: String(from + i), text: i === 0 ? "a@b.example" : "SKU not found: A" },
      code: i === 0 ? "INTERNAL" : "SKU_NOT_FOUND",
    })),
    columns: { "Order.note": 1, "Order.tags": from },
  });
  const figures = addFigures(addFigures(noFigures, page(10)), page(20));
  expect(figures).toEqual({
    ...{ created: 0, updated: 2, unchanged: 0, failed: 6, columns: { "Order.note": 2, "Order.tags": 30 } },
    failures: [
      "10 (INTERNAL)",
      "11 (SKU not found: A)",
      "12 (SKU not found: A)",
      "20 (INTERNAL)",
      "21 (SKU not found: A)",
    ],
  });
  expect(describeColumns(figures)).toBe("Order.tags 30, Order.note 2");
  expect(describeColumns(noFigures)).toBeNull();
});
