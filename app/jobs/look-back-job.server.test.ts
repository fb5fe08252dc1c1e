import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { dayBefore, dayOf } from "#app/lib/zoned-day.ts";
import {
  connectedTest as test,
  goOnWith,
  runJobOf,
  type ConnectedShop,
} from "#tests/setup/a-connected-shop.ts";
import { startJob } from "./start-job.server.ts";
import { loadLookBackCursor, moveLookBackCursor } from "./look-back-cursor.server.ts";

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

function aShop(sim: ConnectedShop) {
  const { pool, shop, store } = sim;
  const rows = async (sql: string) => (await pool.query<Record<string, unknown>>(sql, [shop])).rows;
  return {
    ...sim,
    lookBack: (options: Record<string, unknown> = {}) => runJobOf(sim, "look-back", options),
    cursor: () => loadLookBackCursor(pool, shop),
    /** As if everything up to then had been read: the next look-back goes back to it. */
    readUpTo: (cursorAt: Date) => moveLookBackCursor(pool, { shop, cursorAt }),
    change: (id: string, at: Date, note = "changed") => {
      store.change(`gid://shopify/Order/${id}`, { note }, at);
    },
    rows,
    cached: () => rows(`SELECT id, source, "rawShape" FROM "ShopifyOrderCache" WHERE shop = $1 ORDER BY id`),
    missed: () =>
      rows(
        `SELECT kind, id, "shopifyUpdatedAt" AS at FROM "ShopifyMissedUpdate" WHERE shop = $1 ORDER BY id`,
      ),
    installed: (at: Date) => pool.query(`UPDATE "Shop" SET "installedAt" = $2 WHERE shop = $1`, [shop, at]),
  };
}

const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000);

test("everything that changed since comes into the cache and the ERP: products, customers, orders", async ({
  connect,
}) => {
  const { lookBack, readUpTo, cached, rows, store, cursor } = aShop(await connect());
  await readUpTo(new Date("2020-01-01T00:00:00Z"));
  const began = new Date();
  const job = await lookBack();
  expect(job).toMatchObject({ status: "completed", errors: 0 });
  expect(job.said).toContain("30 orders changed, 30 of them are newer than what we have");
  expect(await cached()).toHaveLength(30);
  expect(
    (await cached()).every(({ source, rawShape }) => source === "lookback" && rawShape === "detail"),
  ).toBe(true);
  const { products, customers, orders } = store.expectations();
  const [erp] = await rows(
    `SELECT (SELECT count(*)::int FROM "Product" WHERE shop = $1) AS products,
       (SELECT count(*)::int FROM "Customer" WHERE shop = $1 AND "shopifyCustomerId" IS NOT NULL) AS customers,
       (SELECT count(*)::int FROM "Order" WHERE shop = $1 AND NOT test) AS orders`,
  );
  expect(erp).toEqual({ products, customers, orders });
  expect((await cursor())?.getTime()).toBeGreaterThanOrEqual(began.getTime());
});

test("a second look-back asks for no record again and changes nothing", async ({ connect }) => {
  const { lookBack, readUpTo, asked, pool, shop } = aShop(await connect());
  await readUpTo(new Date("2020-01-01T00:00:00Z"));
  await lookBack();
  await pool.query(`UPDATE "SchedulerState" SET "cursorAt" = '2020-01-01' WHERE shop = $1`, [shop]);
  const before = asked().length;
  const job = await lookBack();
  expect(job.step).toMatch(/^Done: nothing changed, [\d,]+ records unchanged$/);
  expect(asked().slice(before)).not.toContain("nodes");
});

test("by default it goes back the hours of the shop's settings, or those it is asked for", async ({
  connect,
}) => {
  const { lookBack, change, ids, cached, pool, shop } = aShop(await connect());
  const [lately = "", earlier = "", old = ""] = ids("orders", 3);
  change(lately, ago(30));
  change(earlier, ago(23 * 60));
  change(old, ago(47 * 60));
  await pool.query(`UPDATE "Shop" SET settings = '{"scheduler":{"lookBackHours":1}}' WHERE shop = $1`, [
    shop,
  ]);
  await lookBack();
  expect((await cached()).map(({ id }) => id)).toEqual([lately]);
  await lookBack({ hours: 24 });
  expect((await cached()).map(({ id }) => id)).toEqual([lately, earlier].sort());
  await lookBack({ hours: 48 });
  expect((await cached()).map(({ id }) => id)).toEqual([lately, earlier, old].sort());
});

