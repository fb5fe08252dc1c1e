/** Parcels that Shopify has in part, as another one, or not as it said: each unit counts once, and what is asked of a person works. */
import { expect } from "vitest";
import { fetchOrder } from "#app/jobs/fetch-order.server.ts";
import { idFromGid } from "#app/lib/gid.ts";
import { LOCATIONS } from "#simulator/store/location-records.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { inHours, later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

/** A new order with so many units of one line. */
async function anOrderOf(at: ShopThatSends, quantity: number) {
  const variant = at.store.collection("productVariants")?.at(1).id ?? "";
  const payment = { payment: "pending", gateway: "Cash on Delivery (COD)" } as const;
  const gid = at.simulator.act({ act: "placeOrder", lines: [{ variant, quantity }], ...payment }).id;
  await at.hear();
  const [line] = readNodes(at.store.node(gid) ?? undefined, "lineItems");
  const [part] = readNodes(at.store.node(gid) ?? undefined, "fulfillmentOrders");
  const place = readText(part, "assignedLocation", "location", "id");
  return {
    ...{ id: idFromGid(gid), gid, lineId: idFromGid(line?.id ?? ""), part },
    item: readText(line, "variant", "inventoryItem", "id"),
    elsewhere: LOCATIONS.find(({ id }) => id !== place)?.id ?? "",
  };
}

async function sendAll(at: ShopThatSends): Promise<void> {
  while ((await at.send(later)).taken > 0);
  await at.hear();
}

const allow = (at: ShopThatSends, kind: string, isOn: boolean) =>
  at.rows(
    `update "Shop" set settings = jsonb_set(settings, array['writeBack', $2::text], $3::jsonb) where shop = $1`,
    [kind, String(isOn)],
  );

const standings = async (at: ShopThatSends) =>
  (await at.outbox()).map(({ kind, status }) => `${kind} ${status}`);

/** Requests of this mutation go through `meet`. */
function meeting(
  at: ShopThatSends,
  field: string,
  meet: (send: () => Promise<Response>) => Promise<Response>,
): typeof fetch {
  return (input, init) => {
    const send = () => at.fetch(input, init);
    return typeof init?.body === "string" && init.body.includes(`${field}(`) ? meet(send) : send();
  };
}

test("a parcel of two places of which Shopify takes only one is one parcel here all the same, its units counted once", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 2);
  const { gid, item, elsewhere, part } = order;
  const levels = readNodes(at.store.node(item) ?? undefined, "inventoryLevels");
  if (!levels.some((level) => readText(level, "location", "id") === elsewhere))
    at.simulator.act({ act: "connectStock", item, location: elsewhere, available: 50 });
  const lines = [{ id: readNodes(part, "lineItems")[0]?.id ?? "", quantity: 1 }];
  at.simulator.act({ act: "moveFulfillment", fulfillmentOrder: part?.id ?? "", location: elsewhere, lines });
  await at.hear();
  const parcelId = await at.handOver(order.id);
  let isHeld = false;
  const holding = meeting(at, "fulfillmentCreate", async (send) => {
    const answer = await send();
    if (!isHeld) at.simulator.act({ act: "holdFulfillment", order: gid });
    isHeld = true;
    return answer;
  });
  await at.send(undefined, holding);
  await at.hear();
  expect(await standings(at)).toEqual(["fulfillmentCreate conflict"]);
  expect(await at.parcels(order.id)).toMatchObject([{ id: parcelId, origin: "erp" }]);
  expect((await at.bothSides(order.id)).erp.units).toEqual({ [order.lineId]: 2 });
  at.simulator.act({ act: "releaseHold", order: gid });
  await at.settle("send_again");
  await sendAll(at);
  expect(at.fulfillments(order.id)).toHaveLength(2);
  const { erp, store } = await at.bothSides(order.id);
  expect(erp).toEqual(store);
});

test("a move that Shopify says it did, and did not, is not asked for again and again unseen: a person looks", async ({
  sending,
}) => {
  const at = await sending();
  const { id, elsewhere } = await anOrderOf(at, 1);
  await at.handOver(id, { awbNumber: "AWB-1", locationId: idFromGid(elsewhere) });
  let moves = 0;
  const unmoved = meeting(at, "fulfillmentOrderMove", () => {
    moves++;
    const order = { updatedAt: new Date().toISOString() };
    const movedFulfillmentOrder = { id: "gid://shopify/FulfillmentOrder/1", order };
    return Promise.resolve(
      Response.json({ data: { fulfillmentOrderMove: { movedFulfillmentOrder, userErrors: [] } } }),
    );
  });
  await at.send(undefined, unmoved);
  expect(await at.outbox()).toMatchObject([{ status: "waiting", errorCode: "SHOPIFY_DIFFERS" }]);
  for (const hours of [3, 6, 9, 12, 15, 18]) await at.send(inHours(hours), unmoved);
  expect(await at.outbox()).toMatchObject([{ status: "conflict", errorCode: "SHOPIFY_DIFFERS" }]);
  expect(moves).toBeLessThanOrEqual(16);
});

