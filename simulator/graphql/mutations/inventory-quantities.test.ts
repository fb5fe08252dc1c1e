import { expect, test } from "vitest";
import { JAIPUR } from "#simulator/live/fixtures/a-live-shop.ts";
import { aDesk, type TestDesk, type UserError } from "./fixtures/a-desk.ts";

const FIELDS = `inventoryAdjustmentGroup { id reason createdAt changes { name delta item { id } location { id } } }
  userErrors { field message code }`;
const SET = `mutation ($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) { ${FIELDS} } }`;
const ADJUST = `mutation ($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) { ${FIELDS} } }`;
const BARE = `mutation ($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { ${FIELDS} } }`;

type Answer = {
  inventoryAdjustmentGroup: { id: string; changes: { name: string; delta: number }[] } | null;
  userErrors: UserError[];
};
type Row = {
  inventoryItemId: string;
  locationId: string;
  quantity: number;
  changeFromQuantity?: number | null;
};

const inputOf = (...quantities: Row[]) => ({ name: "available", reason: "correction", quantities });
const rowOf = (item: string, quantity: number, changeFromQuantity: number | null, at = JAIPUR): Row => ({
  inventoryItemId: item,
  locationId: at,
  quantity,
  changeFromQuantity,
});

let keys = 0;
const set = (shop: TestDesk, input: unknown, key = `key ${String(++keys)}`) =>
  shop.mutate<Answer>(SET, { input, key });

function stocked(shop: TestDesk): { item: string; has: number } {
  const { item } = shop.variant(0);
  return { item, has: shop.stock(item)[0] ?? 0 };
}

test("what is available is set, what is on hand moves with it, and it is told", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const [, committed, onHand = 0] = shop.stock(item);
  const { inventoryAdjustmentGroup: group, userErrors } = await set(shop, inputOf(rowOf(item, has + 5, has)));
  expect(userErrors).toEqual([]);
  expect(group).toMatchObject({
    reason: "correction",
    createdAt: "2026-11-21T06:30:15Z",
    changes: [
      { name: "available", delta: 5, item: { id: item }, location: { id: JAIPUR } },
      { name: "on_hand", delta: 5 },
    ],
  });
  expect(shop.stock(item)).toEqual([has + 5, committed, onHand + 5]);
  expect(shop.told()).toEqual(["inventory_levels/update"]);
  const { data } = await shop.run(
    `query ($id: ID!, $at: ID!) { inventoryItem(id: $id) { inventoryLevel(locationId: $at) { quantities(names: ["available"]) { quantity } } } }`,
    { id: item, at: JAIPUR },
  );
  expect(data).toEqual({ inventoryItem: { inventoryLevel: { quantities: [{ quantity: has + 5 }] } } });
});

test("on hand is set the same way; what is there already is no change; null asks nothing", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const onHand = shop.stock(item)[2] ?? 0;
  const input = { ...inputOf(rowOf(item, onHand + 1, onHand)), name: "on_hand" };
  expect((await set(shop, input)).userErrors).toEqual([]);
  expect(shop.stock(item)[0]).toBe(has + 1);
  shop.told();
  expect(await set(shop, inputOf(rowOf(item, has + 1, null)))).toEqual({
    inventoryAdjustmentGroup: null,
    userErrors: [],
  });
  expect(shop.told()).toEqual([]);
});

test("an item that was not stocked there is from now on", async () => {
  const shop = aDesk();
  const { item } = stocked(shop);
  const there = shop.act({ act: "createLocation", name: "Pune Dark Store" }).id;
  expect((await set(shop, inputOf(rowOf(item, 4, 0, there)))).userErrors).toEqual([]);
  expect(shop.stock(item, there)).toEqual([4, 0, 4]);
  expect(shop.told()).toEqual(["inventory_levels/connect"]);
});

test("without the directive, or without changeFromQuantity, the request itself is refused", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const input = inputOf(rowOf(item, has + 1, has));
  const bare = await shop.run(BARE, { input });
  expect(bare.errors[0]).toMatchObject({
    message: "The @idempotent directive is required for this mutation but was not provided.",
    path: ["inventorySetQuantities"],
    extensions: { code: "BAD_REQUEST" },
  });
  const { changeFromQuantity: _, ...unsaid } = rowOf(item, has + 1, has);
  const silent = await shop.run(SET, { input: inputOf(unsaid), key: "a" });
  expect(silent.errors[0]).toMatchObject({
    message: "InventoryQuantityInput must include the following argument: changeFromQuantity.",
    extensions: { code: "INVALID_FIELD_ARGUMENTS" },
  });
  const many = await shop.run(SET, {
    input: inputOf(...Array.from({ length: 251 }, () => rowOf(item, 1, has))),
    key: "b",
  });
  expect(many.errors[0]).toMatchObject({
    message: "The input array size of 251 is greater than the maximum allowed of 250.",
    extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" },
  });
  const denied = await shop.run(SET, { input, key: "c" }, ["read_inventory"]);
  expect(denied.errors[0]?.extensions?.code).toBe("ACCESS_DENIED");
  expect(shop.stock(item)[0]).toBe(has);
});

test("all or nothing: one stale quantity and the good one stays as it was", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const other = shop.variant(1).item;
  const there = shop.stock(other)[0] ?? 0;
  const { inventoryAdjustmentGroup, userErrors } = await set(
    shop,
    inputOf(rowOf(item, has + 1, has), rowOf(other, 1, there + 1)),
  );
  expect(inventoryAdjustmentGroup).toBeNull();
  expect(userErrors).toEqual([
    {
      field: ["input", "quantities", "1", "changeFromQuantity"],
      message: "The changeFromQuantity argument no longer matches the persisted quantity.",
      code: "CHANGE_FROM_QUANTITY_STALE",
    },
  ]);
  expect(shop.stock(item)[0]).toBe(has);
  expect(shop.told()).toEqual([]);
});

