import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestShop, type TestShop } from "#simulator/fixtures/test-shop.ts";
import { createStore } from "#simulator/store/create-store.ts";

const MARK = `mutation ($id: ID!) { orderMarkAsPaid(input: { id: $id }) { order { displayFinancialStatus } userErrors { message } } }`;
const STATUS = `query ($id: ID!) { order(id: $id) { displayFinancialStatus cancelledAt } }`;
const CANCEL = `mutation ($id: ID!) { orderCancel(orderId: $id, reason: OTHER, restock: true, refundMethod: { originalPaymentMethodsRefund: true }) {
  job { id done } orderCancelUserErrors { message } } }`;

type Status = { order: { displayFinancialStatus: string; cancelledAt: string | null } };

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ store: createStore({ orders: 20, seed: 1 }), jobDelayMs: 5 });
});
afterAll(() => shop.simulator.close());
afterEach(() => {
  shop.simulator.faults.clear();
});

function place(): string {
  const { store } = shop.simulator;
  const variants = store.collection("productVariants");
  const variant = variants?.at(0).id ?? "";
  return shop.simulator.act({
    act: "placeOrder",
    payment: "pending",
    lines: [{ variant, quantity: 1, price: "500.00" }],
  }).id;
}

test("fault answer-lost: the mutation happened, and its answer is never heard", async () => {
  const id = place();
  const fault = { kind: "answer-lost", operation: "orderMarkAsPaid", count: 1 };
  const response = await fetch(`${shop.simulator.url}/control/faults`, {
    method: "POST",
    body: JSON.stringify(fault),
  });
  expect(response.status).toBe(200);
  await expect(shop.post(MARK, { id })).rejects.toThrow("fetch failed");
  expect((await shop.ask<Status>(STATUS, { id })).order.displayFinancialStatus).toBe("PAID");
  const again = await shop.ask<{ orderMarkAsPaid: unknown }>(MARK, { id });
  expect(again.orderMarkAsPaid).toEqual({
    order: null,
    userErrors: [{ message: "Order cannot be marked as paid." }],
  });
});

test("fault applied-late: the connection is cut first, and the mutation happens when it is told to; questions are answered", async () => {
  const id = place();
  shop.simulator.faults.add({ kind: "applied-late", count: 1 });
  const status = async () => (await shop.ask<Status>(STATUS, { id })).order.displayFinancialStatus;
  expect(await status()).toBe("PENDING");
  await expect(shop.post(MARK, { id })).rejects.toThrow("fetch failed");
  expect(await status()).toBe("PENDING");
  expect(await shop.simulator.applyLate()).toBe(1);
  expect(await status()).toBe("PAID");
  expect(await shop.simulator.applyLate()).toBe(0);
});

test("a mutation costs 10 points, and is throttled like any request", async () => {
  const id = place();
  const { extensions } = (await (await shop.post(MARK, { id })).json()) as {
    extensions: { cost: { requestedQueryCost: number; actualQueryCost: number } };
  };
  expect(extensions.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 });
  shop.simulator.faults.add({ kind: "throttled", operation: "orderMarkAsPaid", count: 1 });
  const throttled = (await (await shop.post(MARK, { id: place() })).json()) as {
    errors: { extensions: { code: string } }[];
  };
  expect(throttled.errors[0]?.extensions.code).toBe("THROTTLED");
});

test("orderCancel's job is polled until it is done; acts and mutations move the same stock", async () => {
  const available = async () =>
    (
      await shop.ask<{ productVariants: { nodes: { inventoryQuantity: number }[] } }>(
        "{ productVariants(first: 1) { nodes { inventoryQuantity } } }",
      )
    ).productVariants.nodes[0]?.inventoryQuantity ?? NaN;
  const before = await available();
  const id = place();
  expect(await available()).toBe(before - 1);
  const { orderCancel } = await shop.ask<{ orderCancel: { job: { id: string; done: boolean } } }>(CANCEL, {
    id,
  });
  expect(orderCancel.job.done).toBe(false);
  const isDone = async () =>
    (
      await shop.ask<{ job: { done: boolean } }>("query ($id: ID!) { job(id: $id) { done } }", {
        id: orderCancel.job.id,
      })
    ).job.done;
  await expect.poll(isDone).toBe(true);
  expect((await shop.ask<Status>(STATUS, { id })).order).toMatchObject({ displayFinancialStatus: "VOIDED" });
  expect(await available()).toBe(before);
});
