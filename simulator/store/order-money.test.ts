import { describe, expect, test, vi } from "vitest";
import { createStore } from "./create-store.ts";
import { chargeFaults, paymentFaults, quantityFaults, refundFaults } from "./fixtures/order-faults.ts";
import type { SimNode } from "./types.ts";

// Thousands of records on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const COUNT = 3_000;
const store = createStore({ orders: COUNT, seed: 3 });
const orders = Array.from({ length: COUNT }, (_, n) => store.collection("orders")?.at(n) as SimNode);

describe.each(["shopMoney", "presentmentMoney"] as const)("in %s", (side) => {
  test.each([
    ["charges add up to the total, exactly", chargeFaults],
    ["what refunds took away leads from the total to the current total", refundFaults],
    ["payments add up to what was received, refunded and is owed", paymentFaults],
  ])("%s", (_law, faultsOf) => {
    // One comparison for all: expect itself costs more than an order.
    expect(orders.flatMap((order) => faultsOf(order, side))).toEqual([]);
  });
});

test("quantities agree between lines, refunds, parcels, fulfilment orders and returns", () => {
  expect(orders.flatMap(quantityFaults)).toEqual([]);
});
