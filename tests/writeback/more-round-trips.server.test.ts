/** Round trips until both sides agree: other locations, several fulfilment orders, tracking and news of a parcel, holds, permissions. */
import { expect } from "vitest";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { LOCATIONS } from "#simulator/store/location-records.ts";
import { inHours, later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

const gidOf = (id: string) => `gid://shopify/Order/${id}`;
const orderOf = (at: ShopThatSends, id: string) => at.store.node(gidOf(id)) ?? undefined;
const idOf = (gid: string) => String(gid.split("/").at(-1));

/** The fulfilment orders of an order, and where each is to be sent from. */
const partsOf = (at: ShopThatSends, id: string) =>
  readNodes(orderOf(at, id), "fulfillmentOrders").map((one) => ({
    id: one.id,
    location: readText(one, "assignedLocation", "location", "id"),
  }));
const elsewhere = (at: ShopThatSends, id: string) =>
  LOCATIONS.filter((one) => one.id !== partsOf(at, id)[0]?.location).map((one) => one.id);
const lastOf = async (at: ShopThatSends) => (await at.outbox()).at(-1);
async function agree(at: ShopThatSends, id: string): Promise<void> {
  expect((await at.hear()).failed).toBe(0);
  const { erp, store } = await at.bothSides(id);
  expect(erp).toEqual(store);
  expect(Object.keys(store.units)).not.toEqual([]);
}
const allow = (at: ShopThatSends, kind: string, isOn: boolean) =>
  at.rows(
    `update "Shop" set settings = jsonb_set(settings, array['writeBack', $2::text], $3::jsonb) where shop = $1`,
    [kind, String(isOn)],
  );
const allowMoves = (at: ShopThatSends, isOn: boolean) => allow(at, "fulfillmentOrderMove", isOn);

test("a parcel from another location: moved first, once though that answer is lost; off or refused it is a conflict a person settles", async ({
  sending,
}) => {
  const at = await sending();
  const first = await at.anOpenOrder();
  const to = elsewhere(at, first.id)[0] ?? "";
  stock(at, first.id, to);
  await at.handOver(first.id, { awbNumber: "MOVED-1", locationId: idOf(to) });
  at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "fulfillmentOrderMove" });
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "waiting", errorCode: "SHOPIFY_UNREACHABLE" });
  await at.hear();
  await at.send(later);
  expect(await lastOf(at)).toMatchObject({ status: "sent", error: null });
  expect(at.asked().filter((field) => field === "fulfillmentOrderMove")).toHaveLength(1);
  expect(at.fulfillments(first.id).map((one) => readText(one, "location", "id"))).toEqual([to]);
  await agree(at, first.id);

  await allowMoves(at, false);
  const second = await at.anOpenOrder();
  const there = elsewhere(at, second.id)[0] ?? "";
  stock(at, second.id, there);
  await at.handOver(second.id, { awbNumber: "MOVED-2", locationId: idOf(there) });
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "conflict", errorCode: "SHOPIFY_DIFFERS" });
  await allowMoves(at, true);
  await at.settle("send_again");
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "sent", error: null });
  await agree(at, second.id);

  const third = await at.anOpenOrder();
  await at.handOver(third.id, { awbNumber: "MOVED-3", locationId: "71200000000" });
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "conflict", error: "Location not found." });
  expect(at.fulfillments(third.id)).toEqual([]);
  await at.settle("drop");
  expect((await at.send(later)).taken).toBe(0);
});

/** A location stocks what an order needs. */
function stock(at: ShopThatSends, id: string, location: string): void {
  for (const line of readNodes(orderOf(at, id), "lineItems")) {
    const item = readText(line, "variant", "inventoryItem", "id");
    if (item === "") continue;
    const levels = readNodes(at.store.node(item) ?? undefined, "inventoryLevels");
    if (levels.some((level) => readText(level, "location", "id") === location)) continue;
    at.simulator.act({ act: "connectStock", item, location, available: 50 });
  }
}