test("goods that somebody fulfilled in Shopify just before are not the parcel that the ERP hands over of the rest", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 2);
  const lines = [{ line: 0, quantity: 1 }];
  at.simulator.act({ act: "fulfilOrder", order: order.gid, lines, tracking: null });
  await at.hear();
  await at.handOver(order.id, { awbNumber: "AWB-1" });
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate sent"]);
  const { erp, store } = await at.bothSides(order.id);
  expect(erp).toEqual({ units: { [order.lineId]: 2 }, awbs: ["AWB-1"] });
  expect(store).toEqual(erp);
  expect(await at.parcels(order.id)).toHaveLength(2);
});

test("goods sent again while the fulfilment they came back with stands in Shopify: the next step frees them", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 1);
  const parcelId = await at.handOver(order.id, { awbNumber: "AWB-1" });
  await sendAll(at);
  await at.act(order.id, { action: "receive_rto", parcelId });
  await allow(at, "fulfillmentCancel", false);
  await at.handOver(order.id, { awbNumber: "AWB-2" });
  await sendAll(at);
  const [told] = await at.rows<{ next: string }>(
    `select conflict->>'next' as next from "Outbox" where shop = $1 and status = 'conflict'`,
  );
  expect(told?.next).toContain("switch on cancelling fulfilments");
  expect(told?.next).not.toContain("same AWB");
  await allow(at, "fulfillmentCancel", true);
  await at.settle("send_again");
  await sendAll(at);
  await sendAll(at);
  expect((await at.bothSides(order.id)).store).toEqual({ units: { [order.lineId]: 1 }, awbs: ["AWB-2"] });
});

test("of an order that was deleted in Shopify nothing is wished there: nobody is asked about what cannot be sent", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 1);
  const parcelId = await at.handOver(order.id, { awbNumber: "AWB-1" });
  await sendAll(at);
  at.simulator.act({ act: "payOrder", order: order.gid, method: "Cash" });
  at.simulator.act({ act: "deleteOrder", order: order.gid });
  await at.hear();
  await fetchOrder(at.context, { shop: at.shop, client: at.client, id: order.id });
  await at.hear();
  await at.act(order.id, { action: "update_tracking", parcelId, awbNumber: "AWB-2" });
  await at.act(order.id, { action: "deliver", parcelId });
  await sendAll(at);
  expect(await standings(at)).toEqual(["fulfillmentCreate sent"]);
  expect(await at.parcels(order.id)).toMatchObject([{ id: parcelId, state: "delivered" }]);
});

/** Two parcels of one unit each: the first was told with an AWB that the second has by now. */
test.for([
  ["whose correction is not told", "trackingUpdate"],
  ["that was taken back, and whose cancellation waits", "fulfillmentCancel"],
] as const)(
  "the fulfilment of a parcel %s is not the next one's with its AWB",
  async ([, kind], { sending }) => {
    const at = await sending();
    const order = await anOrderOf(at, 2);
    const one = { lines: [{ lineId: order.lineId, qty: 1 }] };
    await allow(at, "fulfillmentCreate", kind !== "trackingUpdate");
    const parcelId = await at.handOver(order.id, { ...one, awbNumber: "AWB-1" });
    await sendAll(at);
    await allow(at, "fulfillmentCreate", true);
    const isCorrected = kind === "trackingUpdate";
    await at.act(
      order.id,
      isCorrected
        ? { action: "update_tracking", parcelId, awbNumber: "AWB-2" }
        : { action: "take_back", parcelId },
    );
    await at.act(order.id, { action: "hand_over", ...one, awbNumber: "AWB-1" });
    // The first leaves as it was wished; then the kind is switched off.
    if (isCorrected) await at.send();
    await allow(at, kind, false);
    await sendAll(at);
    if (isCorrected) {
      expect(await standings(at)).toEqual([
        "fulfillmentCreate sent",
        "trackingUpdate waiting",
        "fulfillmentCreate sent",
      ]);
      expect((await at.bothSides(order.id)).store.units).toEqual({ [order.lineId]: 2 });
    }
    await allow(at, kind, true);
    await sendAll(at);
    const { erp, store } = await at.bothSides(order.id);
    expect(store).toEqual(erp);
  },
);

