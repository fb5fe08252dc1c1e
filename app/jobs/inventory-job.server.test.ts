import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { recordsOf } from "#simulator/fixtures/example-happenings.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import {
  connectedTest as test,
  goOnWith,
  numberOf,
  runJobOf,
  type ConnectedShop,
} from "#tests/setup/a-connected-shop.ts";
import { createFetchTurns } from "./fetch-between-jobs.server.ts";
import { processBetweenJobs } from "./process-between-jobs.server.ts";
import { startJob } from "./start-job.server.ts";

const NOTHING = { fresh: 0, different: 0, quantities: 0, same: 0, newer: 0, unreadable: 0, missing: 0 };
/** What every row of the cache is made of: unchanged rows are rows nobody wrote. */
const ROWS = `SELECT xmin::text, c.* FROM "ShopifyInventoryCache" c WHERE shop = $1 ORDER BY id`;

function aShop(sim: ConnectedShop) {
  const { pool, shop, store, simulator, context } = sim;
  const rows = async <T = Record<string, unknown>>(sql: string, ...more: unknown[]) =>
    (await pool.query<T & Record<string, unknown>>(sql, [shop, ...more])).rows;
  const item = (n: number) => store.collection("inventoryItems")?.at(n) as SimNode;
  const place = store.collection("locations")?.at(0) as SimNode;
  return {
    ...{ ...sim, rows, item, place },
    load: () => runJobOf(sim, "inventory"),
    idOf: (of: SimNode, at: SimNode = place) => `${numberOf(of)}@${numberOf(at)}`,
    /** Every level of the store, as the cache and the ERP are to have it. */
    wanted: () =>
      recordsOf(store, "inventoryItems")
        .flatMap((of) => readNodes(of, "inventoryLevels").map((level) => ({ of, level })))
        .map(({ of, level }) => {
          const quantities = level["quantities"];
          const of5 = typeof quantities === "function" ? quantities({}) : quantities;
          const counted = new Map(readNodes(of5).map((one) => [one["name"], one["quantity"]]));
          const [at] = readNodes([(level["location"] as () => SimNode)()]);
          return {
            id: `${numberOf(of)}@${numberOf(at)}`,
            ...{ available: counted.get("available"), onHand: counted.get("on_hand") },
            committed: counted.get("committed"),
          };
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    held: () =>
      rows(
        `SELECT id, "availableQty" AS available, "onHandQty" AS "onHand", "committedQty" AS committed
         FROM "ShopifyInventoryCache" WHERE shop = $1 AND "deletedAt" IS NULL ORDER BY id COLLATE "C"`,
      ),
    level: async (id: string) =>
      (
        await rows(
          `SELECT "rawShape" AS shape, "availableQty" AS available, "onHandQty" AS "onHand", "deletedAt" IS NOT NULL AS gone,
             "needsFetch" AS wish, "processedAt" IS NOT NULL AS processed FROM "ShopifyInventoryCache" WHERE shop = $1 AND id = $2`,
          id,
        )
      )[0],
    compared: async (id: string) =>
      (
        await rows<{ compared: unknown }>(
          `SELECT checkpoint->'compared' AS compared FROM "SyncJob" WHERE shop = $1 AND id = $2`,
          id,
        )
      )[0]?.compared,
    setStock: (of: SimNode, available: number) => {
      simulator.act({ act: "setStock", item: of.id, location: place.id, available });
    },
    /** What the worker does between jobs: asks for what is wished for, then processes. */
    betweenJobs: async () => {
      const { signal } = new AbortController();
      const turn = createFetchTurns({ ...context, waker: createBulkWaker(), workDir: "/nowhere" }, signal);
      while ((await turn()) > 0);
      await processBetweenJobs(context.database, { ...context, signal });
    },
  };
}

/** The shop with another file, of the same size: Shopify says how large it is. */
function withFile<T extends ConnectedShop>(sim: T, rewrite: (text: string) => string | Promise<string>): T {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await sim.fetch(input, init);
    if (new URL(input instanceof Request ? input.url : String(input)).hostname.endsWith(".com"))
      return answer;
    const text = await answer.text();
    const other = await rewrite(text);
    expect(other).toHaveLength(text.length);
    return new Response(other, { status: answer.status, headers: answer.headers });
  };
  return { ...sim, context: { ...sim.context, fetch } };
}

test("the first load brings every level of every item into cache and ERP, with nothing left to ask", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  await runJobOf(sim, "products");
  // One item more with a level at a place of its own, and one that is stocked nowhere.
  const location = sim.simulator.act({ act: "createLocation", name: "Pune" }).id;
  sim.simulator.act({ act: "connectStock", item: sim.item(0).id, location, available: 8 });
  sim.store.change(sim.item(1).id, { inventoryLevels: [] }, new Date());
  const wanted = sim.wanted();
  expect(wanted.filter(({ id }) => id.startsWith(`${numberOf(sim.item(0))}@`)).length).toBeGreaterThan(2);
  expect(wanted.some(({ id }) => id.startsWith(`${numberOf(sim.item(1))}@`))).toBe(false);

  const job = await sim.load();
  const count = wanted.length;
  expect(job).toMatchObject({ status: "completed", errors: 0, total: count, created: count });
  expect(await sim.held()).toEqual(wanted);
  expect(await sim.compared(job.id)).toEqual({ ...NOTHING, shown: count, fresh: count });
  expect(job.said).toContain(
    `Shopify has ${count.toLocaleString("en")} stock levels: ${count.toLocaleString("en")} new to us, 0 different from what we had (0 quantities), 0 the same`,
  );
  expect(job.said).toContain("Every stock level of ours is in the dump");
  expect(
    await sim.rows(
      `SELECT count(*) FILTER (WHERE "skuId" IS NULL)::int AS "withoutSku", count("needsFetch")::int AS asked,
         count(*) FILTER (WHERE "rawShape" <> 'bulk' OR source <> 'dump')::int AS "notDumped"
       FROM "ShopifyInventoryCache" WHERE shop = $1`,
    ),
  ).toEqual([{ withoutSku: 0, asked: 0, notDumped: 0 }]);
  expect(await sim.rows(`SELECT name FROM "ShopifyLocation" WHERE shop = $1 AND name = 'Pune'`)).toHaveLength(
    1,
  );
});