test("a parcel of two locations is a fulfilment of each, and one parcel here, though the worker dies between the two", async ({
  sending,
}) => {
  const at = await sending();
  const { id } = await at.anOpenOrder(2);
  const [part] = partsOf(at, id);
  const to = elsewhere(at, id)[0] ?? "";
  stock(at, id, to);
  const [line] = readNodes(at.store.node(part?.id ?? "") ?? undefined, "lineItems");
  at.simulator.act({
    ...{ act: "moveFulfillment", fulfillmentOrder: part?.id ?? "", location: to },
    lines: [{ id: line?.id ?? "", quantity: 1 }],
  });
  await at.hear();
  expect(new Set(partsOf(at, id).map((one) => one.location)).size).toBe(2);
  const parcelId = await at.handOver(id);
  const dying: typeof fetch = async (input, init) => {
    const answer = await at.fetch(input, init);
    if (typeof init?.body === "string" && init.body.includes("fulfillmentCreate(")) throw new Error("killed");
    return answer;
  };
  await at.send(undefined, dying);
  // Nothing of its end was written: the row is as it was when the request left.
  await at.rows(
    `update "Outbox" set "leasedUntil" = now(), "nextRetryAt" = null, "errorCode" = null where shop = $1`,
  );
  await at.send(later);
  expect(await lastOf(at)).toMatchObject({ status: "sent", error: null });
  expect(at.fulfillments(id)).toHaveLength(2);
  await agree(at, id);
  expect(await at.parcels(id)).toMatchObject([{ id: parcelId, origin: "erp" }]);
});

test("goods added to an order since leave with the rest: one fulfilment of two fulfilment orders", async ({
  sending,
}) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  const variant = readText(readNodes(orderOf(at, id), "lineItems")[0], "variant", "id");
  at.simulator.act({ act: "editOrder", order: gidOf(id), add: [{ variant, quantity: 2 }] });
  await at.hear();
  expect(partsOf(at, id).length).toBeGreaterThan(1);
  await at.handOver(id, { awbNumber: "BOTH" });
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "sent" });
  expect(at.fulfillments(id)).toHaveLength(1);
  await agree(at, id);
});

test("a parcel's tracking and way, told before and after Shopify has its fulfilment, in their order", async ({
  sending,
}) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  const parcelId = await at.handOver(id, { awbNumber: "WRONG", courier: "Delhivery" });
  await at.act(id, { action: "update_tracking", parcelId, awbNumber: "RIGHT" });
  await at.act(id, { action: "lose", parcelId });
  while ((await at.send()).taken > 0);
  await at.act(id, { action: "update_tracking", parcelId, awbNumber: "RIGHT-2", courier: "Blue Dart" });
  await at.act(id, { action: "deliver", parcelId });
  while ((await at.send()).taken > 0);
  expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
    ["fulfillmentCreate", "sent"],
    ["trackingUpdate", "sent"],
    ["fulfillmentEvent", "sent"],
    ["trackingUpdate", "sent"],
    ["fulfillmentEvent", "sent"],
  ]);
  const [fulfillment, ...others] = at.fulfillments(id);
  expect(others).toEqual([]);
  expect(fulfillment?.trackingInfo).toMatchObject([{ number: "RIGHT-2", company: "Blue Dart" }]);
  expect(readNodes(fulfillment, "events").map((event) => event["status"])).toEqual(["FAILURE", "DELIVERED"]);
  await agree(at, id);
  expect(await at.parcels(id)).toMatchObject([{ id: parcelId, state: "delivered" }]);
});

test("tracking, a step of a parcel's way and a fulfilment's cancellation whose answers are lost are told once", async ({
  sending,
}) => {
  const at = await sending({ webhookPaths: {} });
  const { id } = await at.anOpenOrder();
  const parcelId = await at.handOver(id, { awbNumber: "LOST-1" });
  await at.act(id, { action: "update_tracking", parcelId, awbNumber: "LOST-2" });
  await at.act(id, { action: "initiate_rto", parcelId });
  const other = await at.anOpenOrder();
  const taken = await at.handOver(other.id);
  await at.send();
  await at.act(other.id, { action: "take_back", parcelId: taken });
  const fields = ["fulfillmentTrackingInfoUpdate", "fulfillmentEventCreate", "fulfillmentCancel"];
  for (const operation of fields) at.simulator.faults.add({ kind: "answer-lost", count: 1, operation });
  for (let hours = 0; hours < 24; hours += 3) await at.send(inHours(hours));
  expect(at.simulator.faults.list()).toEqual([]);
  expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
    ["fulfillmentCreate", "sent"],
    ["trackingUpdate", "sent"],
    ["fulfillmentEvent", "sent"],
    ["fulfillmentCreate", "sent"],
    ["fulfillmentCancel", "sent"],
  ]);
  for (const field of fields) expect(at.asked().filter((one) => one === field)).toHaveLength(1);
  const [fulfillment] = at.fulfillments(id);
  expect(fulfillment?.trackingInfo).toMatchObject([{ number: "LOST-2" }]);
  expect(readNodes(fulfillment, "events").map((event) => event["status"])).toEqual(["FAILURE"]);
  expect(at.fulfillments(other.id)).toEqual([]);
});