test("after a downtime it goes back to where the last one ended", async ({ connect }) => {
  const { lookBack, change, ids, cached, readUpTo } = aShop(await connect());
  const [id = ""] = ids("orders", 1);
  await readUpTo(ago(5 * 24 * 60));
  change(id, ago(4 * 24 * 60));
  await lookBack({ hours: 1 });
  expect(await cached()).toContainEqual({ id, source: "lookback", rawShape: "detail" });
});

test("at its end the shop's own yesterday is proved", async ({ connect }) => {
  const sim = await connect();
  await runJobOf(sim, "products"); // so that orders find their SKUs
  const { lookBack, store, ids, rows, pool, shop } = aShop(sim);
  await pool.query(`UPDATE "Shop" SET "timeZone" = 'Asia/Kolkata', currency = 'INR' WHERE shop = $1`, [shop]);
  const yesterday = dayBefore(dayOf(new Date(), "Asia/Kolkata"));
  for (const id of ids("orders", 2))
    store.change(`gid://shopify/Order/${id}`, { createdAt: `${yesterday}T06:30:00Z`, test: false }, ago(30));
  const job = await lookBack();
  expect(
    await rows(
      `SELECT day::text, "shopifyOrders", "erpOrders", missing, problem FROM "DailyProof" WHERE shop = $1`,
    ),
  ).toEqual([{ day: yesterday, shopifyOrders: 2, erpOrders: 2, missing: [], problem: null }]);
  expect(job.said).toContain(`Yesterday (${yesterday}): Shopify 2 orders, ERP 2 orders, missing 0`);
});

describe("missed updates", () => {
  test("what no webhook had brought is remembered; what one brought, what is from before the install, and what is fresh is not", async ({
    connect,
  }) => {
    const { lookBack, change, ids, missed, installed, pool, shop } = aShop(await connect());
    const [lost = "", brought = "", before = "", fresh = ""] = ids("orders", 4);
    await installed(ago(60));
    change(lost, ago(30));
    change(brought, ago(31));
    change(before, ago(61));
    change(fresh, ago(1));
    const told = (id: string, updatedAt: Date) =>
      ingestPayloads(pool, {
        ...{ shop, kind: "order", source: "webhook", now: new Date() },
        payloads: [
          {
            ...{ id, shape: "rest", triggeredAt: null, shopifyUpdatedAt: updatedAt.toISOString() },
            raw: JSON.stringify({ id, updated_at: updatedAt }),
          },
        ],
      });
    await told(lost, ago(45));
    await told(brought, wholeSecond(ago(30)));
    const job = await lookBack();
    const expected = [{ kind: "order", id: lost, at: wholeSecond(ago(30)) }];
    const found = await missed();
    expect(found.map(({ kind, id }) => ({ kind, id }))).toEqual(
      expected.map(({ kind, id }) => ({ kind, id })),
    );
    expect(job.said).toContain("1 updates had come by no webhook");
    await lookBack();
    expect(await missed()).toEqual(found);
    // The next one that is lost is another.
    change(lost, ago(6));
    await lookBack();
    expect(await missed()).toHaveLength(2);
  });
});

