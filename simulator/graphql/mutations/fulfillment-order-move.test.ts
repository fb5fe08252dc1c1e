import { expect, test } from "vitest";
import { JAIPUR, MUMBAI } from "#simulator/live/fixtures/a-live-shop.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import { aDesk, type TestDesk, type UserError } from "./fixtures/a-desk.ts";

const PART = `id status assignedLocation { location { id } }
  lineItems(first: 9) { nodes { id totalQuantity remainingQuantity } }`;
const MOVE = `mutation ($id: ID!, $to: ID!, $lines: [FulfillmentOrderLineItemInput!]) {
  fulfillmentOrderMove(id: $id, newLocationId: $to, fulfillmentOrderLineItems: $lines) {
    movedFulfillmentOrder { ${PART} } originalFulfillmentOrder { ${PART} } remainingFulfillmentOrder { id }
    userErrors { field message code } } }`;
const PARTS = `query ($id: ID!) { order(id: $id) { fulfillmentOrders(first: 9) { nodes { ${PART} } } } }`;

type Part = {
  id: string;
  status: string;
  assignedLocation: { location: { id: string } };
  lineItems: { nodes: { id: string; totalQuantity: number; remainingQuantity: number }[] };
};
type Moved = {
  movedFulfillmentOrder: Part | null;
  originalFulfillmentOrder: Part | null;
  remainingFulfillmentOrder: { id: string } | null;
  userErrors: UserError[];
};

async function partsOf(shop: TestDesk, id: string): Promise<Part[]> {
  return (await shop.ask<{ order: { fulfillmentOrders: { nodes: Part[] } } }>(PARTS, { id })).order
    .fulfillmentOrders.nodes;
}

async function placed(
  shop: TestDesk,
  lines?: { variant: string; quantity: number }[],
): Promise<{ order: string; part: Part }> {
  const order = shop.place(lines && { lines });
  const [part] = await partsOf(shop, order);
  if (!part) throw new Error("No fulfilment order");
  return { order, part };
}

const remaining = (part: Part | null | undefined) =>
  part?.lineItems.nodes.map((one) => one.remainingQuantity);

test("moved as a whole it keeps its id, and the promise moves with it", async () => {
  const shop = aDesk();
  const { order, part } = await placed(shop);
  const { item } = shop.variant(0);
  const [here, there] = [shop.stock(item), shop.stock(item, MUMBAI)];
  const moved = await shop.mutate<Moved>(MOVE, { id: part.id, to: MUMBAI });
  expect(moved).toMatchObject({
    movedFulfillmentOrder: { id: part.id, status: "OPEN", assignedLocation: { location: { id: MUMBAI } } },
    originalFulfillmentOrder: { id: part.id },
    remainingFulfillmentOrder: null,
    userErrors: [],
  });
  expect(shop.told().slice(0, 2)).toEqual(["fulfillment_orders/moved", "orders/updated"]);
  const by = ([a = 0, c = 0, h = 0]: number[], units: number) => [a - units, c + units, h];
  expect(shop.stock(item)).toEqual(by(here, -2));
  expect(shop.stock(item, MUMBAI)).toEqual(by(there, 2));
  expect((await partsOf(shop, order)).length).toBe(1);
  shop.act({ act: "fulfilOrder", order });
  expect(shop.stock(item, MUMBAI)).toEqual([there[0]! - 2, there[1], there[2]! - 2]);
});

test("in part it splits, and what joins another at work there closes that one", async () => {
  const shop = aDesk();
  const { order, part } = await placed(shop);
  const line = part.lineItems.nodes[0]?.id;
  const first = await shop.mutate<Moved>(MOVE, {
    id: part.id,
    to: MUMBAI,
    lines: [{ id: line, quantity: 1 }],
  });
  expect(first.movedFulfillmentOrder?.id).not.toBe(part.id);
  expect(remaining(first.movedFulfillmentOrder)).toEqual([1]);
  expect(remaining(first.originalFulfillmentOrder)).toEqual([1, 1]);
  expect(first.remainingFulfillmentOrder).toEqual({ id: part.id });
  const second = await shop.mutate<Moved>(MOVE, { id: part.id, to: MUMBAI });
  expect(remaining(second.movedFulfillmentOrder)).toEqual([2, 1]);
  expect((await partsOf(shop, order)).map((one) => one.status)).toEqual(["CLOSED", "CLOSED", "OPEN"]);
  await shop.order(order); // its quantities still agree
});

test("what was sent stays", async () => {
  const shop = aDesk();
  const { order, part } = await placed(shop);
  shop.act({ act: "fulfilOrder", order, lines: [{ line: 0, quantity: 1 }] });
  const moved = await shop.mutate<Moved>(MOVE, { id: part.id, to: MUMBAI });
  expect(remaining(moved.movedFulfillmentOrder)).toEqual([1, 1]);
  expect(moved.originalFulfillmentOrder).toMatchObject({
    id: part.id,
    status: "CLOSED",
    assignedLocation: { location: { id: JAIPUR } },
    lineItems: { nodes: [{ totalQuantity: 1, remainingQuantity: 0 }] },
  });
  await shop.order(order);
});

test("only what the other place stocks goes; all that is named must be stocked there", async () => {
  const shop = aDesk();
  // A new product lies at the first place alone.
  const product = shop.act({
    act: "createProduct",
    title: "Block-printed quilt",
    variants: [{ price: "4200.00", inventoryQuantity: 3 }],
  }).id;
  const variant = readNodes(shop.store.node(product) ?? undefined, "variants")[0]?.id ?? "";
  const { order, part } = await placed(shop, [
    { variant, quantity: 1 },
    { variant: shop.variant(0).variant, quantity: 2 },
  ]);
  const lines = [{ id: part.lineItems.nodes[0]?.id, quantity: 1 }];
  const refused = await shop.mutate<Moved>(MOVE, { id: part.id, to: MUMBAI, lines });
  const message = "The destination location doesn't stock the requested inventory item.";
  expect(refused.userErrors).toEqual([{ field: null, message, code: null }]);
  const moved = await shop.mutate<Moved>(MOVE, { id: part.id, to: MUMBAI });
  expect(remaining(moved.movedFulfillmentOrder)).toEqual([2]);
  expect(remaining(moved.originalFulfillmentOrder)).toEqual([1]);
  const again = await shop.mutate<Moved>(MOVE, { id: part.id, to: MUMBAI });
  expect(again.userErrors[0]?.message).toBe(message);
  await shop.order(order);
});

test("refused: closed, held, already there, no such place, more than waits", async () => {
  const shop = aDesk();
  const { order, part } = await placed(shop);
  const errors = async (to: string, lines?: unknown[]) =>
    (await shop.mutate<Moved>(MOVE, { id: part.id, to, lines })).userErrors;
  const stuck = [{ field: null, message: "Cannot change location.", code: null }];
  expect(await errors(JAIPUR)).toEqual(stuck);
  expect(await errors("gid://shopify/Location/1")).toEqual([
    { field: ["id"], message: "Location not found.", code: null },
  ]);
  expect((await errors(MUMBAI, [{ id: part.lineItems.nodes[0]?.id, quantity: 9 }]))[0]?.message).toBe(
    "Invalid fulfillment order line item quantity requested.",
  );
  shop.act({ act: "holdFulfillment", order });
  expect(await errors(MUMBAI)).toEqual(stuck);
  shop.act({ act: "releaseHold", order });
  shop.act({ act: "fulfilOrder", order });
  expect(await errors(MUMBAI)).toEqual(stuck);
  expect(shop.told()).toEqual([]);
});
