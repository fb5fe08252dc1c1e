import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadFailingLines } from "./failing-lines.ts";

const shop = "a-shop.myshopify.com";

test("ten failed entries at most are told, each with what it is, why it failed, and what to do", async ({
  database: { pool, prisma },
}) => {
  expect(await loadFailingLines(pool, shop)).toEqual([]);
  const entry = { shop, rawData: "{}", rawShape: "graphql", contentHash: "x", source: "test" };
  await prisma.shopifyOrderCache.createMany({
    data: Array.from({ length: 11 }, (_, n) => ({
      ...{ ...entry, id: String(1000 + n), orderNumber: n === 0 ? "#1" : null },
      ...{ errorCode: "SKU_NOT_FOUND", processingError: "SKU not found: NOT-THERE" },
    })),
  });
  const next =
    "  What to do: Sync all products, or map the variant to a SKU; the order then completes by itself.";
  const lines = await loadFailingLines(pool, shop);
  expect(lines.slice(0, 4)).toEqual([
    "Failed:",
    "order #1 (1000): SKU not found: NOT-THERE (SKU_NOT_FOUND)",
    next,
    "order 1001: SKU not found: NOT-THERE (SKU_NOT_FOUND)",
  ]);
  expect(lines).toHaveLength(1 + 2 * 10 + 1);
  expect(lines.at(-1)).toContain("npm run sync -- status");
});