test("the second load of an unchanged store writes no row", async ({ connect }) => {
  const sim = aShop(await connect());
  await sim.load();
  const before = await sim.rows(ROWS);
  const job = await sim.load();
  expect(await sim.rows(ROWS)).toEqual(before);
  const count = before.length;
  expect(await sim.compared(job.id)).toEqual({ ...NOTHING, shown: count, same: count });
  expect(job).toMatchObject({ status: "completed", created: 0, updated: 0, skipped: count });
  expect(await sim.rows(`SELECT 1 FROM "ShopifyPayloadHistory" WHERE shop = $1`)).toEqual([]);
});

test("a quantity that changed without a word is found, counted and brought", async ({ connect }) => {
  const sim = aShop(await connect());
  await sim.load();
  sim.setStock(sim.item(4), 77);
  const job = await sim.load();
  const count = sim.wanted().length;
  // What is available changed, and with it what is on hand.
  expect(await sim.compared(job.id)).toEqual({
    ...{ ...NOTHING, shown: count, different: 1, quantities: 2, same: count - 1 },
  });
  expect(job).toMatchObject({ updated: 1 });
  expect(await sim.held()).toEqual(sim.wanted());
  expect(await sim.level(sim.idOf(sim.item(4)))).toMatchObject({ available: 77, wish: null });
});

test("a lost disconnection: the level is asked for, stays until Shopify has answered, and is gone then", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  const location = sim.simulator.act({ act: "createLocation", name: "Pune" });
  const pune = sim.store.node(location.id) as SimNode;
  const [stays, goes] = [sim.item(0), sim.item(2)];
  for (const { id } of [stays, goes])
    sim.simulator.act({ act: "connectStock", item: id, location: pune.id, available: 6 });
  await sim.load();
  // Known for a while, as what is lost mostly is.
  await sim.rows(
    `UPDATE "ShopifyInventoryCache" SET "shopifyUpdatedAt" = '2026-01-01' WHERE shop = $1 AND "shopifyLocationId" = $2`,
    numberOf(pune),
  );
  sim.simulator.act({ act: "disconnectStock", item: goes.id, location: pune.id });

  const job = await sim.load();
  expect(job.said).toContain("1 stock levels of ours are not in the dump: asking Shopify for them");
  expect(await sim.compared(job.id)).toMatchObject({ missing: 1 });
  const id = sim.idOf(goes, pune);
  expect(await sim.level(id)).toMatchObject({ available: 6, gone: false, wish: "Not in the full dump" });
  await sim.betweenJobs();
  expect(await sim.level(id)).toEqual({
    ...{ shape: "bulk", available: null, onHand: null, gone: true, wish: null, processed: true },
  });
  expect(await sim.level(sim.idOf(stays, pune))).toMatchObject({ available: 6, gone: false });
  expect(await sim.held()).toEqual(sim.wanted());
  // It is known to be gone: nothing is missing any more.
  expect((await sim.load()).said).toContain("Every stock level of ours is in the dump");
});

