/** Wishes that wait while both sides go on: what is no longer so is not sent as it was wished. */
import { expect } from "vitest";
import { bookRemittance } from "#app/erp/actions/book-remittance.server.ts";
import { idFromGid } from "#app/lib/gid.ts";
import { readText } from "#simulator/store/read-record.ts";
import { later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

/** These kinds are on from now on, all others off. */
async function switchOn(at: ShopThatSends, ...kinds: string[]): Promise<void> {
  await at.rows(`update "Shop" set settings = jsonb_set(settings, '{writeBack}', $2) where shop = $1`, [
    JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind, true]))),
  ]);
}

/** A new order with so many units in each line. */
async function anOrderOf(at: ShopThatSends, quantities: number[], payment: "paid" | "pending" = "paid") {
  const variants = at.store.collection("productVariants");
  const lines = quantities.map((quantity, i) => ({ variant: variants?.at(i + 1).id ?? "", quantity }));
  const gid = at.simulator.act({ act: "placeOrder", lines, payment }).id;
  await at.hear();
  const id = idFromGid(gid);
  const lineIds = await at.rows<{ id: string }>(
    `select "shopifyLineId" as id from "OrderLine" where shop = $1 and "shopifyOrderId" = $2 order by position`,
    [id],
  );
  const node = () => at.store.node(gid) ?? undefined;
  return {
    ...{ id, gid, lineIds: lineIds.map((one) => one.id), another: variants?.at(9).id ?? "" },
    isCancelled: () => readText(node()?.["cancelledAt"]) !== "",
    outstanding: () => readText(node()?.["totalOutstandingSet"], "presentmentMoney", "amount"),
  };
}

async function sendAll(at: ShopThatSends): Promise<void> {
  while ((await at.send(later)).taken > 0);
  await at.hear();
}

const standings = async (at: ShopThatSends) =>
  (await at.outbox()).map(({ kind, status }) => `${kind} ${status}`);

test("goods that came to an order whose cancellation waits are not cancelled with it, nor their money sent back", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, [1]);
  await switchOn(at);
  await at.act(order.id, { action: "cancel", refund: true });
  at.simulator.act({ act: "editOrder", order: order.gid, add: [{ variant: order.another, quantity: 1 }] });
  await switchOn(at, "orderCancel", "fulfillmentCreate");
  // Also before the ERP has heard of them.
  await at.send();
  expect(order.isCancelled()).toBe(false);
  await at.hear();
  await at.handOver(order.id, { awbNumber: "AWB-1" });
  const [cancellation] = await at.rows<{ id: string }>(
    `update "Outbox" set status = 'waiting' where shop = $1 and status = 'conflict' returning id`,
  );
  await sendAll(at);
  expect(order.isCancelled()).toBe(false);
  expect(await standings(at)).toEqual(["orderCancel conflict", "fulfillmentCreate waiting"]);
  await at.rows(`update "Outbox" set status = 'dropped' where shop = $1 and id = $2`, [cancellation?.id]);
  await sendAll(at);
  expect(await standings(at)).toEqual(["orderCancel dropped", "fulfillmentCreate sent"]);
});

test("a unit cancelled here and taken off in Shopify by hand is off once, though a parcel of the line is not told", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, [3]);
  const [lineId = ""] = order.lineIds;
  const one = { lines: [{ lineId, qty: 1 }] };
  const units = () => {
    const line = at.store.node(`gid://shopify/LineItem/${lineId}`);
    return [line?.["currentQuantity"], line?.["unfulfilledQuantity"]];
  };
  await switchOn(at);
  await at.handOver(order.id, { ...one, awbNumber: "AWB-1" });
  await at.act(order.id, { action: "cancel", ...one });
  at.simulator.act({ act: "editOrder", order: order.gid, lower: [{ line: 0, quantity: 1 }] });
  await at.hear();
  await switchOn(at, "orderEdit");
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate waiting", "orderEdit already"]);
  expect(units()).toEqual([2, 2]);
});

test("a unit cancelled here is taken off, though a parcel that was taken back still stands in Shopify", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, [3]);
  const [lineId = ""] = order.lineIds;
  const one = { lines: [{ lineId, qty: 1 }] };
  await switchOn(at, "fulfillmentCreate", "orderEdit");
  const parcelId = await at.handOver(order.id, { ...one, awbNumber: "AWB-1" });
  await sendAll(at);
  await at.act(order.id, { action: "take_back", parcelId });
  await at.act(order.id, { action: "cancel", ...one });
  await sendAll(at);
  expect(await standings(at)).toEqual([
    "fulfillmentCreate sent",
    "fulfillmentCancel waiting",
    "orderEdit sent",
  ]);
  expect(at.store.node(`gid://shopify/LineItem/${lineId}`)?.["currentQuantity"]).toBe(2);
});

