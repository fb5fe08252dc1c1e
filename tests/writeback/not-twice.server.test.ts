/** What goes wrong between Shopify and us while something is sent: nothing is done twice, nothing that is no longer wished. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { inHours, later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

const gidOf = (id: string) => `gid://shopify/Order/${id}`;
const lastOf = async (at: ShopThatSends) => (await at.outbox()).at(-1);
const count = (at: ShopThatSends, field: string) => at.asked().filter((one) => one === field).length;

/** Requests that ask `field` go through `meet`. */
function meeting(
  at: ShopThatSends,
  field: string,
  meet: (send: () => Promise<Response>) => Promise<Response>,
) {
  const fetch: typeof globalThis.fetch = (input, init) => {
    const send = () => at.fetch(input, init);
    return typeof init?.body === "string" && init.body.includes(`${field}(`) ? meet(send) : send();
  };
  return fetch;
}

test("a part paid whose answer is lost is booked once, though the next try cannot read", async ({
  sending,
}) => {
  const at = await sending({ shopifyPlus: true });
  await at.receivePart();
  at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "orderCreateManualPayment" });
  await at.send();
  at.simulator.faults.add({ kind: "throttled", count: 1, operation: "order" });
  await at.send(later);
  expect(await lastOf(at)).toMatchObject({ status: "waiting", errorCode: "RATE_LIMITED" });
  await at.send(inHours(6));
  expect(await lastOf(at)).toMatchObject({ status: "sent" });
  expect(count(at, "orderCreateManualPayment")).toBe(1);
});

test("a cut connection or a stop while Shopify is at work: nothing leaves a second time before it must be over, and then nothing is done twice", async ({
  sending,
}) => {
  const at = await sending({ shopifyPlus: true });
  // Of each what is left would be found, and sent, by a second try.
  const variant = at.store.collection("productVariants")?.at(0).id ?? "";
  const orderOfFive = async () => {
    const lines = [{ variant, quantity: 5 }];
    const { id } = at.simulator.act({ act: "placeOrder", lines, payment: "paid" });
    await at.hear();
    return String(id.split("/").at(-1));
  };
  const handOverTwo = async (orderId: string) => {
    const [line] = await at.rows(
      `select "shopifyLineId" as "lineId", 2 as qty from "OrderLine" where shop = $1 and "shopifyOrderId" = $2`,
      [orderId],
    );
    await at.handOver(orderId, { lines: [line] });
  };
  const [first, second] = [await orderOfFive(), await orderOfFive()];
  await at.receivePart();
  await handOverTwo(first);
  at.simulator.faults.add({ kind: "applied-late", count: 2 });
  const began = Date.now();
  const sinceThen = (seconds: number) => () => new Date(began + seconds * 1_000);
  await at.send(sinceThen(0));
  await at.send(sinceThen(15));
  await expect(at.settle("drop")).rejects.toThrow("It is being sent just now");
  await at.settle("send_again");
  for (const seconds of [60, 110]) await at.send(sinceThen(seconds));
  expect(await at.simulator.applyLate()).toBe(2);
  while ((await at.send(sinceThen(125))).taken > 0);
  expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
    ["orderMarkAsPaid", "sent"],
    ["fulfillmentCreate", "sent"],
  ]);
  expect(count(at, "orderCreateManualPayment")).toBe(1);
  expect(at.fulfillments(first)).toMatchObject([{ totalQuantity: 2 }]);

  await handOverTwo(second);
  at.simulator.faults.add({ kind: "applied-late", count: 1 });
  const stop = new AbortController();
  const stopped = meeting(at, "fulfillmentCreate", (send) => {
    stop.abort();
    return send();
  });
  await at.send(undefined, stopped, stop.signal);
  await at.send();
  expect(await at.simulator.applyLate()).toBe(1);
  await at.send(later);
  expect(await lastOf(at)).toMatchObject({ kind: "fulfillmentCreate", status: "sent" });
  expect(at.fulfillments(second)).toMatchObject([{ totalQuantity: 2 }]);
});

test("what is switched off, or whose shop is gone, while others are sent does not leave", async ({
  sending,
}) => {
  const at = await sending();
  const [line] = readNodes(at.store.node(gidOf((await at.anOpenOrder()).id)) ?? undefined, "lineItems");
  const lines = [{ variant: readText(line, "variant", "id"), quantity: 1 }];
  for (let n = 0; n < 6; n++) at.simulator.act({ act: "placeOrder", lines, payment: "paid" });
  await at.hear();
  const ids: string[] = [];
  for (let n = 0; n < 6; n++) {
    const { id } = await at.anOpenOrder();
    await at.handOver(id);
    ids.push(id);
  }
  // Where the next cannot even be begun the turn ends, with all that is under way; what had not begun is given back.
  const setSettings = (settings: object) =>
    at.rows(`update "Shop" set settings = $2 where shop = $1 returning settings`, [JSON.stringify(settings)]);
  const [before] = await at.rows<{ settings: object }>(`select settings from "Shop" where shop = $1`);
  let [begun, underWay] = [0, 0];
  const broken = Promise.withResolvers<unknown>();
  const breaking = meeting(at, "order", async () => {
    const isFirst = ++begun === 1;
    underWay++;
    while (begun < 4) await sleep(10);
    if (isFirst) broken.resolve(await setSettings([]));
    else await broken.promise.then(() => sleep(500)); // the first has ended by then, and the next could not be begun
    underWay--;
    return Response.json({ data: { order: null } });
  });
  await expect(at.send(undefined, breaking)).rejects.toThrow();
  expect([begun, underWay]).toEqual([4, 0]);
  const given = `update "Outbox" set status = 'waiting', attempts = 0 where shop = $1 and "leasedUntil" is null returning status`;
  expect(await at.rows(given)).toHaveLength(6);
  await setSettings(before?.settings ?? {});

  const switching = meeting(at, "fulfillmentCreate", async (send) => {
    await at.rows(
      `update "Shop" set settings = jsonb_set(settings, '{writeBack,fulfillmentCreate}', 'false') where shop = $1`,
    );
    return send();
  });
  await at.send(undefined, switching);
  const statuses = (await at.outbox()).map(({ status }) => status);
  expect(statuses.filter((status) => status === "waiting").length).toBeGreaterThanOrEqual(2);
  expect(ids.flatMap((id) => at.fulfillments(id))).toHaveLength(
    statuses.filter((status) => status === "sent").length,
  );
  // Given back, not tried: it leaves at once when it is switched on again.
  expect(
    await at.rows(
      `select distinct attempts, "leasedUntil" from "Outbox" where shop = $1 and status = 'waiting'`,
    ),
  ).toEqual([{ attempts: 0, leasedUntil: null }]);
  await at.rows(
    `update "Shop" set settings = jsonb_set(settings, '{writeBack,fulfillmentCreate}', 'true'), "uninstalledAt" = now() where shop = $1`,
  );
  expect((await at.send()).taken).toBe(0);
});

