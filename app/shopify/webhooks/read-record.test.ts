import { describe, expect, test } from "vitest";

import { readRecord } from "./read-record.ts";

const order = {
  id: 5_678_901_234_567,
  admin_graphql_api_id: "gid://shopify/Order/5678901234567",
  name: "#1001",
  updated_at: "2026-11-22T15:30:00+05:30",
  financial_status: "partially_paid",
  fulfillment_status: null,
};

describe("an order", () => {
  test("is put in its place by id, time and the columns a page lists", () => {
    expect(readRecord("order", order)).toEqual({
      id: "5678901234567",
      shopifyUpdatedAt: "2026-11-22T10:00:00.000000Z",
      header: { orderNumber: "#1001", financialStatus: "PARTIALLY_PAID", fulfillmentStatus: "UNFULFILLED" },
    });
  });

  test.each([
    [null, "UNFULFILLED"],
    ["partial", "PARTIALLY_FULFILLED"],
    ["fulfilled", "FULFILLED"],
    ["restocked", "RESTOCKED"],
    [undefined, null],
  ])("with the fulfilment status %j is listed as GraphQL would say it: %j", (fulfillment_status, listed) => {
    expect(readRecord("order", { ...order, fulfillment_status })).toMatchObject({
      header: { fulfillmentStatus: listed },
    });
  });

  test("with an id above 2^53 keeps every digit of it", () => {
    const { id } = JSON.parse('{"id":820982911946154508}') as { id: number };
    const big = { ...order, id, admin_graphql_api_id: "gid://shopify/Order/820982911946154508" };
    expect(readRecord("order", big)).toMatchObject({ id: "820982911946154508" });
  });

  test.each([
    ["without any id", { id: undefined, admin_graphql_api_id: undefined }],
    ["with nothing but a rounded number", { id: 820982911946154500, admin_graphql_api_id: undefined }],
    ["with an id of nothing", { id: 0, admin_graphql_api_id: null }],
    ["with another type's gid", { id: null, admin_graphql_api_id: "gid://shopify/Product/1" }],
    ["with a broken gid", { id: {}, admin_graphql_api_id: "gid://shopify/Order/" }],
    ["with a gid that is no number", { id: "x", admin_graphql_api_id: "gid://shopify/Order/12'; drop" }],
  ])("%s names the missing path", (_, ids) => {
    expect(readRecord("order", { ...order, ...ids })).toEqual({ problem: 'There is no exact id at "id"' });
  });

  test("with a name or time that no column can hold is still taken", () => {
    expect(readRecord("order", { ...order, name: "a\0b", updated_at: "soon", financial_status: 7 })).toEqual({
      id: "5678901234567",
      shopifyUpdatedAt: null,
      header: { orderNumber: null, financialStatus: null, fulfillmentStatus: "UNFULFILLED" },
    });
  });
});

test("a product is listed by title and handle", () => {
  expect(readRecord("product", { id: 12, title: "Kurta", handle: "kurta", updated_at: null })).toEqual({
    id: "12",
    shopifyUpdatedAt: null,
    header: { title: "Kurta", handle: "kurta" },
  });
});

test("a customer needs its id only", () => {
  expect(readRecord("customer", { id: "7", email: "" })).toEqual({
    id: "7",
    shopifyUpdatedAt: null,
    header: {},
  });
});

describe("a stock level", () => {
  test("is one per item and location", () => {
    const level = { inventory_item_id: 49_148_385, location_id: 655_441_491, available: 15 };
    expect(readRecord("inventory", level)).toEqual({
      id: "49148385@655441491",
      shopifyUpdatedAt: null,
      header: { shopifyInventoryItemId: "49148385", shopifyLocationId: "655441491" },
    });
  });

  test("takes an item id above 2^53 from the gid", () => {
    const gid = "gid://shopify/InventoryLevel/24826418?inventory_item_id=271878346596884015";
    const level = {
      inventory_item_id: 271878346596884000,
      location_id: 24_826_418,
      admin_graphql_api_id: gid,
    };
    expect(readRecord("inventory", level)).toMatchObject({ id: "271878346596884015@24826418" });
  });

  test.each([
    [{ location_id: 1 }, "inventory_item_id"],
    [{ inventory_item_id: 1 }, "location_id"],
  ])("%j names what it lacks", (level, path) => {
    expect(readRecord("inventory", level)).toEqual({ problem: `There is no exact id at "${path}"` });
  });
});
