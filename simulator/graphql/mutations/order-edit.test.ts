import { expect, test } from "vitest";
import { rupees } from "#simulator/live/fixtures/a-live-shop.ts";
import { aDesk, type TestDesk, type UserError } from "./fixtures/a-desk.ts";

const BEGIN = `mutation ($id: ID!) { orderEditBegin(id: $id) {
  calculatedOrder { id originalOrder { id } totalPriceSet { shopMoney { amount } }
    lineItems(first: 9) { nodes { id quantity editableQuantity variant { id } } } }
  orderEditSession { id } userErrors { field message } } }`;
const SET = `mutation ($id: ID!, $line: ID!, $quantity: Int!, $restock: Boolean) {
  orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $quantity, restock: $restock) {
    calculatedOrder { id subtotalLineItemsQuantity totalPriceSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } } }
    calculatedLineItem { quantity editableQuantity editableQuantityBeforeChanges restocking }
    userErrors { field message } } }`;
const COMMIT = `mutation ($id: ID!) { orderEditCommit(id: $id, notifyCustomer: false) {
  order { id edited } userErrors { field message } } }`;

type Begun = {
  calculatedOrder: {
    id: string;
    lineItems: { nodes: { id: string; quantity: number; editableQuantity: number }[] };
  } | null;
  orderEditSession: { id: string } | null;
  userErrors: UserError[];
};
type Changed = { calculatedOrder: unknown; calculatedLineItem: unknown; userErrors: UserError[] };

const NO_EDIT = { field: ["id"], message: "The calculated order does not exist." };

async function begin(shop: TestDesk, order: string) {
  const { calculatedOrder, orderEditSession, userErrors } = await shop.mutate<Begun>(BEGIN, { id: order });
  expect(userErrors).toEqual([]);
  const lines = calculatedOrder?.lineItems.nodes ?? [];
  return { id: calculatedOrder?.id ?? "", session: orderEditSession?.id ?? "", lines };
}

test("units taken off: calculated first, true when committed, once", async () => {
  const shop = aDesk();
  const order = shop.place();
  const { item } = shop.variant(0);
  const [available = 0, committed = 0, onHand] = shop.stock(item);
  const { id, lines } = await begin(shop, order);
  expect(lines.map((one) => one.quantity)).toEqual([2, 1]);
  const line = lines[0]?.id;
  expect(await shop.mutate<Changed>(SET, { id, line, quantity: 1, restock: true })).toEqual({
    calculatedOrder: {
      id,
      subtotalLineItemsQuantity: 2,
      totalPriceSet: rupees("1500.0"),
      totalOutstandingSet: rupees("-1000.0"),
    },
    calculatedLineItem: {
      quantity: 1,
      editableQuantity: 1,
      editableQuantityBeforeChanges: 2,
      restocking: true,
    },
    userErrors: [],
  });
  const { data } = await shop.run(
    "query ($id: ID!) { node(id: $id) { ... on CalculatedOrder { id subtotalLineItemsQuantity } } }",
    { id },
  );
  expect(data).toEqual({ node: { id, subtotalLineItemsQuantity: 2 } });
  expect((await shop.order(order)).current).toEqual(rupees("2500.0"));
  expect(shop.told()).toEqual([]);
  expect(await shop.mutate(COMMIT, { id })).toEqual({ order: { id: order, edited: true }, userErrors: [] });
  expect(shop.told()).toEqual([
    "orders/edited",
    "refunds/create",
    "orders/updated",
    "inventory_levels/update",
  ]);
  const after = await shop.order(order);
  expect(after.current).toEqual(rupees("1500.0"));
  expect(after.lineItems.nodes.map((one) => one.currentQuantity)).toEqual([1, 1]);
  expect(shop.stock(item)).toEqual([available + 1, committed - 1, onHand]);
  expect(await shop.mutate(COMMIT, { id })).toEqual({ order: null, userErrors: [NO_EDIT] });
});

test("by its session too; not restocked, what is available stays", async () => {
  const shop = aDesk();
  const order = shop.place();
  const { item } = shop.variant(0);
  const [available, committed = 0, onHand = 0] = shop.stock(item);
  const { session, lines } = await begin(shop, order);
  await shop.mutate(SET, { id: session, line: lines[0]?.id, quantity: 0 });
  expect(await shop.mutate(COMMIT, { id: session })).toMatchObject({ userErrors: [] });
  expect(shop.stock(item)).toEqual([available, committed - 2, onHand - 2]);
  const { data } = await shop.run(
    `query ($id: ID!) { order(id: $id) { lineItems(first: 1) { nodes { currentQuantity unfulfilledQuantity } }
      refunds { refundLineItems(first: 9) { nodes { quantity restockType } } } } }`,
    { id: order },
  );
  expect(data).toEqual({
    order: {
      lineItems: { nodes: [{ currentQuantity: 0, unfulfilledQuantity: 0 }] },
      refunds: [{ refundLineItems: { nodes: [{ quantity: 2, restockType: "NO_RESTOCK" }] } }],
    },
  });
});

test("what was sent is not edited away", async () => {
  const shop = aDesk();
  const order = shop.place();
  shop.act({ act: "fulfilOrder", order, lines: [{ line: 0, quantity: 1 }] });
  const { id, lines } = await begin(shop, order);
  expect(lines.map((one) => one.editableQuantity)).toEqual([1, 1]);
  const errors = async (line: string | undefined, quantity: number, of = id) =>
    (await shop.mutate<Changed>(SET, { id: of, line, quantity })).userErrors;
  expect(await errors(lines[0]?.id, 0)).toEqual([
    { field: ["quantity"], message: "Quantity cannot remove more than the fulfillable quantity" },
  ]);
  expect(await errors(lines[0]?.id, -1)).toEqual([
    { field: ["quantity"], message: "must be greater than or equal to 0" },
  ]);
  expect(await errors("gid://shopify/CalculatedLineItem/1", 0)).toEqual([
    { field: ["lineItemId"], message: "The line item does not exist on the order." },
  ]);
  expect(await errors(lines[0]?.id, 1, "gid://shopify/CalculatedOrder/1")).toEqual([NO_EDIT]);
  expect(await shop.mutate(COMMIT, { id })).toEqual({
    order: null,
    userErrors: [{ field: ["id"], message: "There must be at least one change to be made." }],
  });
  // What is sent between the edit and its commit is sent.
  expect(await errors(lines[0]?.id, 1)).toEqual([]);
  shop.act({ act: "fulfilOrder", order });
  expect(await shop.mutate(COMMIT, { id })).toMatchObject({
    order: null,
    userErrors: [{ message: expect.stringMatching(/fulfillable|cannot be edited/) as string }],
  });
});

test("not editable: cancelled, sent entirely, not there; and not without the scope", async () => {
  const shop = aDesk();
  const errors = async (id: string) => (await shop.mutate<Begun>(BEGIN, { id })).userErrors;
  const stuck = [{ field: null, message: "The order cannot be edited." }];
  const gone = shop.place();
  shop.act({ act: "cancelOrder", order: gone });
  expect(await errors(gone)).toEqual(stuck);
  const sent = shop.place({ payment: "pending" });
  shop.act({ act: "fulfilOrder", order: sent });
  expect(await errors(sent)).toEqual(stuck);
  expect(await errors("gid://shopify/Order/1")).toEqual([
    { field: ["id"], message: "The order does not exist." },
  ]);
  const denied = await shop.run(BEGIN, { id: shop.place() }, ["write_orders"]);
  expect(denied.errors[0]?.message).toContain("write_order_edits");
});
