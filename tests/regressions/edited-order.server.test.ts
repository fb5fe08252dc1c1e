/** S7: an order edit that swaps lines at an equal total. */
import { describe, expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { addressKey } from "#app/erp/processor/determine-stop-ship.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { erpDid, processOrders, rowsOf, stockCatalogue, tell, theLines, theOrder } from "./a-story.ts";
import { wordOrder, type OrderState, type Shape } from "./order-in-both-shapes.ts";

/** Two kurtas; then one of them became another article of the same price. */
const ordered: OrderState = { lines: [{ id: "11", qty: 2 }] };
const swapped: OrderState = {
  lines: [
    { id: "11", qty: 2, currentQty: 1 },
    { id: "12", qty: 1 },
  ],
  at: "2026-11-21T10:00:00Z",
  // Shopify's total counts what was added; what the customer owes is what it was.
  total: "300.00",
  currentTotal: "200.00",
};
/** The other way Shopify tells it: the old line is there no more. */
const replaced: OrderState = { lines: [{ id: "12", qty: 2 }], at: "2026-11-21T10:00:00Z" };

const label = () => ({
  kind: "labelled",
  details: {
    addressKey: addressKey(decodeOrder("rest", wordOrder(ordered, "rest")).shippingAddress),
    amountToCollect: "200.00",
    lineIds: ["11"],
  },
});
const pack = (pool: Pool, qty: number) => erpDid(pool, { kind: "packed", lineId: "11", qty });

describe.each(["rest", "bulk"] as const)("told as %s", (as: Shape) => {
  async function take(pool: Pool, order: OrderState) {
    await tell(pool, order, { as });
    return processOrders(pool);
  }

  test("S7: before packing the lines are swapped, allocated and picked goods or not", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, ordered);
    await erpDid(pool, { kind: "allocated", lineId: "11", qty: 2 }, { kind: "picked", lineId: "11", qty: 2 });
    expect(await take(pool, swapped)).toMatchObject({ updated: 1 });
    expect(await theLines(pool)).toEqual({
      11: { qty: 2, cancelledQty: 1, allocatedQty: 1, pickedQty: 1, lineStatus: "picked" },
      12: { qty: 1, lineStatus: "pending" },
    });
    expect(await theOrder(pool)).toMatchObject({
      status: "open",
      stopShip: null,
      amountToCollect: "200.00",
      currentTotalAmount: "200.00",
    });
  });

  test("S7: a line that is gone from the order is gone from the ERP, the new one is there", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, ordered);
    await take(pool, replaced);
    expect(await rowsOf(pool, "OrderLine", `"shopifyLineId", qty, "skuCode"`)).toEqual([
      { shopifyLineId: "12", qty: 2, skuCode: "SKU-90" },
    ]);
    expect(await theOrder(pool)).toMatchObject({ status: "open", amountToCollect: "200.00" });
  });

  test("S7: after packing it is stop-ship: what is packed stays packed, and nothing of it may leave", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, ordered);
    await pack(pool, 2);
    await erpDid(pool, label());
    expect(await theOrder(pool)).toMatchObject({ status: "open", stopShip: null });

    await take(pool, swapped);
    expect(await theLines(pool)).toEqual({
      11: { qty: 2, packedQty: 2, pickedQty: 2, allocatedQty: 2, lineStatus: "packed" },
      12: { qty: 1, lineStatus: "pending" },
    });
    const order = await theOrder(pool);
    expect(order).toMatchObject({ status: "on_hold", amountToCollect: "200.00" });
    expect(order["stopShip"]).toMatch(/the order now has 1/);
    expect(order["stopShip"]).toMatch(/was added after packing/);
  });

  test("S7: a person who confirms each reason lets it go; one reason is not the other", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, ordered);
    await pack(pool, 2);
    await erpDid(pool, label());
    await take(pool, swapped);
    await erpDid(pool, { kind: "stop_ship_confirmed", details: { keys: ["line-11-1"] } });
    const left = (await theOrder(pool))["stopShip"];
    expect(left).not.toMatch(/the order now has 1/);
    expect(left).toMatch(/Kurta SKU-91 was added after packing/);
    // What was added goes in a box of its own and takes its share with it; of the two packed here one is asked money for.
    expect(left).toMatch(/The amount to collect is now 100.00, the label says 200.00/);
    await erpDid(pool, { kind: "stop_ship_confirmed", details: { keys: ["added-12", "amount-100.00"] } });
    expect(await theOrder(pool)).toMatchObject({ status: "open", stopShip: null });
    expect(await theLines(pool)).toMatchObject({ 11: { packedQty: 2 } });
  });

  test("S7: once it is unpacked the edit applies; packed and labelled again, nothing is wrong with it", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, ordered);
    await pack(pool, 2);
    await erpDid(pool, label());
    await take(pool, swapped);
    await pack(pool, -2);
    expect(await theLines(pool)).toEqual({
      11: { qty: 2, cancelledQty: 1, lineStatus: "pending" },
      12: { qty: 1, lineStatus: "pending" },
    });
    expect(await theOrder(pool)).toMatchObject({ status: "open", stopShip: null });

    await erpDid(
      pool,
      { kind: "packed", lineId: "11", qty: 1 },
      { kind: "packed", lineId: "12", qty: 1 },
      { ...label(), details: { ...label().details, lineIds: ["11", "12"] } },
    );
    expect(await theOrder(pool)).toMatchObject({ status: "open", stopShip: null });
    expect(await theLines(pool)).toMatchObject({ 11: { packedQty: 1 }, 12: { packedQty: 1 } });
  });
});
