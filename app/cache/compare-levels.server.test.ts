import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { compareLevels, noLevels } from "./compare-levels.server.ts";

const shop = "one.myshopify.com";
const BEGAN = new Date("2026-11-26T10:00:00Z");

test("a level that was told to be gone after the dump began is newer than the dump; before, Shopify is asked", async ({
  database: { pool, prisma },
}) => {
  const operation = { jobId: "job-1", purpose: "inventory", query: "", status: "COMPLETED" };
  await prisma.shopifyBulkOperation.create({
    data: { shop, id: "operation", ...operation, createdAt: BEGAN },
  });
  const level = { rawData: "{}", rawShape: "rest", contentHash: "hash", source: "webhook" };
  for (const [id, seconds] of [
    ["1@1", -1],
    ["2@1", 0],
    ["3@1", 1],
  ] as const) {
    const [shopifyInventoryItemId, shopifyLocationId] = id.split("@") as [string, string];
    const deletedAt = new Date(BEGAN.getTime() + seconds * 1000);
    await prisma.shopifyInventoryCache.create({
      data: { shop, id, shopifyInventoryItemId, shopifyLocationId, ...level, deletedAt },
    });
  }
  const quantities = { available: 1, onHand: 1, committed: 0, incoming: 0, reserved: 0 };
  const shown = { updatedAt: "2026-11-26T09:00:00Z", told: { connected: true, quantities } };
  const compared = await compareLevels(pool, {
    ...{ shop, operationId: "operation" },
    levels: ["1@1", "2@1", "3@1"].map((id) => ({ id, ...shown })),
  });
  expect(compared).toEqual({ ...noLevels, different: 1, newer: 2, doubtful: ["1@1"] });
});