test("Shopify's job is waited for by whoever goes on, an edit is planned anew, a half answer is no refusal, and what is refused as changed again and again is for a person", async ({
  sending,
}) => {
  const at = await sending({ jobDelayMs: 2_000 });
  const cancelled = await at.anOpenOrder();
  await at.act(cancelled.id, { action: "cancel" });
  const noJob = meeting(at, "job", () => Promise.reject(new TypeError("fetch failed")));
  await at.send(undefined, noJob);
  expect(await lastOf(at)).toMatchObject({ status: "waiting", errorCode: "SHOPIFY_UNREACHABLE" });
  while ((await at.send(later)).taken > 0);
  expect(await lastOf(at)).toMatchObject({ kind: "orderCancel", status: "sent" });
  expect(count(at, "orderCancel")).toBe(1);

  const [edited] = await at.rows<{ id: string; line: string; qty: number }>(
    `select "shopifyOrderId" as id, l."shopifyLineId" as line, l.qty from "Order" o join "OrderLine" l using (shop, "shopifyOrderId")
     where o.shop = $1 and o.status = 'open' and not o.test and l.qty > 1 and l."lineStatus" = 'pending' and l."requiresShipping"
     order by 1, 2 limit 1`,
  );
  if (!edited) throw new Error("no line of two units");
  await at.act(edited.id, { action: "cancel", lines: [{ lineId: edited.line, qty: 1 }] });
  let edits = 0;
  // Somebody takes the unit off in Shopify after the order was read.
  const together = meeting(at, "orderEditBegin", (send) => {
    const lower = [{ line: `gid://shopify/LineItem/${edited.line}`, quantity: 1 }];
    if (edits++ === 0) at.simulator.act({ act: "editOrder", order: gidOf(edited.id), lower });
    return send();
  });
  await at.send(undefined, together);
  expect(await lastOf(at)).toMatchObject({ kind: "orderEdit", status: "sent" });
  expect(at.store.node(`gid://shopify/LineItem/${edited.line}`)).toMatchObject({
    currentQuantity: edited.qty - 1,
  });

  const half = await at.anOpenOrder();
  await at.handOver(half.id, { awbNumber: "HALF" });
  const halved = meeting(at, "fulfillmentCreate", async (send) => {
    const { data } = (await (await send()).json()) as { data: object };
    const path = ["fulfillmentCreate", "fulfillment", "order"];
    const errors = [{ message: "Access denied", path, extensions: { code: "ACCESS_DENIED" } }];
    return Response.json({ data, errors });
  });
  await at.send(undefined, halved);
  expect(await lastOf(at)).toMatchObject({ status: "waiting", errorCode: "SCOPE_MISSING" });
  await at.send(later);
  expect(await lastOf(at)).toMatchObject({ status: "sent" });
  expect(at.fulfillments(half.id)).toHaveLength(1);

  const stale = await at.anOpenOrder();
  await at.handOver(stale.id, { awbNumber: "STALE" });
  const message = "Fulfillment order 1 has an unfulfillable status= closed.";
  const closed = meeting(at, "fulfillmentCreate", () =>
    Promise.resolve(
      Response.json({ data: { fulfillmentCreate: { fulfillment: null, userErrors: [{ message }] } } }),
    ),
  );
  await at.send(undefined, closed);
  expect(await lastOf(at)).toMatchObject({ status: "waiting", errorCode: "SHOPIFY_DIFFERS" });
  for (const hours of [3, 6, 9]) await at.send(inHours(hours), closed);
  expect(await lastOf(at)).toMatchObject({ status: "conflict", error: message });
});

test("taken back after a try whose answer was lost, a parcel's fulfilment is found and cancelled, and its goods leave again once", async ({
  sending,
}) => {
  // Nothing tells the ERP of it but what the sender reads.
  const at = await sending({ webhookPaths: {} });
  const { id } = await at.anOpenOrder();
  const parcelId = await at.handOver(id);
  at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "fulfillmentCreate" });
  await at.send();
  expect(at.fulfillments(id)).toHaveLength(1);
  await at.act(id, { action: "take_back", parcelId });
  while ((await at.send(later)).taken > 0);
  expect(at.fulfillments(id)).toEqual([]);
  await at.act(id, { action: "hand_over" });
  await at.send(later);
  expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
    ["fulfillmentCreate", "sent"],
    ["fulfillmentCancel", "sent"],
    ["fulfillmentCreate", "sent"],
  ]);
  const { erp, store } = await at.bothSides(id);
  expect(erp).toEqual(store);
});
