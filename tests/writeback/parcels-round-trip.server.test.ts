import { describe, expect } from "vitest";
import { claimIntents } from "#app/outbox/claim-intents.server.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { loadOrderStory } from "#app/erp/orders/load-order-story.server.ts";
import { previewIntents } from "#app/writeback/preview-intents.server.ts";
import { later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

async function handOver(at: ShopThatSends, more: object = { awbNumber: "AWB-1", courier: "Delhivery" }) {
  const order = await at.anOpenOrder();
  await at.act(order.id, { action: "pick" });
  await at.act(order.id, { action: "pack" });
  const { madeId } = await at.act(order.id, { action: "hand_over", ...more });
  return { ...order, parcelId: String(madeId) };
}
/** What the ERP keeps of an order, but for when. */
const erpRows = (at: ShopThatSends, id: string) =>
  at.rows(
    `select o.status, (select json_agg(l order by l."shopifyLineId") from "OrderLine" l where l.shop = $1 and l."shopifyOrderId" = $2) as lines,
       (select json_agg(json_build_array(p.id, p."awbNumber", p."shopifyFulfillmentId", p.state)) from "Parcel" p where p.shop = $1 and p."shopifyOrderId" = $2) as parcels
     from "Order" o where o.shop = $1 and o."shopifyOrderId" = $2`,
    [id],
  );
const sent = { kind: "fulfillmentCreate", status: "sent", errorCode: null, error: null };

describe("a parcel handed over in the ERP", () => {
  test.for([
    ["with an AWB", { awbNumber: "AWB-1", courier: "Delhivery" }],
    ["without one", {}],
  ] as const)("%s becomes one fulfilment, and its webhook changes nothing", async ([, more], { sending }) => {
    const at = await sending();
    const { id, lines, parcelId } = await handOver(at, more);
    expect(await previewIntents(at.pool, { shop: at.shop, kind: "fulfillmentCreate" })).toMatchObject({
      ...{ waiting: 1, missingScope: null },
      examples: [
        { orderId: id, words: expect.stringMatching(/^Order #\d+: mark \d+ × .* as fulfilled/) as string },
      ],
    });
    expect(await at.send()).toEqual({ taken: 1, isDown: false });
    expect(await at.outbox()).toEqual([sent]);
    const [fulfillment, ...others] = at.fulfillments(id);
    expect(others).toEqual([]);
    expect(fulfillment?.totalQuantity).toBe(lines.reduce((sum, { qty }) => sum + qty, 0));
    const before = await erpRows(at, id);
    expect(await at.parcels(id)).toMatchObject([{ id: parcelId, origin: "erp" }]);
    expect((await at.hear()).failed).toBe(0);
    expect(await at.parcels(id)).toMatchObject([
      { id: parcelId, origin: "erp", shopifyFulfillmentId: String(fulfillment?.id.split("/").at(-1)) },
    ]);
    const after = await erpRows(at, id);
    expect(after[0]?.["lines"]).toEqual(before[0]?.["lines"]);
    expect(after[0]?.["status"]).toBe(before[0]?.["status"]);
    const { payloads } = await loadOrderStory(at.pool, { shop: at.shop, id });
    expect(payloads.filter(({ ours }) => ours).map(({ source }) => source)).toContain("webhook");
    expect(payloads.filter(({ source }) => source === "dump").some(({ ours }) => ours)).toBe(false);
  });

  test("whose answer is lost is found by the next try, and not made again", async ({ sending }) => {
    const at = await sending();
    const { id, parcelId } = await handOver(at, {});
    at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "fulfillmentCreate" });
    expect(await at.send()).toEqual({ taken: 1, isDown: true });
    expect(await at.outbox()).toMatchObject([{ status: "waiting", errorCode: "SHOPIFY_UNREACHABLE" }]);
    await at.hear();
    await at.send(later);
    expect(await at.outbox()).toEqual([sent]);
    expect(at.fulfillments(id)).toHaveLength(1);
    expect(await at.parcels(id)).toMatchObject([{ id: parcelId }]);
  });

  test("is sent once though the worker dies between sending and storing, and another goes on", async ({
    sending,
  }) => {
    const at = await sending();
    const { id, parcelId } = await handOver(at);
    const dead = new Error("killed");
    const dying: typeof fetch = async (input, init) => {
      const answer = await at.fetch(input, init);
      if (typeof init?.body === "string" && init.body.includes("fulfillmentCreate(")) throw dead;
      return answer;
    };
    await at.send(undefined, dying);
    // Nothing of its end was written: the row is as it was when the request left.
    await at.rows(
      `update "Outbox" set "leasedUntil" = now() + interval '2 minutes', "nextRetryAt" = null, answer = '{"unsure": true}' where shop = $1`,
    );
    expect((await at.send()).taken).toBe(0);
    await at.send(later);
    expect(await at.outbox()).toEqual([sent]);
    expect(at.fulfillments(id)).toHaveLength(1);
    await at.hear();
    expect(await at.parcels(id)).toMatchObject([{ id: parcelId }]);
  });

  test("waits while Shopify is busy, with its reason, and leaves later", async ({ sending }) => {
    const at = await sending();
    const { id } = await handOver(at);
    at.simulator.faults.add({ kind: "throttled", count: 1, operation: "fulfillmentCreate" });
    await at.send();
    expect(await at.outbox()).toMatchObject([{ status: "waiting", errorCode: "RATE_LIMITED" }]);
    expect(at.fulfillments(id)).toEqual([]);
    expect((await at.send()).taken).toBe(0);
    await at.send(later);
    expect(await at.outbox()).toEqual([sent]);
  });

  test("that somebody fulfilled otherwise in Shopify at that moment is shown with both sides", async ({
    sending,
  }) => {
    const at = await sending();
    const { id } = await handOver(at);
    at.simulator.faults.add({ kind: "fulfilled-first", count: 1 });
    await at.send();
    const [theirs, ...more] = at.fulfillments(id);
    expect(more).toEqual([]);
    expect(theirs?.trackingInfo[0]?.number ?? null).not.toBeNull();
    expect(await at.outbox()).toMatchObject([{ status: "conflict", errorCode: "SHOPIFY_DIFFERS" }]);
  });

  test("of a closed fulfilment order is a conflict; later wishes wait until a person has settled it", async ({
    sending,
  }) => {
    const at = await sending();
    const { id, parcelId } = await handOver(at);
    at.simulator.act({
      act: "fulfilOrder",
      order: `gid://shopify/Order/${id}`,
      tracking: { number: "OTHER", company: "Blue Dart" },
    });
    await at.act(id, { action: "deliver", parcelId });
    await at.send();
    await at.send();
    expect(await at.outbox()).toMatchObject([
      { kind: "fulfillmentCreate", status: "conflict", errorCode: "SHOPIFY_DIFFERS" },
      { kind: "fulfillmentEvent", status: "waiting" },
    ]);
    const [row] = await at.rows<{ id: string; conflict: object }>(
      `select id, conflict from "Outbox" where shop = $1 order by seq`,
    );
    expect(row?.conflict).toMatchObject({ shopify: expect.stringContaining("OTHER") as string });
    await settleIntent(at.pool, {
      shop: at.shop,
      id: row?.id ?? "",
      decision: "drop",
      actor: "Ravi",
      now: new Date(),
    });
    await at.send();
    expect(await at.outbox()).toMatchObject([
      { status: "dropped" },
      { kind: "fulfillmentEvent", status: "conflict" },
    ]);
    expect(at.fulfillments(id)).toHaveLength(1);
  });

  test("is sent once by any number of workers", async ({ sending }) => {
    const at = await sending();
    const { id, parcelId } = await handOver(at);
    await at.act(id, { action: "deliver", parcelId });
    await Promise.all(Array.from({ length: 4 }, () => at.send()));
    while ((await at.send()).taken > 0);
    expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
      ["fulfillmentCreate", "sent"],
      ["fulfillmentEvent", "sent"],
    ]);
    expect(at.fulfillments(id)).toHaveLength(1);
    await at.hear();
    expect(await at.parcels(id)).toMatchObject([{ id: parcelId, state: "delivered" }]);
  });

  test("and taken back is cancelled in Shopify, and the goods are to be sent again on both sides", async ({
    sending,
  }) => {
    const at = await sending();
    const { id, parcelId } = await handOver(at);
    await at.send();
    await at.hear();
    await at.act(id, { action: "take_back", parcelId });
    await at.send();
    expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
      ["fulfillmentCreate", "sent"],
      ["fulfillmentCancel", "sent"],
    ]);
    expect(at.fulfillments(id)).toEqual([]);
    await at.hear();
    expect(
      await at.rows(
        `select distinct "shippedQty" from "OrderLine" where shop = $1 and "shopifyOrderId" = $2`,
        [id],
      ),
    ).toEqual([{ shippedQty: 0 }]);
  });

  test("that came back and left again is one fulfilment that stands, of the second parcel", async ({
    sending,
  }) => {
    const at = await sending();
    const { id, lines, parcelId } = await handOver(at);
    await at.send();
    await at.hear();
    await at.act(id, { action: "receive_rto", parcelId });
    await at.act(id, { action: "close_case", caseId: `rto-${parcelId}`, outcome: "damaged" });
    for (const action of ["pick", "pack"]) await at.act(id, { action });
    const { madeId } = await at.act(id, { action: "hand_over", awbNumber: "AWB-2", courier: "Delhivery" });
    while ((await at.send(later)).taken > 0) await at.hear();
    expect((await at.outbox()).map(({ kind, status }) => [kind, status])).toEqual([
      ["fulfillmentCreate", "sent"],
      ["fulfillmentEvent", "sent"],
      ["fulfillmentCancel", "sent"],
      ["fulfillmentCreate", "sent"],
    ]);
    const [second, ...others] = at.fulfillments(id);
    expect(others).toEqual([]);
    expect(second).toMatchObject({
      totalQuantity: lines.reduce((sum, { qty }) => sum + qty, 0),
      trackingInfo: [{ number: "AWB-2" }],
    });
    await at.hear();
    expect(await at.parcels(id)).toHaveLength(2);
    expect(await at.parcels(id)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: parcelId, state: "rto_received" }),
        expect.objectContaining({
          ...{ id: madeId, state: "handed_over" },
          shopifyFulfillmentId: String(second?.id.split("/").at(-1)),
        }),
      ]),
    );
  });

  test("and taken back before it was sent is not sent at all", async ({ sending }) => {
    const at = await sending();
    const { id, parcelId } = await handOver(at);
    await at.act(id, { action: "take_back", parcelId });
    while ((await at.send()).taken > 0);
    expect((await at.outbox())[0]).toMatchObject({ kind: "fulfillmentCreate", status: "dropped" });
    expect(at.fulfillments(id)).toEqual([]);
  });
});

test("nothing of a kind that is off is taken, nor of an order before the cut-over", async ({ sending }) => {
  const at = await sending();
  await handOver(at);
  const claim = { shop: at.shop, limit: 9, now: new Date() };
  expect(await claimIntents(at.pool, { ...claim, kinds: ["orderCancel"] })).toEqual([]);
  await at.rows(`update "Shop" set "cutOverAt" = now() + interval '1 day' where shop = $1`);
  await at.send();
  expect(await at.outbox()).toMatchObject([
    { status: "refused", error: expect.stringContaining("cut-over") as string },
  ]);
});
