import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { newsWish } from "#app/cache/news-wish.ts";
import { wishFor } from "#app/cache/wish-for.server.ts";
import { inTransaction, openDatabase } from "#app/lib/db.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import type { SimNode } from "#simulator/store/types.ts";
import {
  connectedTest as test,
  numberOf,
  runJobOf,
  type ConnectedShop,
} from "#tests/setup/a-connected-shop.ts";
import { createFetchTurns } from "./fetch-between-jobs.server.ts";
import { startWorker } from "./run-worker.server.ts";

const PATIENCE = { timeout: 25_000, interval: 50 };

function aShop(sim: ConnectedShop) {
  const { context, pool, shop } = sim;
  const stop = new AbortController();
  return {
    ...sim,
    stop,
    turns: (more: object = {}) =>
      createFetchTurns({ ...context, waker: createBulkWaker(), workDir: "/nowhere", ...more }, stop.signal),
    wish: (ids: readonly string[], of = shop) =>
      inTransaction(pool, (tx) =>
        wishFor(tx, {
          ...{ shop: of, kind: "order" },
          wishes: ids.map((id) => ({
            ...{ id, reason: newsWish("orders/edited"), at: new Date(Date.now() - 1000) },
          })),
        }),
      ),
    requests: async () =>
      (
        await pool.query<{ shop: string; id: string }>(
          `SELECT shop, id FROM "ShopifyFetchRequest" ORDER BY shop, id`,
        )
      ).rows,
    cached: async () => (await pool.query<object>(`SELECT id FROM "ShopifyOrderCache"`)).rows,
  };
}

test("what is wished for comes, and a turn without wishes asks nothing", async ({ connect }) => {
  const { turns, wish, ids, cached, asked } = aShop(await connect());
  const turn = turns();
  await wish(ids("orders", 3));
  expect(await turn()).toBe(3);
  expect(await cached()).toHaveLength(3);
  const before = asked().length;
  expect(await turn()).toBe(0);
  expect(asked()).toHaveLength(before);
});

test("at most 50 records a turn, so that other shops have theirs", async ({ connect }) => {
  const { turns, wish, ids } = aShop(await connect({ orders: 60 }));
  const turn = turns();
  await wish(ids("orders", 60));
  expect(await turn()).toBe(50);
  expect(await turn()).toBe(10);
});

test("a shop that uninstalled the app, and one without a token, are passed over", async ({ connect }) => {
  const { turns, wish, ids, pool, shop, asked, requests } = aShop(await connect());
  const [id = ""] = ids("orders", 1);
  await wish([id]);
  await wish(["1"], "no-token.myshopify.com");
  await pool.query(`UPDATE "Shop" SET "uninstalledAt" = now() WHERE shop = $1`, [shop]);
  const before = asked().length;
  expect(await turns()()).toBe(0);
  expect(asked()).toHaveLength(before);
  expect(await requests()).toHaveLength(2);
});

test("a shop that fails is put off for a minute, nothing is lost, and others are served", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  const other = aShop(await connect({ orders: 31, seed: 4 }));
  const { ids, wish, simulator, requests } = sim;
  await wish(ids("orders", 2));
  await other.wish(other.ids("orders", 2));
  const toEach: typeof fetch = (input, init) =>
    ((input as string).includes(other.shop) ? other.fetch : sim.fetch)(input, init);
  let now = new Date();
  const turn = sim.turns({ fetch: toEach, now: () => now });
  simulator.faults.add({ kind: "token-refused" });
  simulator.faults.add({ kind: "grant-refused" });
  expect(await turn()).toBe(2);
  expect((await requests()).map(({ shop }) => shop)).toEqual([sim.shop, sim.shop]);
  simulator.faults.clear();
  const before = sim.asked().length;
  expect(await turn()).toBe(0);
  expect(sim.asked()).toHaveLength(before);
  now = new Date(now.getTime() + 61_000);
  expect(await turn()).toBe(2);
  expect(await requests()).toEqual([]);
});

test("the worker fetches what an order lacks as soon as it is processed", async ({
  connect,
  onTestFinished,
  database,
}) => {
  const sim = await connect();
  const { pool, shop, store, context } = sim;
  await runJobOf(sim, "products");
  await pool.query(`UPDATE "Shop" SET "installedAt" = '2020-01-01'`); // no order is history
  const orders = Array.from({ length: 30 }, (_, i) => store.collection("orders")?.at(i) as SimNode);
  const paid = orders.find(
    ({ displayFinancialStatus, test }) => displayFinancialStatus === "PAID" && test === false,
  );
  const id = numberOf(paid);
  const raw = JSON.stringify(renderRestOrder(paid as SimNode));
  await ingestPayloads(pool, {
    ...{ shop, kind: "order", source: "webhook", now: new Date() },
    payloads: [
      { ...{ id, shape: "rest", raw, triggeredAt: null }, shopifyUpdatedAt: paid?.updatedAt as string },
    ],
  });
  const own = openDatabase(database.url, { poolSize: 8, applicationName: "worker" });
  const worker = await startWorker({ ...context, database: own }, { databaseUrl: database.url });
  onTestFinished(async () => {
    await worker.stop();
    await own.close();
  });
  const payments = async () =>
    (await pool.query<object>(`SELECT "shopifyOrderId" FROM "OrderPayment" WHERE shop = $1`, [shop])).rows;
  await expect.poll(payments, PATIENCE).toContainEqual({ shopifyOrderId: id });
  const entries = async () =>
    (
      await pool.query<object>(
        `SELECT source, "needsFetch", "processedAt" IS NOT NULL AS done FROM "ShopifyOrderCache"`,
      )
    ).rows;
  await expect.poll(entries, PATIENCE).toEqual([{ source: "fetch", needsFetch: null, done: true }]);
}, 60_000);
