import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { rupees } from "#simulator/live/fixtures/a-live-shop.ts";
import { aDesk, type TestDesk, type UserError } from "./fixtures/a-desk.ts";

const CANCEL = `mutation ($id: ID!, $refund: Boolean, $rm: OrderCancelRefundMethodInput, $note: String) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: true, refund: $refund, refundMethod: $rm, staffNote: $note) {
    job { id done query { shop { name } } } jobResult { done status errors { message } }
    orderCancelUserErrors { field message code } } }`;
const JOB = `query ($id: ID!) { job(id: $id) { id done query { shop { name } } } }`;

type Job = { id: string; done: boolean; query: unknown };
type Cancelled = { job: Job | null; jobResult: unknown; orderCancelUserErrors: UserError[] };

const BACK = { rm: { originalPaymentMethodsRefund: true } };

const cancel = (shop: TestDesk, id: string, more: Record<string, unknown> = {}) =>
  shop.mutate<Cancelled>(CANCEL, { id, ...more });

const refusal = (field: string, message: string, code = "INVALID") => ({
  job: null,
  jobResult: null,
  orderCancelUserErrors: [{ field: [field], message, code }],
});

/** Polls, as an app does, until the job is done. */
async function finish(shop: TestDesk, job: Job | null): Promise<Job> {
  for (;;) {
    const now = await shop.mutate<Job>(JOB, { id: job?.id });
    if (now.done) return now;
    await turn();
  }
}

test("a job to poll: the order is cancelled when it is done, the money back, the goods too", async () => {
  const shop = aDesk();
  const id = shop.place();
  const { item } = shop.variant(0);
  const [available = 0, committed = 0, onHand] = shop.stock(item);
  const { job, jobResult, orderCancelUserErrors } = await cancel(shop, id, BACK);
  expect(orderCancelUserErrors).toEqual([]);
  expect(job).toEqual({
    id: expect.stringMatching(/^gid:\/\/shopify\/Job\//) as string,
    done: false,
    query: null,
  });
  expect(jobResult).toEqual({ done: false, status: "STARTED", errors: [] });
  expect((await shop.order(id)).cancelledAt).toBeNull();
  expect(shop.told()).toEqual([]);
  expect((await finish(shop, job)).query).toEqual({ shop: { name: "Nazrana" } });
  expect(await shop.order(id)).toMatchObject({
    cancelReason: "CUSTOMER",
    displayFinancialStatus: "REFUNDED",
    current: rupees("0.0"),
    refunded: rupees("2500.0"),
  });
  expect(shop.told()).toEqual(
    expect.arrayContaining(["orders/cancelled", "orders/updated", "refunds/create"]),
  );
  expect(shop.stock(item)).toEqual([available + 2, committed - 2, onHand]);
  expect(await cancel(shop, id)).toEqual(
    refusal("orderId", "Cannot cancel an order that has already been canceled"),
  );
});

test("without a refund the money stays; a promise is void all the same", async () => {
  const shop = aDesk();
  const paid = shop.place();
  await finish(shop, (await cancel(shop, paid)).job);
  const { data } = await shop.run(
    `query ($id: ID!) { order(id: $id) { cancelledAt totalRefundedSet { shopMoney { amount } } transactions { kind } } }`,
    { id: paid },
  );
  expect(data).toEqual({
    order: {
      cancelledAt: "2026-11-21T06:30:15Z",
      totalRefundedSet: rupees("0.0"),
      transactions: [{ kind: "SALE" }],
    },
  });
  const promised = shop.place({ payment: "pending" });
  await finish(shop, (await cancel(shop, promised, { refund: false })).job);
  expect((await shop.order(promised)).displayFinancialStatus).toBe("VOIDED");
});

test("refused at once: two refund arguments, a long note, no such order, returns in progress", async () => {
  const shop = aDesk();
  const id = shop.place();
  expect(await cancel(shop, id, { ...BACK, refund: true })).toEqual(
    refusal("refund", "Only one of the arguments `refund` or `refund_method` is allowed."),
  );
  expect(await cancel(shop, id, { note: "x".repeat(256) })).toEqual(
    refusal("staffNote", "Staff note is too long. Maximum length is 255 characters."),
  );
  expect(await cancel(shop, "gid://shopify/Order/1")).toEqual(
    refusal("orderId", "Order does not exist", "NOT_FOUND"),
  );
  const sent = shop.place({ payment: "pending" });
  shop.act({ act: "fulfilOrder", order: sent });
  shop.act({ act: "returnOrder", order: sent, step: "create", lines: [{ line: 0, quantity: 1 }] });
  expect(await cancel(shop, sent)).toEqual(
    refusal("orderId", "Cannot cancel an order that has active returns"),
  );
  const denied = await shop.run(CANCEL, { id }, ["read_orders"]);
  expect(denied.errors[0]?.extensions?.code).toBe("ACCESS_DENIED");
  expect(shop.told()).toEqual([]);
});

test("refused: a fulfilment that is outstanding", async () => {
  const shop = aDesk();
  const id = shop.place();
  const draft = shop.store.draftOf(id);
  if (!draft) throw new Error("No draft");
  for (const part of draft.fulfillmentOrders)
    Object.assign(part, { status: "IN_PROGRESS", requestStatus: "ACCEPTED" });
  shop.store.putOrder(draft);
  expect(await cancel(shop, id, BACK)).toEqual(
    refusal("orderId", "Cannot cancel an order that has outstanding fulfillments"),
  );
});

test("with money on it, not while a parcel stands; without, it is cancelled and stays sent", async () => {
  const shop = aDesk();
  const outstanding = refusal("orderId", "Cannot cancel an order that has outstanding fulfillments");
  const paid = shop.place();
  const parcel = shop.act({ act: "fulfilOrder", order: paid, lines: [{ line: 0, quantity: 1 }] }).id;
  expect(await cancel(shop, paid, BACK)).toEqual(outstanding);
  shop.act({ act: "updateFulfillment", fulfillment: parcel, cancel: true });
  await finish(shop, (await cancel(shop, paid, BACK)).job);
  expect((await shop.order(paid)).displayFinancialStatus).toBe("REFUNDED");
  const atDoor = shop.place({ payment: "pending" });
  shop.act({ act: "fulfilOrder", order: atDoor });
  await finish(shop, (await cancel(shop, atDoor)).job);
  expect(await shop.order(atDoor)).toMatchObject({
    displayFinancialStatus: "VOIDED",
    fulfillments: [{ status: "SUCCESS" }],
  });
});

test("what changes while the job waits makes it fail; done it is all the same", async () => {
  const shop = aDesk();
  const id = shop.place();
  const first = await cancel(shop, id, BACK);
  shop.act({ act: "cancelOrder", order: id, reason: "FRAUD" });
  expect((await finish(shop, first.job)).done).toBe(true);
  expect((await shop.order(id)).cancelReason).toBe("FRAUD");
  expect(shop.told()).toEqual([]);
});

test("no such job is null", async () => {
  expect(await aDesk().mutate(JOB, { id: "gid://shopify/Job/none" })).toBeNull();
});