test("with tracking off, a parcel that somebody fulfilled without its AWB is that fulfilment, and no AWB leaves", async ({
  sending,
}) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  await at.handOver(id, { awbNumber: "OURS" });
  at.simulator.act({ act: "fulfilOrder", order: gidOf(id), tracking: null });
  await allow(at, "trackingUpdate", false);
  await at.send();
  expect(await lastOf(at)).toMatchObject({ kind: "fulfillmentCreate", status: "already" });
  expect(at.asked().filter((field) => /^fulfillment(?:Create|Tracking)/.test(field))).toEqual([]);
  await at.hear();
  expect(await at.parcels(id)).toMatchObject([
    { origin: "erp", shopifyFulfillmentId: idOf(at.fulfillments(id)[0]?.id ?? "") },
  ]);
});

test("held in Shopify it is a conflict in words; released and sent again it leaves", async ({ sending }) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  await at.handOver(id, { awbNumber: "HELD" });
  at.simulator.act({ act: "holdFulfillment", order: gidOf(id), reason: "HIGH_RISK_OF_FRAUD" });
  await at.send();
  expect(await lastOf(at)).toMatchObject({
    ...{ status: "conflict", error: expect.stringMatching(/is on hold \(.*fraud.*\)/) as string },
  });
  expect((await at.send(later)).taken).toBe(0);
  at.simulator.act({ act: "releaseHold", order: gidOf(id) });
  await at.hear();
  await at.settle("send_again");
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "sent" });
  await agree(at, id);
});

test("a permission withdrawn that the app has not heard of: refused with its name, and dropped or sent again by a person", async ({
  sending,
}) => {
  const at = await sending({ scopes: DEFAULT_SCOPES.filter((scope) => scope !== "write_orders") });
  const { id } = await at.anOpenOrder();
  await at.rows(`update "Shop" set scopes = scopes || array['write_orders'] where shop = $1`);
  await at.act(id, { action: "cancel" });
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "refused", errorCode: "SCOPE_MISSING" });
  await at.settle("send_again");
  await at.send();
  expect(await lastOf(at)).toMatchObject({ status: "refused", errorCode: "SCOPE_MISSING" });
  await at.settle("drop");
  expect(await lastOf(at)).toMatchObject({ status: "dropped", errorCode: null });
  expect((await at.send(later)).taken).toBe(0);
  expect(orderOf(at, id)?.["cancelledAt"]).toBeNull();
});

/** What lies available in all places of what an order's lines are. */
function availableOf(at: ShopThatSends, id: string): number {
  const items = readNodes(orderOf(at, id), "lineItems").map((line) =>
    readText(line, "variant", "inventoryItem", "id"),
  );
  const levels = [...new Set(items)].flatMap((item) =>
    readNodes(at.store.node(item) ?? undefined, "inventoryLevels"),
  );
  return levels.reduce((sum, level) => {
    const quantities = level["quantities"];
    const named = typeof quantities === "function" ? quantities({ names: ["available"] }) : quantities;
    return sum + Number(readText(readNodes(named)[0], "quantity"));
  }, 0);
}

test("cancelled with restock, refund and message each said; units taken off with restock: Shopify does each, and both sides agree", async ({
  sending,
}) => {
  const at = await sending();
  const said = { restock: true, notifyCustomer: true };
  const whole = await at.anOpenOrder();
  const before = availableOf(at, whole.id);
  const units = whole.lines.reduce((sum, { qty }) => sum + qty, 0);
  await at.act(whole.id, { action: "cancel", ...said, refund: true, reason: "INVENTORY" });
  while ((await at.send(later)).taken > 0);
  expect(await lastOf(at)).toMatchObject({ kind: "orderCancel", status: "sent" });
  expect(availableOf(at, whole.id)).toBe(before + units);
  expect(orderOf(at, whole.id)).toMatchObject({ cancelReason: "INVENTORY" });
  await at.hear();
  expect(
    await at.rows(
      `select o.status, sum(l."cancelledQty")::int as cancelled from "Order" o join "OrderLine" l using (shop, "shopifyOrderId")
       where o.shop = $1 and o."shopifyOrderId" = $2 group by 1`,
      [whole.id],
    ),
  ).toEqual([{ status: "cancelled", cancelled: units }]);

  const part = await at.anOpenOrder(2);
  const line = part.lines.find(({ qty }) => qty > 1) ?? part.lines[0];
  const availableBefore = availableOf(at, part.id);
  await at.act(part.id, { action: "cancel", ...said, lines: [{ lineId: line?.lineId, qty: 1 }] });
  await at.send();
  expect(await lastOf(at)).toMatchObject({ kind: "orderEdit", status: "sent" });
  expect(availableOf(at, part.id)).toBe(availableBefore + 1);
  // What is left of it goes its way.
  await at.handOver(part.id, { awbNumber: "REST" });
  await at.send();
  await agree(at, part.id);
});
