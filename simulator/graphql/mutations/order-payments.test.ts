import { expect, test } from "vitest";
import { rupees } from "#simulator/live/fixtures/a-live-shop.ts";
import { aDesk, type UserError } from "./fixtures/a-desk.ts";

const MARK = `mutation ($id: ID!) { orderMarkAsPaid(input: { id: $id }) {
  order { id displayFinancialStatus totalOutstandingSet { shopMoney { amount } } } userErrors { field message } } }`;
const MANUAL = `mutation ($id: ID!, $amount: MoneyInput, $name: String, $at: DateTime) {
  orderCreateManualPayment(id: $id, amount: $amount, paymentMethodName: $name, processedAt: $at) {
    order { displayFinancialStatus totalOutstandingSet { shopMoney { amount } } }
    userErrors { field message code } } }`;

type Paid = { order: unknown; userErrors: UserError[] };

test("marked as paid, once", async () => {
  const shop = aDesk();
  const id = shop.place({ payment: "pending", gateway: "Cash on Delivery (COD)" });
  expect(await shop.mutate<Paid>(MARK, { id })).toEqual({
    order: { id, displayFinancialStatus: "PAID", totalOutstandingSet: rupees("0.0") },
    userErrors: [],
  });
  expect(shop.told()).toEqual(["order_transactions/create", "orders/paid", "orders/updated"]);
  expect((await shop.order(id)).transactions).toMatchObject([
    { kind: "SALE", status: "PENDING" },
    { kind: "SALE", status: "SUCCESS", gateway: "Cash on Delivery (COD)" },
  ]);
  const refusal = {
    order: null,
    userErrors: [{ field: ["id"], message: "Order cannot be marked as paid." }],
  };
  expect(await shop.mutate<Paid>(MARK, { id })).toEqual(refusal);
  const gone = shop.place({ payment: "pending" });
  shop.act({ act: "cancelOrder", order: gone });
  expect(await shop.mutate<Paid>(MARK, { id: gone })).toEqual(refusal);
  expect((await shop.mutate<Paid>(MARK, { id: "gid://shopify/Order/1" })).userErrors).toEqual([
    { field: ["id"], message: "Order does not exist" },
  ]);
  const denied = await shop.run(MARK, { id }, ["read_orders"]);
  expect(denied.errors[0]?.extensions?.code).toBe("ACCESS_DENIED");
});

test("a part by hand, under its name and time, then the rest, on Shopify Plus", async () => {
  const shop = aDesk({ plus: true });
  const id = shop.place({ payment: "pending" });
  const amount = { amount: "1000.00", currencyCode: "INR" };
  expect(
    await shop.mutate<Paid>(MANUAL, { id, amount, name: "Courier remittance", at: "2026-11-20T10:00:00Z" }),
  ).toEqual({
    order: { displayFinancialStatus: "PARTIALLY_PAID", totalOutstandingSet: rupees("1500.0") },
    userErrors: [],
  });
  expect(shop.told()).toEqual(["order_transactions/create", "orders/updated"]);
  expect((await shop.order(id)).transactions.at(-1)).toMatchObject({
    kind: "SALE",
    status: "SUCCESS",
    gateway: "Courier remittance",
  });
  expect(await shop.mutate<Paid>(MANUAL, { id })).toMatchObject({
    order: { displayFinancialStatus: "PAID" },
    userErrors: [],
  });
  expect((await shop.order(id)).transactions.at(-1)?.gateway).toBe("Other");
});

test.each([
  ["AMOUNT_EXCEEDS_BALANCE", "amount", { amount: { amount: "2500.01", currencyCode: "INR" } }],
  ["AMOUNT_NOT_POSITIVE", "amount", { amount: { amount: "0", currencyCode: "INR" } }],
  ["CURRENCY_MISMATCH", "amount", { amount: { amount: "1", currencyCode: "USD" } }],
  ["PROCESSED_AT_INVALID", "processedAt", { at: "2026-11-22T00:00:00Z" }],
  ["ORDER_NOT_FOUND", "id", { id: "gid://shopify/Order/1" }],
])("refused: %s", async (code, field, more) => {
  const shop = aDesk({ plus: true });
  const id = shop.place({ payment: "pending" });
  const { order, userErrors } = await shop.mutate<Paid>(MANUAL, { id, ...more });
  expect([order, userErrors[0]?.code, userErrors[0]?.field]).toEqual([null, code, [field]]);
  expect(shop.told()).toEqual([]);
});

test("on any other plan an amount is no one's to say", async () => {
  const shop = aDesk();
  const id = shop.place({ payment: "pending" });
  const part = await shop.run(MANUAL, { id, amount: { amount: "1", currencyCode: "INR" } });
  expect(part.errors[0]).toMatchObject({
    message: expect.stringContaining(
      "must be installed on a Shopify Plus store to use the amount field",
    ) as string,
    extensions: { code: "ACCESS_DENIED" },
  });
  expect(await shop.mutate<Paid>(MANUAL, { id })).toMatchObject({
    order: { displayFinancialStatus: "PAID" },
  });
});
