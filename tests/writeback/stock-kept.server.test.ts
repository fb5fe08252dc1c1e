/** Numbers that somebody counted, and wishes of the ERP's: neither is lost, and nobody is asked for ever. */
import { expect } from "vitest";
import { restockErpStock, setSafetyStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { dropOldIntents } from "#app/outbox/drop-old-intents.server.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { inHours, later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";
import { aShopWithStock, gidOfVariant } from "#tests/setup/a-shop-with-stock.ts";

const actor = "Asha";
/** After news of a number that has just moved was waited for. */
const soon = inHours(0.01);

/** A shop with one level whose number both sides agree on. */
async function anAgreedLevel(at: ShopThatSends) {
  const stock = await aShopWithStock(at);
  const [level] = stock.levels;
  if (!level) throw new Error("no levels");
  await stock.say(level, level.available + 3);
  await at.send();
  await stock.hearStock();
  return { ...stock, level, first: async () => (await stock.wishes())[0] };
}

test("counted in Shopify long after both sides agreed is asked about, though the wish of then is forgotten", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { level, shown, say, count, hearStock, first } = await anAgreedLevel(at);
  const { pool, shop, rows } = at;
  await rows(`update "Outbox" set "endedAt" = now() - interval '400 days' where shop = $1`);
  await dropOldIntents(pool, { shop, now: new Date() });
  count(level, 40);
  await hearStock();
  await say(level, level.available + 5);
  await at.send();
  await at.send(later);
  expect([(await first())?.status, shown(level)]).toEqual(["conflict", 40]);
});

test("sold between a question and its answer is nobody's doing: the answer holds; counted again is asked again", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { level, shown, say, count, hearStock, first } = await anAgreedLevel(at);
  const { pool, shop, simulator } = at;
  const answer = async () =>
    settleIntent(pool, {
      ...{ shop, id: (await first())?.id ?? "", decision: "send_again", actor },
      now: new Date(),
    });
  count(level, 40);
  await hearStock();
  await say(level, level.available + 5);
  await at.send();
  await at.send(soon);
  expect((await first())?.status).toBe("conflict");
  count(level, 30);
  await hearStock();
  await answer();
  await at.send();
  await at.send(soon);
  expect([(await first())?.status, shown(level)]).toEqual(["conflict", 30]);
  simulator.act({ act: "placeOrder", lines: [{ variant: gidOfVariant(level), quantity: 1 }] });
  await at.hear();
  await hearStock();
  await answer();
  await at.send();
  expect([(await first())?.status, shown(level)]).toEqual(["sent", level.available + 5]);
});

test("of a level whose first payload is not taken in yet the ERP's word waits for it, and leaves then", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { levels, say, first, shown, hearStock } = await anAgreedLevel(at);
  const level = levels[5];
  if (!level) throw new Error("no levels");
  await at.rows(
    `update "ShopifyInventoryCache" set "lastSynced" = null, "processedAt" = null where shop = $1 and id = $2`,
    [`${level.item}@${level.location}`],
  );
  await say(level, level.available + 3);
  await at.send();
  expect(await first()).toMatchObject({
    status: "waiting",
    error: expect.stringContaining("not been taken in yet") as string,
  });
  await hearStock();
  await at.send(later);
  expect([(await first())?.status, shown(level)]).toEqual(["sent", level.available + 3]);
});

test("refused again and again is one question: the last word says all of it", async ({ sending }) => {
  const at = await sending({ orders: 5 });
  const { level, say, wishes } = await anAgreedLevel(at);
  for (const more of [1, 2, 3]) {
    await say(level, 1_500_000_000 + more);
    await at.send();
  }
  expect((await wishes()).map(({ status }) => status)).toEqual(["refused", "dropped", "dropped", "sent"]);
});

test("whose push may be at work in Shopify cannot be dropped, and can once it must be through", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { level, say, first } = await anAgreedLevel(at);
  const { pool, shop, simulator } = at;
  await say(level, 9);
  simulator.faults.add({ kind: "answer-lost", count: 1, operation: "inventorySetQuantities" });
  await at.send();
  const drop = async (now: Date) =>
    settleIntent(pool, { shop, id: (await first())?.id ?? "", decision: "drop", actor, now });
  await expect(drop(new Date())).rejects.toMatchObject({ code: "ACTION_NOT_ALLOWED" });
  expect(await drop(later())).toEqual({ words: "It will not be sent" });
});

test("at a place that only looks like a location of Shopify's is not asked about, and holds no other up", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { level, say, wishes, shown } = await anAgreedLevel(at);
  const bodies: string[] = [];
  const fetch: typeof at.fetch = (url, init) => {
    if (typeof init?.body === "string") bodies.push(init.body);
    return at.fetch(url, init);
  };
  await say(level, 1, "99999999999999999999");
  await say(level, 3);
  await at.send(undefined, fetch);
  expect((await wishes()).map(({ status }) => status)).toEqual(["sent", "dropped", "sent"]);
  expect(shown(level)).toBe(3);
  expect(bodies.filter((body) => body.includes("Location/9999"))).toEqual([]);
});

test("whose stock the ERP has never said is not set to none by what is kept back of it", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { levels, shown } = await anAgreedLevel(at);
  const level = levels[5];
  if (!level) throw new Error("no levels");
  await setSafetyStock(at.pool, {
    ...{ shop: at.shop, skuId: level.skuId, locationId: level.location, safetyStockQty: 2, actor },
    now: new Date(),
  }).catch(() => null);
  await at.send();
  expect(shown(level)).toBe(level.available);
});

test("sold since the ERP's word is not sold again by what is kept back, or put back; the ERP's next word counts as it is", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { level, shown, say, hearStock, first } = await anAgreedLevel(at);
  const { pool, shop, simulator } = at;
  const said = level.available + 3;
  const place = { shop, skuId: level.skuId, locationId: level.location, actor };
  simulator.act({
    act: "placeOrder",
    lines: [{ variant: gidOfVariant(level), quantity: 4 }],
    payment: "paid",
  });
  await at.hear();
  await hearStock();
  expect(shown(level)).toBe(said - 4);
  const now = new Date();
  await setSafetyStock(pool, { ...place, safetyStockQty: 2, now });
  await at.send();
  expect([(await first())?.status, shown(level)]).toEqual(["sent", said - 4 - 2]);
  await inTransaction(pool, (tx) => restockErpStock(tx, { ...place, by: 1, now }));
  await at.send();
  expect([(await first())?.status, shown(level)]).toEqual(["sent", said - 4 - 2 + 1]);
  await say(level, said + 1);
  await at.send();
  expect([(await first())?.status, shown(level)]).toEqual(["sent", said + 1 - 2]);
});

test("whose news was lost is asked for where Shopify shows the ERP's number already: the comparison shows no difference for ever", async ({
  sending,
}) => {
  const at = await sending({ orders: 5 });
  const { level, say, first } = await anAgreedLevel(at);
  const id = `${level.item}@${level.location}`;
  const wished = () =>
    at.rows<{ reason: string | null }>(
      `select "needsFetch" as reason from "ShopifyInventoryCache" where shop = $1 and id = $2`,
      [id],
    );
  expect(await wished()).toEqual([{ reason: null }]);
  await at.rows(`update "ShopifyInventoryCache" set "availableQty" = 1 where shop = $1 and id = $2`, [id]);
  await say(level, level.available + 3);
  await at.send();
  expect((await first())?.status).toBe("already");
  expect(await wished()).toEqual([{ reason: expect.stringContaining("another number") as string }]);
});
