import { expect, test } from "vitest";
import { JAIPUR, MUMBAI } from "#simulator/live/fixtures/a-live-shop.ts";
import { aDesk, type TestDesk, type UserError } from "./fixtures/a-desk.ts";

const CREATE = `mutation ($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) {
  fulfillment { id status totalQuantity trackingInfo { company number url }
    fulfillmentLineItems(first: 9) { nodes { id quantity lineItem { id } } }
    fulfillmentOrders(first: 9) { nodes { id } } }
  userErrors { field message } } }`;
const PARTS = `query ($id: ID!) { order(id: $id) { fulfillmentOrders(first: 9) { nodes { id status
  supportedActions { action } assignedLocation { location { id } }
  lineItems(first: 9) { nodes { id totalQuantity remainingQuantity lineItem { id } } } } } } }`;

type Created = {
  fulfillment: {
    id: string;
    status: string;
    totalQuantity: number;
    trackingInfo: { company: string | null; number: string | null; url: string | null }[];
    fulfillmentLineItems: { nodes: { id: string; quantity: number }[] };
    fulfillmentOrders: { nodes: { id: string }[] };
  } | null;
  userErrors: UserError[];
};
type Part = {
  id: string;
  status: string;
  supportedActions: { action: string }[];
  assignedLocation: { location: { id: string } };
  lineItems: { nodes: { id: string; totalQuantity: number; remainingQuantity: number }[] };
};

async function partsOf(shop: TestDesk, id: string): Promise<Part[]> {
  const { order } = await shop.ask<{ order: { fulfillmentOrders: { nodes: Part[] } } }>(PARTS, { id });
  return order.fulfillmentOrders.nodes;
}

async function onePart(shop: TestDesk, order: string): Promise<Part> {
  const [part] = await partsOf(shop, order);
  if (!part) throw new Error("No fulfilment order");
  return part;
}

const create = (shop: TestDesk, ...lineItemsByFulfillmentOrder: unknown[]) =>
  shop.mutate<Created>(CREATE, { f: { lineItemsByFulfillmentOrder } });

const refusal = (message: string) => ({
  fulfillment: null,
  userErrors: [{ field: ["fulfillment"], message }],
});

test("all of a fulfilment order, with the courier's number: the parcel, the order, the stock, the webhooks", async () => {
  const shop = aDesk();
  const order = shop.place();
  const { item } = shop.variant(0);
  const [available, committed = 0, onHand = 0] = shop.stock(item);
  const part = await onePart(shop, order);
  const { fulfillment, userErrors } = await shop.mutate<Created>(CREATE, {
    f: {
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: part.id }],
      trackingInfo: { company: "Delhivery", number: "77" },
    },
  });
  expect(userErrors).toEqual([]);
  expect(fulfillment).toMatchObject({
    status: "SUCCESS",
    totalQuantity: 3,
    trackingInfo: [{ company: "Delhivery", number: "77", url: "https://www.delhivery.com/track/package/77" }],
  });
  expect(shop.told()).toEqual([
    "fulfillments/create",
    "orders/fulfilled",
    "orders/updated",
    "inventory_levels/update",
    "inventory_levels/update",
  ]);
  expect(shop.stock(item)).toEqual([available, committed - 2, onHand - 2]);
  expect(await shop.order(order)).toMatchObject({
    displayFulfillmentStatus: "FULFILLED",
    fulfillments: [{ id: fulfillment?.id }],
  });
  const number = part.id.split("/").at(-1) ?? "";
  expect(await create(shop, { fulfillmentOrderId: part.id })).toEqual(
    refusal(`Fulfillment order ${number} has an unfulfillable status= closed.`),
  );
  expect(shop.told()).toEqual([]);
});

test("units by the fulfilment order's own lines, no more than wait", async () => {
  const shop = aDesk();
  const order = shop.place();
  const part = await onePart(shop, order);
  const [first, second] = part.lineItems.nodes;
  const units = (id: string | undefined, quantity: number) => ({
    fulfillmentOrderId: part.id,
    fulfillmentOrderLineItems: [{ id, quantity }],
  });
  const { fulfillment } = await create(shop, units(first?.id, 1));
  expect(fulfillment?.fulfillmentLineItems.nodes).toMatchObject([{ quantity: 1 }]);
  expect(fulfillment?.trackingInfo).toEqual([]);
  expect(shop.told()).toContain("orders/partially_fulfilled");
  expect((await onePart(shop, order)).lineItems.nodes.map((one) => one.remainingQuantity)).toEqual([1, 1]);
  const invalid = "Invalid fulfillment order line item quantity requested.";
  expect(await create(shop, units(first?.id, 2))).toEqual(refusal(invalid));
  expect(await create(shop, units(first?.id, 0))).toEqual(refusal("Quantity must be greater than 0"));
  const other = (await onePart(shop, shop.place())).lineItems.nodes[0]?.id;
  expect(await create(shop, units(other, 1))).toEqual(refusal("Fulfillment order line item does not exist."));
  expect((await create(shop, units(second?.id, 1))).userErrors).toEqual([]);
  expect((await shop.order(order)).fulfillments).toHaveLength(2);
});