test("a cancellation that Shopify is at work on cannot be dropped as not sent, and can once it must be over", async ({
  sending,
}) => {
  const at = await sending({ jobDelayMs: 60_000 });
  const order = await anOrderOf(at, 1);
  await at.act(order.id, { action: "cancel" });
  const noJob: typeof fetch = (input, init) =>
    typeof init?.body === "string" && init.body.includes("JobOfCancellation")
      ? Promise.reject(new TypeError("fetch failed"))
      : at.fetch(input, init);
  await at.send(undefined, noJob);
  const [row] = await at.rows<{ id: string }>(`select id from "Outbox" where shop = $1`);
  const drop = (minutes: number) =>
    settleIntent(at.pool, {
      ...{ shop: at.shop, id: row?.id ?? "", decision: "drop", actor: "Ravi" },
      now: new Date(Date.now() + minutes * 60_000),
    });
  await expect(drop(1)).rejects.toThrow("It is being sent just now");
  await expect(drop(9)).rejects.toThrow("It is being sent just now");
  await drop(11);
  expect(await standings(at)).toEqual(["orderCancel dropped"]);
});

test("a parcel without an AWB that somebody fulfilled in part: the next step is one that can be done", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 2);
  await at.handOver(order.id);
  const lines = [{ line: 0, quantity: 1 }];
  at.simulator.act({ act: "fulfilOrder", order: order.gid, lines, tracking: null });
  await sendAll(at);
  const [told] = await at.rows<{ next: string }>(
    `select conflict->>'next' as next from "Outbox" where shop = $1 and status = 'conflict'`,
  );
  expect(told?.next).toContain("cancel that fulfilment there and send this again");
  const fulfillment = at.fulfillments(order.id)[0]?.id ?? "";
  at.simulator.act({ act: "updateFulfillment", fulfillment, cancel: true });
  await at.settle("send_again");
  await sendAll(at);
  const { erp, store } = await at.bothSides(order.id);
  expect(store.units).toEqual({ [order.lineId]: 2 });
  expect(erp).toEqual(store);
});

test("goods that came to a cancelled order and left are not called back: the cancellation that waits names them", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 1);
  await allow(at, "orderCancel", false);
  await at.act(order.id, { action: "cancel" });
  const variant = at.store.collection("productVariants")?.at(9).id ?? "";
  at.simulator.act({ act: "editOrder", order: order.gid, add: [{ variant, quantity: 1 }] });
  await at.hear();
  await at.handOver(order.id, { awbNumber: "AWB-1" });
  await sendAll(at);
  await allow(at, "orderCancel", true);
  await sendAll(at);
  expect(await standings(at)).toEqual(["orderCancel conflict", "fulfillmentCreate sent"]);
  const [told] = await at.rows<{ erp: string; next: string }>(
    `select conflict->>'erp' as erp, conflict->>'next' as next from "Outbox" where shop = $1 and status = 'conflict'`,
  );
  expect(told?.erp).toContain("came to it since");
  expect(told?.next).toContain("take the cancelled units off on the order's page in Shopify");
});

test("dropped by a person, a parcel whose answer was lost is looked for first: what Shopify made of it is it, and no other box", async ({
  sending,
}) => {
  const at = await sending();
  const order = await anOrderOf(at, 2);
  const line = { lineId: order.lineId, qty: 1 };
  const shipped = async () =>
    at.rows(
      `select "shippedQty" as shipped, (select count(*)::int from "Parcel" where shop = $1 and "shopifyOrderId" = $2) as parcels
         from "OrderLine" where shop = $1 and "shopifyOrderId" = $2`,
      [order.id],
    );
  const drop = async () => {
    const [row] = await at.rows<{ id: string }>(
      `select id from "Outbox" where shop = $1 order by seq desc limit 1`,
    );
    const word = { shop: at.shop, id: row?.id ?? "", decision: "drop", actor: "Ravi" } as const;
    return (await settleIntent(at.pool, { ...word, now: inHours(0.1)() })).words;
  };
  await at.handOver(order.id, { lines: [line] });
  at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "fulfillmentCreate" });
  await at.send();
  expect(await drop()).toContain("Shopify is asked what came of that");
  await at.send(later);
  await at.hear();
  expect(await standings(at)).toEqual(["fulfillmentCreate sent"]);
  expect(await shipped()).toEqual([{ shipped: 1, parcels: 1 }]);

  // Nothing came of it, and so nothing is done.
  const other = await anOrderOf(at, 1);
  await at.handOver(other.id);
  at.simulator.faults.add({ kind: "http-5xx", count: 1, operation: "fulfillmentCreate" });
  await at.send(later);
  await at.rows(
    `update "Outbox" set answer = answer || '{"unsure": true, "leftAt": "2026-01-01T00:00:00Z"}' where shop = $1 and status = 'waiting'`,
  );
  await drop();
  await at.send(inHours(9));
  expect(await standings(at)).toEqual(["fulfillmentCreate sent", "fulfillmentCreate dropped"]);
  expect(at.fulfillments(other.id)).toEqual([]);
});
