import { expect } from "vitest";
import { adjustErpStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { countStockComparison } from "#app/erp/inventory/count-stock-comparison.server.ts";
import { enqueueStockDifferences } from "#app/erp/inventory/enqueue-stock-differences.server.ts";
import { findEchoes } from "#app/outbox/find-echoes.server.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { later, sendingTest as test } from "#tests/setup/a-shop-that-sends.ts";
import { aShopWithStock, gidOfVariant } from "#tests/setup/a-shop-with-stock.ts";
import { nextSecond } from "#tests/setup/next-second.ts";

const actor = "Asha";

test("600 levels leave in three requests, a bad one is taken out; off, or where Shopify leads, nothing leaves", async ({
  sending,
}) => {
  const at = await sending({ orders: 5, webhookPaths: {} });
  const { levels, choose, shown, pushes, wishes } = await aShopWithStock(at);
  const { pool, shop, rows } = at;
  const pushed = levels.slice(0, 600);
  const [bad, two, ...others] = pushed;
  if (!bad || !two) throw new Error("no levels");
  await rows(
    `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty") select $1, u.sku, u.location, u.qty
     from unnest($2::text[], $3::text[], $4::int[]) u(sku, location, qty)`,
    [
      pushed.map(({ skuId }) => skuId),
      pushed.map(({ location }) => location),
      pushed.map(({ available }) => available + 1),
    ],
  );
  // More than Shopify takes; and a level that two of the ERP's locations feed.
  await rows(
    `update "ErpStock" set "sellableQty" = 1000000001 where shop = $1 and "skuId" = $2 and "locationId" = $3`,
    [bad.skuId, bad.location],
  );
  await rows(
    `update "ErpStock" set "locationId" = 'attic', "safetyStockQty" = 2 where shop = $1 and "skuId" = $2 and "locationId" = $3`,
    [two.skuId, two.location],
  );
  await choose({ leads: "shopify" });
  await expect(enqueueStockDifferences(pool, { shop, actor, now: new Date() })).rejects.toMatchObject({
    code: "ACTION_NOT_ALLOWED",
  });
  await choose({
    locations: [
      { erp: "attic", shopify: two.location },
      { erp: two.location, shopify: two.location },
    ],
  });
  await rows(`insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty") values ($1, $2, $3, 4)`, [
    two.skuId,
    two.location,
  ]);
  expect(await countStockComparison(pool, { shop })).toMatchObject({ differ: 600, raised: 600, lowered: 0 });
  expect(await enqueueStockDifferences(pool, { shop, actor, now: new Date() })).toBe(600);
  expect(await enqueueStockDifferences(pool, { shop, actor, now: new Date() })).toBe(0);

  const off = { writeBack: { inventorySet: false } };
  const [settings] = await rows<{ settings: object }>(`select settings from "Shop" where shop = $1`);
  for (const nothing of [
    { ...settings?.settings, ...off },
    { ...settings?.settings, stock: { leads: "shopify" } },
  ]) {
    await rows(`update "Shop" set settings = $2 where shop = $1`, [JSON.stringify(nothing)]);
    expect((await at.send()).taken).toBe(0);
  }
  await rows(`update "Shop" set settings = $2 where shop = $1`, [JSON.stringify(settings?.settings)]);
  for (const taken of [250, 250, 100, 0]) expect(await at.send()).toEqual({ taken, isDown: false });
  // Three, and one more without the bad one.
  expect(pushes()).toBe(4);
  const by = Object.groupBy(await wishes(), ({ status }) => status);
  expect(by["sent"]).toHaveLength(599);
  expect(by["refused"]).toMatchObject([
    {
      error: expect.stringMatching(/can't be higher than/) as string,
      answer: { next: expect.any(String) as string },
    },
  ]);
  expect(others.filter((level) => shown(level) !== level.available + 1)).toEqual([]);
  expect([shown(bad), shown(two)]).toEqual([bad.available, two.available + 1 - 2 + 4]);
});

test("a number that moves meanwhile, a lost answer, each rule of a conflict, orders not taken in, whose news it is, and units added to an older order; an adjustment, and goods back on the shelf", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { levels, choose, shown, say, count, pushes, hearStock, wishes } = await aShopWithStock(at);
  const { pool, shop, simulator } = at;
  const [level] = levels;
  if (!level) throw new Error("no levels");
  const { available } = level;

  // Pushed, and its answer lost: the next try finds it done.
  await say(level, available + 3);
  simulator.faults.add({ kind: "answer-lost", count: 1, operation: "inventorySetQuantities" });
  expect(await at.send()).toEqual({ taken: 1, isDown: true });
  expect(await wishes()).toMatchObject([
    { status: "waiting", answer: { unsure: true, quantity: available + 3 } },
  ]);
  await at.send(later);
  expect(await wishes()).toMatchObject([{ status: "sent", answer: { agreed: { quantity: available + 3 } } }]);
  expect([pushes(), shown(level)]).toEqual([1, available + 3]);
  await hearStock();

  // What Shopify has already is not sent; what changed twice before it was told is told once.
  await say(level, available + 4);
  await say(level, available + 3);
  await at.send();
  expect((await wishes())[0]).toMatchObject({ status: "already" });
  expect(pushes()).toBe(1);

  // A unit goes between our reading and our writing: refused, read again, and its news is waited for.
  await say(level, available + 5);
  simulator.faults.add({ kind: "stock-moved", count: 1, operation: "inventorySetQuantities" });
  await at.send();
  expect((await wishes())[0]).toMatchObject({
    status: "waiting",
    error: expect.stringMatching(/news is waited for/) as string,
  });
  expect([pushes(), shown(level)]).toEqual([2, available + 2]);

  // No order explains it: somebody moved it. A person is asked, with both numbers, and then the ERP's counts.
  await hearStock();
  await at.send(later);
  const [asked] = await wishes();
  expect(asked).toMatchObject({
    status: "conflict",
    conflict: { erp: `${String(available + 5)} to sell`, shopify: String(available + 2) },
  });
  await settleIntent(pool, { shop, id: asked?.id ?? "", decision: "send_again", actor, now: new Date() });
  await at.send(later);
  expect([(await wishes())[0]?.status, shown(level)]).toEqual(["sent", available + 5]);
  await hearStock();

  // By the shop's rule Shopify's number stays; or the ERP's is sent.
  for (const [onConflict, status, left] of [
    ["shopify", "dropped", 40],
    ["erp", "sent", available + 7],
  ] as const) {
    await choose({ onConflict });
    count(level, 40);
    await say(level, available + (onConflict === "erp" ? 7 : 6));
    await at.send();
    await at.send(later);
    expect([(await wishes())[0]?.status, shown(level)]).toEqual([status, left]);
    await hearStock();
  }

  // Two of an order that the ERP has not taken in are not offered again; nobody moved anything.
  await choose({ onConflict: "ask" });
  simulator.act({ act: "placeOrder", lines: [{ variant: gidOfVariant(level), quantity: 2 }] });
  await simulator.webhooks.idle();
  await say(level, available + 9);
  await at.send();
  expect([(await wishes())[0]?.status, shown(level)]).toEqual(["sent", available + 9 - 2]);
  await at.hear();
  await hearStock();
  await enqueueStockDifferences(pool, { shop, actor, now: new Date() });
  await at.send(later);
  expect([(await wishes())[0]?.status, shown(level)]).toEqual(["sent", available + 9]);
  await hearStock();

  // Shopify's news of what we set is known as ours; of what somebody else set it is not.
  const news = async (change: () => unknown) => {
    const known = await deliveries();
    await nextSecond();
    await change();
    await hearStock();
    const webhookIds = (await deliveries()).filter((id) => !known.includes(id));
    const ours = await findEchoes(pool, { shop, webhookIds });
    return { told: webhookIds.length, ours: ours.size };
  };
  const deliveries = async () => {
    const rows = await at.rows<{ webhookId: string }>(
      `select "webhookId" from "WebhookDelivery" where shop = $1 and kind = 'inventory' and "recordId" = $2`,
      [`${level.item}@${level.location}`],
    );
    return rows.map(({ webhookId }) => webhookId);
  };
  const own = await news(async () => {
    await say(level, available + 11);
    await at.send(later);
  });
  expect(own.told).toBeGreaterThan(0);
  expect(own.ours).toBe(own.told);
  expect(await news(() => count(level, 40))).toMatchObject({ ours: 0 });

  // Units that are added to an order of long before are no count of anybody's either.
  const other = levels.find(({ variant }) => variant !== level.variant) ?? level;
  const variant = gidOfVariant(other);
  const { id: order } = simulator.act({ act: "placeOrder", lines: [{ variant, quantity: 1 }] });
  await at.hear();
  await hearStock();
  await say(other, other.available + 10);
  await at.send();
  simulator.act({ act: "editOrder", order, add: [{ variant, quantity: 2 }] });
  await at.hear();
  await hearStock();
  await say(other, other.available + 7);
  await at.send();
  expect([(await wishes())[0]?.status, shown(other)]).toEqual(["sent", other.available + 7]);

  // So many more or fewer in the ERP are so many more or fewer in Shopify.
  const place = { shop, skuId: other.skuId, locationId: other.location, actor, now: new Date() };
  for (const [by, left] of [
    [4, 11],
    [-2, 9],
  ] as const) {
    await adjustErpStock(pool, { ...place, by });
    await at.send();
    expect([(await wishes())[0]?.status, shown(other)]).toEqual(["sent", other.available + left]);
  }

  // A parcel that came back undelivered, its case closed as restocked: the ERP's number is higher, and then Shopify's.
  const { id: sentOrder } = simulator.act({ act: "placeOrder", lines: [{ variant, quantity: 2 }] });
  await at.hear();
  await hearStock();
  await say(other, other.available + 7);
  const orderId = sentOrder.replace(/.*\//, "");
  const parcelId = await at.handOver(orderId, { awbNumber: "BACK-1", locationId: other.location });
  await at.act(orderId, { action: "initiate_rto", parcelId });
  await at.act(orderId, { action: "receive_rto", parcelId });
  while ((await at.send()).taken > 0);
  expect(shown(other)).toBe(other.available + 7);
  await at.act(orderId, { action: "close_case", caseId: `rto-${parcelId}`, outcome: "restocked" });
  expect(
    await at.rows(`select "sellableQty" from "ErpStock" where shop = $1 and "skuId" = $2`, [other.skuId]),
  ).toEqual([{ sellableQty: other.available + 9 }]);
  while ((await at.send()).taken > 0);
  expect([(await wishes())[0]?.status, shown(other)]).toEqual(["sent", other.available + 9]);
});