test("one parcel of two fulfilment orders of one location, and its cancellation", async () => {
  const shop = aDesk();
  const order = shop.place();
  shop.desk.perform({ act: "editOrder", order, add: [{ variant: shop.variant(0).variant, quantity: 2 }] });
  const [first, second] = await partsOf(shop, order);
  const made = await create(shop, { fulfillmentOrderId: first?.id }, { fulfillmentOrderId: second?.id });
  expect(made.userErrors).toEqual([]);
  expect(made.fulfillment?.totalQuantity).toBe(5);
  expect(made.fulfillment?.fulfillmentOrders.nodes).toEqual([{ id: first?.id }, { id: second?.id }]);
  const ids = made.fulfillment?.fulfillmentLineItems.nodes.map((one) => one.id) ?? [];
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(shop.store.node(id)?.__typename).toBe("FulfillmentLineItem");
  expect((await shop.order(order)).displayFulfillmentStatus).toBe("FULFILLED");
  shop.act({ act: "updateFulfillment", fulfillment: made.fulfillment?.id ?? "", cancel: true });
  const after = await shop.order(order);
  expect(after.displayFulfillmentStatus).toBe("UNFULFILLED");
  expect(after.fulfillmentOrders.nodes.map((one) => one.status)).toEqual([
    "CLOSED",
    "CLOSED",
    "OPEN",
    "OPEN",
  ]);
});

test("refused: unknown, of two orders, of two places, held, of a cancelled order, without lines", async () => {
  const shop = aDesk();
  const order = shop.place();
  const part = await onePart(shop, order);
  const other = await onePart(shop, shop.place());
  expect(await create(shop, { fulfillmentOrderId: "gid://shopify/FulfillmentOrder/1" })).toEqual(
    refusal("Fulfillment order does not exist."),
  );
  expect(await create(shop, { fulfillmentOrderId: part.id }, { fulfillmentOrderId: other.id })).toEqual(
    refusal("All fulfillment orders must belong to the same order."),
  );
  expect(await create(shop)).toEqual(refusal("Line items by fulfillment order can't be blank."));
  const line = part.lineItems.nodes[0];
  shop.act({
    act: "moveFulfillment",
    fulfillmentOrder: part.id,
    location: MUMBAI,
    lines: [{ id: line?.id ?? "", quantity: 1 }],
  });
  const [here, there] = await partsOf(shop, order);
  expect([here, there].map((one) => one?.assignedLocation.location.id)).toEqual([JAIPUR, MUMBAI]);
  expect(await create(shop, { fulfillmentOrderId: here?.id }, { fulfillmentOrderId: there?.id })).toEqual(
    refusal("All fulfillment orders must be assigned to the same location."),
  );
  shop.act({ act: "holdFulfillment", order });
  expect((await create(shop, { fulfillmentOrderId: here?.id })).userErrors[0]?.message).toMatch(
    /has an unfulfillable status= on_hold\.$/,
  );
  const gone = shop.place();
  const closed = await onePart(shop, gone);
  shop.act({ act: "cancelOrder", order: gone });
  expect((await create(shop, { fulfillmentOrderId: closed.id })).userErrors[0]?.message).toMatch(
    /has an unfulfillable status= closed\.$/,
  );
  expect(shop.told()).toEqual([]);
});

test("fault fulfilled-first: someone sends it just before", async () => {
  const shop = aDesk();
  const order = shop.place();
  const part = await onePart(shop, order);
  shop.faults.add({ kind: "fulfilled-first", operation: "fulfillmentCreate", count: 1 });
  const { userErrors } = await create(shop, { fulfillmentOrderId: part.id });
  expect(userErrors[0]?.message).toMatch(/has an unfulfillable status= closed\.$/);
  expect((await shop.order(order)).fulfillments).toHaveLength(1);
  expect(shop.told()).toContain("fulfillments/create");
});

test("needs a scope of its own, and gids of its own types", async () => {
  const shop = aDesk();
  const part = await onePart(shop, shop.place());
  const f = { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: part.id }] };
  const denied = await shop.run(CREATE, { f }, ["read_orders", "read_merchant_managed_fulfillment_orders"]);
  expect(denied.errors[0]).toMatchObject({
    message: expect.stringContaining("Access denied for fulfillmentCreate field.") as string,
    extensions: { code: "ACCESS_DENIED" },
  });
  const wrong = { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: "gid://shopify/Order/1" }] };
  expect((await shop.run(CREATE, { f: wrong })).errors[0]?.extensions?.code).toBe("RESOURCE_NOT_FOUND");
});
