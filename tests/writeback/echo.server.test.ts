import { expect } from "vitest";
import { findEchoes } from "#app/outbox/find-echoes.server.ts";
import { later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";
import { nextSecond } from "#tests/setup/next-second.ts";

/** Deliveries that have come since, by topic, and whether each is taken for our own. */
async function toldSince(at: ShopThatSends, known: ReadonlySet<string>) {
  const rows = await at.rows<{ webhookId: string; topic: string }>(
    `select "webhookId", topic from "WebhookDelivery" where shop = $1 order by "receivedAt", topic`,
  );
  const fresh = rows.filter(({ webhookId }) => !known.has(webhookId));
  const webhookIds = fresh.map(({ webhookId }) => webhookId);
  const echoes = await findEchoes(at.pool, { shop: at.shop, webhookIds });
  return {
    ...{ ids: new Set([...known, ...webhookIds]), topics: new Set(fresh.map(({ topic }) => topic)) },
    ours: fresh.filter(({ webhookId }) => echoes.has(webhookId)).length,
    others: fresh.filter(({ webhookId }) => !echoes.has(webhookId)).map(({ topic }) => topic),
  };
}

/** What the ERP did with its orders: Shopify's own words of them (paid, fulfilled, its ids) do move, and are told on. */
const done = (at: ShopThatSends) =>
  at.rows(
    `select (select json_agg(json_build_array("shopifyOrderId", status) order by "shopifyOrderId") from "Order" where shop = $1) as orders,
       (select json_agg(json_build_array("shopifyLineId", "lineStatus", qty, "allocatedQty", "pickedQty", "packedQty", "shippedQty",
          "deliveredQty", "cancelledQty", "rtoQty", "returnedQty") order by "shopifyLineId") from "OrderLine" where shop = $1) as lines,
       (select json_agg(json_build_array(id, "awbNumber", state, origin) order by id) from "Parcel" where shop = $1) as parcels`,
  );

test("all that Shopify tells of our own changes is known as ours and changes nothing; what others do is not", async ({
  sending,
}) => {
  const at = await sending({ jobDelayMs: 20 });
  const before = await toldSince(at, new Set());
  const { id } = await at.anOpenOrder();
  const parcelId = await at.handOver(id, { awbNumber: "A-1", courier: "Delhivery" });
  await at.act(id, { action: "update_tracking", parcelId, awbNumber: "A-2" });
  await at.act(id, { action: "deliver", parcelId });
  const cancelled = await at.anOpenOrder();
  await at.act(cancelled.id, { action: "cancel" });
  while ((await at.send(later)).taken > 0);
  const first = await done(at);
  await at.hear();
  const own = await toldSince(at, before.ids);
  expect([...own.topics]).toEqual(
    expect.arrayContaining(["fulfillments/create", "fulfillment_events/create", "orders/cancelled"]),
  );
  expect(own.others).toEqual([]);
  expect(own.ours).toBeGreaterThan(6);
  expect(await done(at)).toEqual(first);

  await nextSecond();
  const fulfillment = at.fulfillments(id)[0]?.id ?? "";
  at.simulator.act({ act: "updateFulfillment", fulfillment, tracking: { number: "A-2", company: "Other" } });
  await at.hear();
  const foreign = await toldSince(at, own.ids);
  expect(foreign.others).toContain("orders/updated");
  expect(foreign.ours).toBe(0);
  expect((await toldSince(at, before.ids)).ours).toBe(own.ours);

  // Within the second of one of ours nobody can tell them apart: then neither is marked.
  const [mine] = await at.rows<{ at: string }>(
    `select max(answer->>'orderUpdatedAt') as at from "Outbox" where shop = $1 and "entityId" = $2`,
    [id],
  );
  await at.rows(
    `insert into "WebhookDelivery" (shop, "webhookId", "eventId", topic, kind, "recordId", outcome, "changedAt")
     values ($1, 'theirs', 'their-event', 'orders/updated', 'order', $2, 'stored', $3::timestamptz)`,
    [id, mine?.at],
  );
  expect((await toldSince(at, foreign.ids)).ours).toBe(0);
  expect((await toldSince(at, before.ids)).ours).toBeLessThan(own.ours);
});

test("a label printed between a cancellation in the ERP and Shopify's word on it stays true: shipping, discounts, taxes, what was paid before (W30)", async ({
  sending,
}) => {
  const at = await sending({ orders: 500 });
  const open = await at.rows<{ id: string; lineId: string; shipping: boolean; discount: boolean }>(
    `select o."shopifyOrderId" as id, min(l."shopifyLineId") as "lineId", o."shippingAmount" > 0 as shipping,
         o."discountAmount" > 0 as discount
       from "Order" o join "OrderLine" l using (shop, "shopifyOrderId")
      where o.shop = $1 and o.status = 'open' and not o.test and o."amountToCollect" > 200
      group by o.shop, 1, 3, 4 having bool_and(l."lineStatus" = 'pending' and l."requiresShipping") and sum(l.qty) > 1 order by 1`,
  );
  for (const of of ["shipping", "discount"] as const)
    expect(new Set(open.map((order) => order[of]))).toEqual(new Set([true, false]));
  for (const [i, { id }] of open.entries())
    if (i % 2 === 0) {
      const order = `gid://shopify/Order/${id}`;
      at.simulator.act({ act: "payOrder", order, amount: "150.00", method: "UPI" });
    }
  await at.hear();
  const collected = () =>
    at.rows<{ id: string; collect: string; stop: string | null }>(
      `select "shopifyOrderId" as id, "amountToCollect"::text as collect, "stopShip" as stop, status from "Order"
        where shop = $1 and "shopifyOrderId" = any ($2) order by 1`,
      [open.map(({ id }) => id)],
    );

  for (const { id, lineId } of open) {
    await at.act(id, { action: "cancel", lines: [{ lineId, qty: 1 }] });
    for (const action of ["pick", "pack"]) await at.act(id, { action });
  }
  const printed = await collected();
  while ((await at.send(later)).taken > 0);
  await at.hear();
  expect(await at.outbox()).toEqual(
    open.map(() => ({ kind: "orderEdit", status: "sent", errorCode: null, error: null })),
  );
  expect(await collected()).toEqual(printed);
});

test("whose answer was lost it is known as ours all the same: by what Shopify's own records of it say", async ({
  sending,
}) => {
  const at = await sending({ shopifyPlus: true });
  const known = await toldSince(at, new Set());
  const losing = async (operation: string) => {
    at.simulator.faults.add({ kind: "answer-lost", count: 1, operation });
    await at.send();
    await nextSecond();
    while ((await at.send(later)).taken > 0);
    await at.hear();
  };
  const { id } = await at.anOpenOrder(2);
  const parcelId = await at.handOver(id);
  await losing("fulfillmentCreate");
  await at.act(id, { action: "initiate_rto", parcelId });
  await losing("fulfillmentEventCreate");
  const back = await at.anOpenOrder();
  const taken = await at.handOver(back.id);
  while ((await at.send(later)).taken > 0);
  await at.hear();
  await at.act(back.id, { action: "take_back", parcelId: taken });
  await losing("fulfillmentCancel");
  await at.receivePart();
  await losing("orderCreateManualPayment");
  const cancelled = await at.anOpenOrder();
  await at.act(cancelled.id, { action: "cancel" });
  await losing("orderCancel");
  expect(new Set((await at.outbox()).map(({ kind, status }) => `${kind} ${status}`))).toEqual(
    new Set(
      ["fulfillmentCreate", "fulfillmentEvent", "fulfillmentCancel", "orderMarkAsPaid", "orderCancel"].map(
        (kind) => `${kind} sent`,
      ),
    ),
  );
  const told = await toldSince(at, known.ids);
  expect(told.others).toEqual([]);
  expect(told.ours).toBeGreaterThan(6);
});
