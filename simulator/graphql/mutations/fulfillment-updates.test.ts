import { expect, test } from "vitest";
import { aDesk, type TestDesk, type UserError } from "./fixtures/a-desk.ts";

const TRACKING = `mutation ($id: ID!, $t: FulfillmentTrackingInput!) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $t, notifyCustomer: true) {
    fulfillment { trackingInfo { company number url } } userErrors { field message } } }`;
const EVENT = `mutation ($e: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $e) {
  fulfillmentEvent { id status happenedAt createdAt message city } userErrors { field message } } }`;
const CANCEL = `mutation ($id: ID!) { fulfillmentCancel(id: $id) {
  fulfillment { id status displayStatus } userErrors { field message } } }`;

type Payload = { fulfillment?: unknown; fulfillmentEvent?: unknown; userErrors: UserError[] };

function sent(shop: TestDesk): { order: string; id: string } {
  const order = shop.place();
  const { id } = shop.act({ act: "fulfilOrder", order, tracking: { number: "1" } });
  return { order, id };
}

test("another number; several are not simulated", async () => {
  const shop = aDesk();
  const { id } = sent(shop);
  const t = { company: "Blue Dart", numbers: ["42"], urls: ["https://example.com/42"] };
  expect(await shop.mutate<Payload>(TRACKING, { id, t })).toEqual({
    fulfillment: {
      trackingInfo: [{ company: "Blue Dart", number: "42", url: "https://example.com/42" }],
    },
    userErrors: [],
  });
  expect(shop.told()).toEqual(["fulfillments/update", "orders/updated"]);
  const two = await shop.run(TRACKING, { id, t: { numbers: ["1", "2"] } });
  expect(two.errors[0]?.extensions?.code).toBe("NOT_SIMULATED");
  expect((await shop.mutate<Payload>(TRACKING, { id: "gid://shopify/Fulfillment/1", t })).userErrors).toEqual(
    [{ field: ["fulfillmentId"], message: "Fulfillment does not exist." }],
  );
});

test("a courier's news, when it was made and where", async () => {
  const shop = aDesk();
  const { order, id } = sent(shop);
  shop.later(3_600_000);
  const e = {
    fulfillmentId: id,
    status: "DELIVERED",
    happenedAt: "2026-11-21T07:00:00Z",
    message: "Left with the guard",
    city: "Jaipur",
  };
  const { fulfillmentEvent, userErrors } = await shop.mutate<Payload>(EVENT, { e });
  expect(userErrors).toEqual([]);
  expect(fulfillmentEvent).toMatchObject({
    status: "DELIVERED",
    happenedAt: "2026-11-21T07:00:00Z",
    createdAt: "2026-11-21T07:30:15Z",
    message: "Left with the guard",
    city: "Jaipur",
  });
  expect(shop.told()).toEqual(["fulfillments/update", "fulfillment_events/create", "orders/updated"]);
  expect((await shop.order(order)).fulfillments).toMatchObject([
    { displayStatus: "DELIVERED", deliveredAt: "2026-11-21T07:00:00Z" },
  ]);
  const lost = await shop.run(EVENT, { e: { ...e, fulfillmentId: "gid://shopify/Fulfillment/1" } });
  expect(lost.errors[0]).toMatchObject({
    message: "invalid id",
    extensions: { code: "RESOURCE_NOT_FOUND" },
  });
  const denied = await shop.run(EVENT, { e }, ["write_merchant_managed_fulfillment_orders", "read_orders"]);
  expect(denied.errors[0]?.message).toContain("`write_fulfillments` access scope");
});

test("taken back: once, and a cancelled parcel takes no more news or numbers", async () => {
  const shop = aDesk();
  const { order, id } = sent(shop);
  expect(await shop.mutate<Payload>(CANCEL, { id })).toEqual({
    fulfillment: { id, status: "CANCELLED", displayStatus: "CANCELED" },
    userErrors: [],
  });
  expect(shop.told()).toContain("fulfillments/update");
  expect((await shop.order(order)).displayFulfillmentStatus).toBe("UNFULFILLED");
  const message = "Fulfillment is cancelled.";
  expect((await shop.mutate<Payload>(CANCEL, { id })).userErrors).toEqual([{ field: ["id"], message }]);
  expect((await shop.mutate<Payload>(TRACKING, { id, t: { number: "9" } })).userErrors).toEqual([
    { field: ["fulfillmentId"], message },
  ]);
  const e = { fulfillmentId: id, status: "IN_TRANSIT" };
  expect((await shop.mutate<Payload>(EVENT, { e })).userErrors[0]?.message).toBe(message);
  const denied = await shop.run(CANCEL, { id }, ["read_orders"]);
  expect(denied.errors[0]?.extensions?.code).toBe("ACCESS_DENIED");
});

test("not taken back: of a cancelled order, or with goods that came back", async () => {
  const shop = aDesk();
  const { order, id } = sent(shop);
  shop.act({ act: "refundOrder", order, lines: [{ line: 0, quantity: 1, restock: "RETURN" }] });
  expect((await shop.mutate<Payload>(CANCEL, { id })).userErrors[0]?.message).toBe(
    "Cannot cancel a fulfillment with returned items.",
  );
  shop.act({ act: "cancelOrder", order });
  expect((await shop.mutate<Payload>(CANCEL, { id })).userErrors[0]?.message).toBe(
    "Cannot cancel a fulfillment of a canceled order.",
  );
});