test("a level that is missing is found though another one came back at the same time", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  await sim.load();
  const back = sim.idOf(sim.item(3));
  await sim.rows(
    `UPDATE "ShopifyInventoryCache" SET "deletedAt" = now() - interval '1 minute', "availableQty" = NULL, "onHandQty" = NULL,
       "committedQty" = NULL, "incomingQty" = NULL, "reservedQty" = NULL WHERE shop = $1 AND id = $2`,
    back,
  );
  const [, ...others] = readNodes(sim.item(0), "inventoryLevels");
  sim.store.change(sim.item(0).id, { inventoryLevels: others }, new Date());
  const job = await sim.load();
  expect(await sim.compared(job.id)).toMatchObject({ different: 1, quantities: 0, missing: 1 });
  // Nothing about the one that is back has changed: only an answer brings it.
  expect(await sim.level(back)).toMatchObject({ gone: true, wish: "The full dump says otherwise" });
  await sim.betweenJobs();
  expect(await sim.level(back)).toMatchObject({ gone: false, wish: null });
  expect(await sim.held()).toEqual(sim.wanted());
});

test("a level that is not active any more in the file is gone, as by an answer", async ({ connect }) => {
  const sim = aShop(await connect());
  await sim.load();
  const [level, ...others] = readNodes(sim.item(0), "inventoryLevels");
  const updatedAt = new Date().toISOString().slice(0, 19) + "Z";
  const inactive = { ...level, isActive: false, updatedAt } as SimNode;
  sim.store.change(sim.item(0).id, { inventoryLevels: [inactive, ...others] }, new Date());
  const job = await sim.load();
  expect(await sim.compared(job.id)).toMatchObject({ different: 1, quantities: 0, missing: 0 });
  expect(await sim.level(sim.idOf(sim.item(0)))).toMatchObject({ available: null, gone: true });
  expect(await sim.compared((await sim.load()).id)).toMatchObject({ different: 0, missing: 0 });
});

test("an answer of the same second that says something else: Shopify is asked which one stands", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  sim.setStock(sim.item(0), 9);
  await runJobOf(sim, "look-back");
  const id = sim.idOf(sim.item(0));
  await sim.rows(
    `UPDATE "ShopifyInventoryCache" SET "rawData" = replace("rawData", '"available","quantity":9', '"available","quantity":5'),
       "contentHash" = 'other', "processedAt" = NULL WHERE shop = $1 AND id = $2`,
    id,
  );
  const job = await sim.load();
  expect(await sim.compared(job.id)).toMatchObject({ different: 1, quantities: 1 });
  expect(await sim.level(id)).toMatchObject({ available: 5, wish: "The full dump says otherwise" });
  await sim.betweenJobs();
  expect(await sim.level(id)).toMatchObject({ available: 9, wish: null });
});

test("what a webhook told while the file was on its way is newer, and stays", async ({ connect }) => {
  const sim = aShop(await connect());
  await sim.load();
  const id = sim.idOf(sim.item(0));
  const tell = async () => {
    const at = new Date(Date.now() + 2_000).toISOString();
    const [shopifyInventoryItemId = "", shopifyLocationId = ""] = id.split("@");
    await ingestPayloads(sim.pool, {
      ...{ shop: sim.shop, kind: "inventory", source: "webhook", now: new Date() },
      payloads: [
        {
          ...{ id, shape: "rest", triggeredAt: at, shopifyUpdatedAt: at },
          raw: JSON.stringify({ available: 123 }),
          header: { shopifyInventoryItemId, shopifyLocationId },
        },
      ],
    });
  };
  const job = await runJobOf(
    withFile(sim, async (text) => {
      await tell();
      return text;
    }),
    "inventory",
  );
  expect(await sim.compared(job.id)).toMatchObject({ newer: 1, different: 0 });
  expect(job.said.join("\n")).toContain("1 changed since Shopify collected them");
  expect(await sim.level(id)).toMatchObject({ available: 123, shape: "rest", wish: null });
});

test("a quantity that nobody had told us is no difference", async ({ connect }) => {
  const sim = aShop(await connect());
  await sim.load();
  await sim.rows(`UPDATE "ShopifyInventoryCache" SET "onHandQty" = NULL WHERE shop = $1`);
  expect(await sim.compared((await sim.load()).id)).toMatchObject({ different: 0 });
});