describe("law 9: the position moves only when everything listed is in the cache", () => {
  test("a record that cannot be fetched keeps it, is wished for, and stops no other", async ({ connect }) => {
    const sim = await connect();
    await runJobOf(sim, "products"); // so that orders find their SKUs, and only one thing fails
    const { lookBack, change, ids, cached, cursor, store, rows } = aShop(sim);
    const [good = "", other = "", bad = ""] = ids("orders", 3);
    for (const id of [good, other]) change(id, ago(30));
    store.change(`gid://shopify/Order/${bad}`, { name: undefined as never }, ago(30));
    const job = await lookBack();
    expect(job).toMatchObject({ status: "completed", errors: 1 });
    expect(job.said.join("\n")).toMatch(/1 records could not be fetched/);
    expect((await cached()).map(({ id }) => id)).toEqual([good, other].sort());
    expect(await cursor()).toBeNull();
    expect(await rows(`SELECT kind, id, reason FROM "ShopifyFetchRequest" WHERE shop = $1`)).toEqual([
      { kind: "order", id: bad, reason: "It changed in Shopify" },
    ]);
    store.change(`gid://shopify/Order/${bad}`, { name: "#77" }, ago(29));
    expect((await lookBack()).errors).toBe(0);
    expect(await cursor()).not.toBeNull();
  });

  test("when Shopify stops answering in the middle, the job fails, and the next one does the rest", async ({
    connect,
  }) => {
    const sim = aShop(await connect());
    const { change, ids, cached, cursor, simulator, context, shop } = sim;
    for (const id of ids("orders", 3)) change(id, ago(30));
    simulator.faults.add({ kind: "token-refused", operation: "nodes" });
    simulator.faults.add({ kind: "grant-refused" });
    expect(await runJobOf({ context, shop }, "look-back")).toMatchObject({
      ...{ status: "failed", errorCode: "TOKEN_REFUSED" },
    });
    expect(await cached()).toEqual([]);
    expect(await cursor()).toBeNull();
    simulator.faults.clear();
    expect(await sim.lookBack()).toMatchObject({ status: "completed" });
    expect(await cached()).toHaveLength(3);
  });
});

test("more than 500 to be fetched come by a bulk operation, as from the look-back", async ({ connect }) => {
  const { lookBack, readUpTo, cached, rows, asked, cursor } = aShop(await connect({ orders: 520 }));
  await readUpTo(new Date("2020-01-01T00:00:00Z"));
  const job = await lookBack();
  expect(job).toMatchObject({ status: "completed", errors: 0 });
  expect(asked()).toContain("bulkOperationRunQuery");
  expect(await cached()).toHaveLength(520);
  expect((await cached()).every(({ source, rawShape }) => source === "lookback" && rawShape === "bulk")).toBe(
    true,
  );
  expect(await rows(`SELECT count(*)::int AS n FROM "Order" WHERE shop = $1`)).toEqual([{ n: 520 }]);
  expect((await rows(`SELECT 1 FROM "ShopifyFulfillmentOrderCache" WHERE shop = $1`)).length).toBeGreaterThan(
    0,
  );
  expect(await cursor()).not.toBeNull();
});

test("what is not granted is not looked for, and said", async ({ connect }) => {
  const scopes = ["read_orders", "read_customers"];
  const { lookBack, change, ids, cached } = aShop(await connect({ scopes }));
  const [id = ""] = ids("orders", 1, 29);
  change(id, ago(30));
  const job = await lookBack();
  expect(job.status).toBe("completed");
  expect(job.said.join("\n")).toMatch(
    /read_all_orders Shopify does not show orders made more than 60 days ago/,
  );
  expect(job.said).toContain("Without the permission read_products no products can be looked for");
  expect((await cached()).length).toBeLessThanOrEqual(1);
});

test("one whose worker is stopped in the middle goes on with the rest, for the same window", async ({
  connect,
}) => {
  const sim = aShop(await connect({ orders: 150 }));
  const { change, ids, cached, cursor, context, shop, simulator, asked } = sim;
  for (const id of ids("orders", 120)) change(id, ago(30));
  const { database, now } = context;
  const { id } = await startJob({ database, now }, { shop, jobType: "look-back", requestedBy: "test" });
  const shutdown = new AbortController();
  simulator.faults.add({ kind: "slow", operation: "nodes", delayMs: 400 });
  const running = goOnWith(sim, id, shutdown.signal);
  await expect
    .poll(async () => (await cached()).length, { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(0);
  shutdown.abort();
  expect(await running).toMatchObject({ status: "pending" });
  const stored = (await cached()).length;
  expect(stored).toBeLessThan(120);
  expect(await cursor()).toBeNull();

  simulator.faults.clear();
  const before = asked().length;
  const began = new Date();
  expect(await goOnWith(sim, id)).toMatchObject({ status: "completed", total: 120, processed: 120 });
  expect(await cached()).toHaveLength(120);
  // What was stored is not asked for again, and what changed since the start is for the next one.
  const left = Math.ceil((120 - stored) / 25);
  const whole = asked()
    .slice(before)
    .filter((field) => field === "nodes").length;
  expect(whole).toBeGreaterThanOrEqual(left);
  expect(whole).toBeLessThan(left + 20);
  expect((await cursor())?.getTime()).toBeLessThan(began.getTime());
}, 60_000);
