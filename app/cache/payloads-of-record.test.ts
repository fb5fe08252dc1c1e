import { expect, test } from "vitest";
import { payloadsOfRecord } from "./payloads-of-record.ts";

const record = (id: string, node: object) => ({
  ...{ id, updatedAt: "2026-11-01T10:00:00Z", header: {} },
  raw: Buffer.from(JSON.stringify(node)),
});
const level = (location: number, updatedAt: string) => ({
  ...{ __typename: "InventoryLevel", updatedAt, isActive: true },
  id: `gid://shopify/InventoryLevel/${String(location)}9?inventory_item_id=7`,
  location: { id: `gid://shopify/Location/${String(location)}` },
  item: { id: "gid://shopify/InventoryItem/7" },
  quantities: [{ name: "available", quantity: location }],
  __parentId: "gid://shopify/InventoryItem/7",
});

test("an inventory item is as many payloads as it has levels, each with its own id, time and columns", () => {
  const levels = [level(1, "2026-11-02T10:00:00Z"), level(2, "2026-11-03T10:00:00Z")];
  const payloads = payloadsOfRecord("inventory", record("7", { inventoryLevels: levels }));
  expect(payloads).toMatchObject([
    {
      ...{ id: "7@1", shape: "bulk", shopifyUpdatedAt: "2026-11-02T10:00:00Z" },
      header: { shopifyInventoryItemId: "7", shopifyLocationId: "1" },
    },
    { id: "7@2", shape: "bulk", shopifyUpdatedAt: "2026-11-03T10:00:00Z" },
  ]);
  expect(payloads.map(({ raw }) => JSON.parse(String(raw)) as unknown)).toEqual(levels);
});

test("an item that is stocked nowhere is no payload", () => {
  expect(payloadsOfRecord("inventory", record("7", { id: "gid://shopify/InventoryItem/7" }))).toEqual([]);
});

test("a level that does not say where it is cannot be kept: the file is incomplete", () => {
  const broken = { ...level(1, "2026-11-02T10:00:00Z"), location: null };
  expect(() => payloadsOfRecord("inventory", record("7", { inventoryLevels: [broken] }))).toThrow(
    expect.objectContaining({
      code: "BULK_INCOMPLETE",
      message: expect.stringContaining("item 7") as string,
    }) as Error,
  );
});

test("any other root is one payload, its bytes as they came", () => {
  const one = record("5", { id: "gid://shopify/Product/5", inventoryLevels: [1] });
  expect(payloadsOfRecord("products", one)).toMatchObject([
    { id: "5", shape: "bulk", raw: one.raw, shopifyUpdatedAt: one.updatedAt },
  ]);
});