test("a parcel in conflict that was taken back is no question any more, and holds back nothing of what follows", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, [2]);
  await switchOn(at, "fulfillmentCreate", "fulfillmentOrderMove", "fulfillmentCancel");
  // A place that Shopify does not know: whoever handed it over takes it back, and says the right one.
  const parcelId = await at.handOver(order.id, { awbNumber: "AWB-1", locationId: "4242" });
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate conflict"]);
  await at.act(order.id, { action: "take_back", parcelId });
  await at.act(order.id, { action: "hand_over", awbNumber: "AWB-1" });
  await sendAll(at);
  expect(await standings(at)).toEqual([
    "fulfillmentCreate dropped",
    "fulfillmentCancel already",
    "fulfillmentCreate sent",
  ]);
  expect(at.fulfillments(order.id)).toMatchObject([{ status: "SUCCESS" }]);
});

/** An order in cash of which the first line has left, and its courier has paid out. */
async function partlyRemitted(at: ShopThatSends, quantities: number[]) {
  const order = await anOrderOf(at, quantities, "pending");
  const [lineId] = order.lineIds;
  const awbNumber = `AWB-${order.id}`;
  await at.handOver(order.id, { lines: [{ lineId, qty: 1 }], awbNumber });
  const [parcel] = await at.rows<{ due: string }>(
    `select "amountToCollect"::text as due from "Parcel" where shop = $1 and "awbNumber" = $2`,
    [awbNumber],
  );
  const entry = { awbNumber, amount: parcel?.due ?? "", deduction: "0", reference: "UTR1" };
  await bookRemittance(at.pool, {
    ...{ shop: at.shop, actor: "Ravi", now: new Date() },
    entries: [{ ...entry, date: "2026-11-26" }],
  });
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate sent", "orderMarkAsPaid dropped"]);
  return { ...order, amount: entry.amount };
}

test("a part that came is told once it is all that is left to pay, because the rest was taken off", async ({
  sending,
}) => {
  const at = await sending();
  const order = await partlyRemitted(at, [1, 2]);
  await at.act(order.id, { action: "cancel", lines: [{ lineId: order.lineIds[1], qty: 2 }] });
  await sendAll(at);
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate sent", "orderMarkAsPaid sent", "orderEdit sent"]);
  expect(order.outstanding()).toBe("0.0");
});

test("half of it that came, and is booked in Shopify by hand, is not taken for the other half", async ({
  sending,
}) => {
  const at = await sending();
  const order = await partlyRemitted(at, [2]);
  at.simulator.act({ act: "payOrder", order: order.gid, amount: order.amount, method: "Cash" });
  await sendAll(at);
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate sent", "orderMarkAsPaid already"]);
  expect(Number(order.outstanding())).toBe(Number(order.amount));
});

test("with tracking off, an AWB corrected before Shopify was told is told as it is: the first can be another parcel's", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, [2]);
  await switchOn(at);
  const one = { lines: [{ lineId: order.lineIds[0], qty: 1 }] };
  const trackingUrl = "https://courier.example/AWB-1";
  const parcelId = await at.handOver(order.id, { ...one, awbNumber: "AWB-1", trackingUrl });
  await at.act(order.id, { action: "update_tracking", parcelId, awbNumber: "AWB-2" });
  await at.act(order.id, { action: "hand_over", ...one, awbNumber: "AWB-1", trackingUrl });
  await switchOn(at, "fulfillmentCreate");
  await sendAll(at);
  const { erp, store } = await at.bothSides(order.id);
  expect(store).toEqual({ units: { [String(order.lineIds[0])]: 2 }, awbs: ["AWB-1", "AWB-2"] });
  expect(erp).toEqual(store);
  const fulfillments = (await at.parcels(order.id)).map((parcel) => parcel["shopifyFulfillmentId"]);
  expect(new Set(fulfillments).size).toBe(2);
  const links = await at.rows(
    `select "awbNumber" as awb, "trackingUrl" as link from "Parcel" where shop = $1 and "shopifyOrderId" = $2 order by 1`,
    [order.id],
  );
  expect(links).toEqual([
    { awb: "AWB-1", link: trackingUrl },
    { awb: "AWB-2", link: null },
  ]);
});

test("a fulfilment that was made for a parcel since taken back is not taken for the next parcel's, and cancelled with it", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, [2]);
  const one = { lines: [{ lineId: order.lineIds[0], qty: 1 }] };
  at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "fulfillmentCreate" });
  const parcelId = await at.handOver(order.id, { ...one, awbNumber: "AWB-1" });
  await at.send();
  await at.act(order.id, { action: "hand_over", ...one });
  await at.act(order.id, { action: "take_back", parcelId });
  await sendAll(at);
  expect(await standings(at)).toEqual([
    "fulfillmentCreate sent",
    "fulfillmentCreate sent",
    "fulfillmentCancel sent",
  ]);
  const { erp, store } = await at.bothSides(order.id);
  expect(store.units).toEqual({ [String(order.lineIds[0])]: 1 });
  expect(erp.units).toEqual(store.units);
});