test("refused by code", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const items = shop.store.collection("inventoryItems");
  const all = Array.from({ length: items?.count() ?? 0 }, (_, i) => items?.at(i));
  const untracked = all.find((one) => one?.["tracked"] === false)?.id ?? "";
  const good = rowOf(item, has, has);
  const codes = async (input: unknown) =>
    (await set(shop, input)).userErrors.map((one) => [one.code, one.field?.slice(-2).join(".")]);
  expect(await codes(inputOf(rowOf("gid://shopify/InventoryItem/1", 1, 0)))).toEqual([
    ["INVALID_INVENTORY_ITEM", "0.inventoryItemId"],
  ]);
  expect(await codes(inputOf(rowOf(item, 1, 0, "gid://shopify/Location/1")))).toEqual([
    ["INVALID_LOCATION", "0.locationId"],
  ]);
  expect(await codes(inputOf(rowOf(untracked, 1, 0)))).toEqual([
    ["NON_MUTABLE_INVENTORY_ITEM", "0.inventoryItemId"],
  ]);
  expect(await codes({ ...inputOf(good), name: "damaged" })).toEqual([["INVALID_NAME", "input.name"]]);
  expect(await codes({ ...inputOf(good), reason: "because" })).toEqual([["INVALID_REASON", "input.reason"]]);
  expect(await codes({ ...inputOf(good), referenceDocumentUri: "gid://erp" })).toEqual([
    ["INVALID_REFERENCE_DOCUMENT", "input.referenceDocumentUri"],
  ]);
  expect(await codes({ ...inputOf(good), referenceDocumentUri: "gid://erp/SyncJob/1" })).toEqual([]);
  expect(await codes(inputOf(good, good))).toEqual([
    ["NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "1.locationId"],
  ]);
  expect(await codes(inputOf(rowOf(item, 1_000_000_001, has)))).toEqual([
    ["INVALID_QUANTITY_TOO_HIGH", "0.quantity"],
  ]);
  expect(await codes(inputOf(rowOf(item, -1_000_000_001, has)))).toEqual([
    ["INVALID_QUANTITY_TOO_LOW", "0.quantity"],
  ]);
  const onHand = shop.stock(item)[2] ?? 0;
  expect(await codes({ ...inputOf(rowOf(item, -1, onHand)), name: "on_hand" })).toEqual([
    ["INVALID_QUANTITY_NEGATIVE", "0.quantity"],
  ]);
});

test("one key, one change: the same answer again, other arguments a mismatch, a refused one used up", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const first = await set(shop, inputOf(rowOf(item, has + 1, has)), "one");
  expect(await set(shop, inputOf(rowOf(item, has + 1, has)), "one")).toEqual(first);
  expect(shop.stock(item)[0]).toBe(has + 1);
  expect(shop.told()).toEqual(["inventory_levels/update"]);
  expect((await set(shop, inputOf(rowOf(item, has + 2, has + 1)), "one")).userErrors).toEqual([
    {
      field: null,
      message: "The same idempotency key cannot be used with different operation parameters.",
      code: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
    },
  ]);
  const stale = inputOf(rowOf(item, 0, has));
  expect((await set(shop, stale, "two")).userErrors[0]?.code).toBe("CHANGE_FROM_QUANTITY_STALE");
  expect((await set(shop, stale, "two")).userErrors[0]?.code).toBe("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
  shop.later(25 * 3_600_000);
  expect((await set(shop, inputOf(rowOf(item, has, has + 1)), "one")).userErrors).toEqual([]);
});

test("two at once under one key: the second is told to wait", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  shop.faults.add({ kind: "mutation-slow", operation: "inventorySetQuantities", delayMs: 20, count: 1 });
  const input = inputOf(rowOf(item, has + 1, has));
  const [first, second] = await Promise.all([set(shop, input, "both"), set(shop, input, "both")]);
  expect(first.userErrors).toEqual([]);
  expect(second.userErrors[0]?.code).toBe("IDEMPOTENCY_CONCURRENT_REQUEST");
  expect(await set(shop, input, "both")).toEqual(first);
  expect(shop.stock(item)[0]).toBe(has + 1);
});

test("fault stock-moved: someone is faster", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  shop.faults.add({ kind: "stock-moved", operation: "inventorySetQuantities", count: 1 });
  const input = inputOf(rowOf(item, has + 1, has));
  expect((await set(shop, input)).userErrors[0]?.code).toBe("CHANGE_FROM_QUANTITY_STALE");
  expect(shop.stock(item)[0]).toBe(has - 1);
  expect(shop.told()).toEqual(["inventory_levels/update"]);
  expect((await set(shop, inputOf(rowOf(item, has + 1, has - 1)))).userErrors).toEqual([]);
});

test("adjusted by units, with the same care", async () => {
  const shop = aDesk();
  const { item, has } = stocked(shop);
  const change = { inventoryItemId: item, locationId: JAIPUR, delta: -3, changeFromQuantity: has };
  const input = { name: "available", reason: "shrinkage", changes: [change] };
  const done = await shop.mutate<Answer>(ADJUST, { input, key: "adjust" });
  expect(done.inventoryAdjustmentGroup?.changes.map((one) => one.delta)).toEqual([-3, -3]);
  expect(shop.stock(item)[0]).toBe(has - 3);
  const stale = await shop.mutate<Answer>(ADJUST, { input, key: "adjust again" });
  expect(stale.userErrors[0]).toMatchObject({
    field: ["input", "changes", "0", "changeFromQuantity"],
    code: "CHANGE_FROM_QUANTITY_STALE",
  });
});