test("a level that cannot be read fails alone, and the compare says so", async ({ connect }) => {
  const sim = aShop(await connect());
  const count = sim.wanted().length;
  const broken = withFile(sim, (text) => text.replace('"name":"available"', '"name":[1,2,3,4,5]'));
  const job = await runJobOf(broken, "inventory");
  expect(job).toMatchObject({ status: "completed", errors: 1, created: count - 1 });
  expect(await sim.compared(job.id)).toMatchObject({ shown: count, unreadable: 1, fresh: count - 1 });
  expect(
    await sim.rows(
      `SELECT "errorCode" AS code FROM "ShopifyInventoryCache" WHERE shop = $1 AND "errorCode" IS NOT NULL`,
    ),
  ).toEqual([{ code: "PAYLOAD_UNREADABLE" }]);
});

test("without read_inventory the job ends with what is missing", async ({ connect }) => {
  const sim = aShop(await connect({ scopes: ["read_products", "read_locations"] }));
  expect(await sim.load()).toMatchObject({
    ...{ status: "failed", errorCode: "SCOPE_MISSING" },
    errorMessage: "Reading stock needs the permission read_inventory.",
  });
  expect(await sim.held()).toEqual([]);
});

test("without read_locations all levels come, and only the locations' names stay unknown", async ({
  connect,
}) => {
  const sim = aShop(await connect({ scopes: ["read_inventory"] }));
  const job = await sim.load();
  expect(job.status).toBe("completed");
  expect(job.said).toContain("Without the permission read_locations the names of the locations stay unknown");
  expect(await sim.held()).toEqual(sim.wanted());
  expect(sim.asked()).not.toContain("locations");
});

test("law 9: a file that holds fewer levels than Shopify counted is compared with nothing and stored nowhere", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  const short = withFile(sim, (text) => {
    const last = text.trimEnd().lastIndexOf("\n");
    return `${text.slice(0, last).padEnd(text.length - 1)}\n`;
  });
  const job = await runJobOf(short, "inventory");
  expect(job).toMatchObject({ status: "failed", errorCode: "BULK_INCOMPLETE" });
  expect(job.errorMessage).toContain("but Shopify counted");
  expect(await sim.compared(job.id)).toBeNull();
  expect(await sim.held()).toEqual([]);
});

test("stopped in the middle and taken up again, the compare tells what was there before the job", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  await sim.load();
  sim.setStock(sim.item(0), 41);
  sim.setStock(sim.item(5), 42);
  const shutdown = new AbortController();
  // A transaction that holds a level lets the job compare, but not store.
  const other = await sim.pool.connect();
  await other.query("BEGIN");
  await other.query(`SELECT 1 FROM "ShopifyInventoryCache" WHERE shop = $1 AND id = $2 FOR UPDATE`, [
    ...[sim.shop, sim.idOf(sim.item(0))],
  ]);
  const { id } = await startJob(sim.context, { shop: sim.shop, jobType: "inventory", requestedBy: "test" });
  const running = goOnWith(sim, id, shutdown.signal);
  while ((await sim.compared(id)) === null) await sleep(20);
  shutdown.abort();
  await other.query("ROLLBACK");
  other.release();
  expect(await running).toMatchObject({ status: "pending" });
  expect(await sim.held()).not.toEqual(sim.wanted());

  const job = await goOnWith(sim, id);
  const count = sim.wanted().length;
  expect(job).toMatchObject({ status: "completed", total: count, processed: count });
  expect(await sim.compared(id)).toEqual({
    ...{ ...NOTHING, shown: count, different: 2, quantities: 4, same: count - 2 },
  });
  expect(await sim.held()).toEqual(sim.wanted());
});

test("another shop's levels of the same ids are not compared, asked for or touched", async ({ connect }) => {
  const sim = aShop(await connect());
  await sim.load();
  await sim.pool.query(
    `INSERT INTO "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "rawData", "rawShape",
       "contentHash", source, "shopifyUpdatedAt", "availableQty", "processedAt")
     SELECT 'other.myshopify.com', id, "shopifyInventoryItemId", "shopifyLocationId", "rawData", 'detail', 'x', 'fetch',
       "shopifyUpdatedAt", 1000, now() FROM "ShopifyInventoryCache" WHERE shop = $1
     UNION ALL SELECT 'other.myshopify.com', '1@2', '1', '2', '{}', 'detail', 'x', 'fetch', '2026-01-01', 3, now()`,
    [sim.shop],
  );
  const others = async () =>
    (await sim.pool.query<Record<string, unknown>>(ROWS, ["other.myshopify.com"])).rows;
  const before = await others();
  sim.setStock(sim.item(0), 55);
  const job = await sim.load();
  expect(await sim.compared(job.id)).toMatchObject({ different: 1, missing: 0 });
  expect(await others()).toEqual(before);
  expect(
    await sim.rows(
      `SELECT count(*)::int AS count FROM "ShopifyFetchRequest" WHERE shop IN ($1, 'other.myshopify.com')`,
    ),
  ).toEqual([{ count: 0 }]);
});
