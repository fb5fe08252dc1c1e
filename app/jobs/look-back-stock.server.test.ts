import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import {
  connectedTest as test,
  numberOf,
  runJobOf,
  type ConnectedShop,
} from "#tests/setup/a-connected-shop.ts";
import { loadLookBackCursor, moveLookBackCursor } from "./look-back-cursor.server.ts";

const ever = new Date("2020-01-01T00:00:00Z");

function aShop(sim: ConnectedShop) {
  const { pool, shop, store, simulator } = sim;
  const rows = async (sql: string) => (await pool.query<Record<string, unknown>>(sql, [shop])).rows;
  const items = store.collection("inventoryItems");
  const place = store.collection("locations")?.at(0) as SimNode;
  return {
    ...{ ...sim, rows, place },
    lookBack: (options: Record<string, unknown> = {}) => runJobOf(sim, "look-back", options),
    cursor: () => loadLookBackCursor(pool, shop),
    readUpTo: (cursorAt: Date) => moveLookBackCursor(pool, { shop, cursorAt }),
    item: (n: number) => items?.at(n) as SimNode,
    levels: () =>
      Array.from({ length: items?.count() ?? 0 }, (_, i) => items?.at(i)).flatMap((item) =>
        readNodes(item, "inventoryLevels"),
      ),
    cached: () =>
      rows(
        `SELECT id, source, "rawShape", "availableQty", "onHandQty", "deletedAt" IS NOT NULL AS gone
         FROM "ShopifyInventoryCache" WHERE shop = $1 ORDER BY id`,
      ),
    /** A merchant counts an item at the shop's first location; no webhook comes. @returns the level's id in the cache */
    setStock: (item: SimNode, available: number) => {
      simulator.act({ act: "setStock", item: item.id, location: place.id, available });
      return `${numberOf(item)}@${numberOf(place)}`;
    },
  };
}

test("a level whose webhook was lost comes into the cache, linked to its SKU, though its item did not change", async ({
  connect,
}) => {
  const sim = await connect();
  await runJobOf(sim, "products");
  const { lookBack, item, setStock, cached, rows } = aShop(sim);
  const changed = item(4);
  const before = changed["updatedAt"];
  const id = setStock(changed, 77);
  expect(item(4)["updatedAt"]).toBe(before);
  const job = await lookBack();
  expect(job).toMatchObject({ status: "completed", errors: 0, total: 1, created: 1 });
  expect(job.said).toContain("1 stock levels changed at 3 locations, 1 of them are newer than what we have");
  expect(await cached()).toMatchObject([
    { id, source: "lookback", rawShape: "detail", availableQty: 77, gone: false },
  ]);
  expect(
    await rows(
      `SELECT s."skuCode" AS code FROM "ShopifyInventoryCache" c JOIN "Sku" s ON s.id = c."skuId" WHERE c.shop = $1`,
    ),
  ).toEqual([{ code: changed["sku"] }]);
});

test("every level of every location comes, page by page; those that did not change are not stored again", async ({
  connect,
}) => {
  const { lookBack, readUpTo, levels, cached, rows, pool, shop, place, asked } = aShop(await connect());
  await readUpTo(ever);
  await lookBack();
  const idOf = (level: SimNode) =>
    `${readText(level, "item", "legacyResourceId")}@${readText(level, "location", "legacyResourceId")}`;
  const all = levels().map(idOf).sort();
  const here = all.filter((id) => id.endsWith(`@${numberOf(place)}`)).length;
  expect(here).toBeGreaterThan(250);
  expect((await cached()).map(({ id }) => id).sort()).toEqual(all);
  const pages = Math.ceil(here / 250);
  expect(asked().filter((field) => field === "location").length).toBeGreaterThanOrEqual(pages);

  const state = () =>
    rows(`SELECT id, "receivedAt", xmin FROM "ShopifyInventoryCache" WHERE shop = $1 ORDER BY id`);
  const stored = await state();
  await pool.query(`UPDATE "SchedulerState" SET "cursorAt" = $2 WHERE shop = $1`, [shop, ever]);
  const job = await lookBack();
  expect(job.said).toContain(
    `${String(all.length)} stock levels changed at 3 locations, 0 of them are newer than what we have`,
  );
  expect(await state()).toEqual(stored);
}, 60_000);

test("a level that its webhook told of is not stored again", async ({ connect }) => {
  const { lookBack, item, setStock, cached, levels, pool, shop } = aShop(await connect());
  const id = setStock(item(0), 12);
  const [itemId = "", locationId = ""] = id.split("@");
  const updatedAt = readText(levels()[0], "updatedAt");
  // Told after its second was over: nothing more can have happened in it.
  const triggeredAt = new Date(Date.parse(updatedAt) + 1_500).toISOString();
  await ingestPayloads(pool, {
    ...{ shop, kind: "inventory", source: "webhook", now: new Date() },
    payloads: [
      {
        ...{ id, shape: "rest", triggeredAt, shopifyUpdatedAt: updatedAt },
        raw: JSON.stringify({ inventory_item_id: itemId, location_id: locationId, available: 12 }),
        header: { shopifyInventoryItemId: itemId, shopifyLocationId: locationId },
      },
    ],
  });
  await lookBack();
  expect(await cached()).toMatchObject([{ id, source: "webhook", rawShape: "rest", availableQty: 12 }]);
});

test("what no webhook had brought is remembered as missed", async ({ connect }) => {
  const sim = await connect();
  const { item, setStock, rows, context, pool, shop } = aShop(sim);
  await pool.query(`UPDATE "Shop" SET "installedAt" = now() - interval '1 hour' WHERE shop = $1`, [shop]);
  const id = setStock(item(1), 5);
  const later = { ...context, now: () => new Date(Date.now() + 10 * 60_000) };
  const job = await runJobOf({ context: later, shop }, "look-back");
  expect(job.said).toContain("1 updates had come by no webhook");
  expect(await rows(`SELECT kind, id FROM "ShopifyMissedUpdate" WHERE shop = $1`)).toEqual([
    { kind: "inventory", id },
  ]);
});

test("an item that is no longer stocked at a location, of which nobody told, is so in the cache", async ({
  connect,
}) => {
  const { lookBack, item, setStock, cached, store } = aShop(await connect());
  const id = setStock(item(0), 9);
  await lookBack();
  const [level, ...others] = readNodes(item(0), "inventoryLevels");
  const updatedAt = new Date(Date.parse(readText(level, "updatedAt")) + 1000).toISOString();
  store.change(
    item(0).id,
    { inventoryLevels: [{ ...level, isActive: false, updatedAt }, ...others] },
    new Date(),
  );
  await lookBack();
  expect(await cached()).toMatchObject([{ id, gone: true }]);
});

test("the locations are known by name, whether they are active or not", async ({ connect }) => {
  const { lookBack, rows, store } = aShop(await connect());
  const all = [0, 1, 2].map((n) => store.collection("locations")?.at(n) as SimNode);
  store.change(String(all[2]?.id), { isActive: false }, new Date());
  await lookBack();
  expect(
    await rows(`SELECT id, name, "isActive" FROM "ShopifyLocation" WHERE shop = $1 ORDER BY id`),
  ).toEqual(all.map((one, n) => ({ id: numberOf(one), name: one["name"], isActive: n !== 2 })));
});

test("without its permissions stock is not asked for, and the job says so", async ({ connect }) => {
  const scopes = ["read_products", "read_inventory"];
  const { lookBack, item, setStock, cached, asked } = aShop(await connect({ scopes }));
  setStock(item(0), 3);
  const job = await lookBack();
  expect(job.status).toBe("completed");
  expect(job.said).toContain("Without the permission read_locations no stock levels can be looked for");
  expect(asked()).not.toContain("locations");
  expect(await cached()).toEqual([]);
});

test("law 9: when Shopify stops answering, the position stays, and the next job does the rest", async ({
  connect,
}) => {
  const { lookBack, item, setStock, cached, cursor, simulator } = aShop(await connect());
  setStock(item(0), 3);
  simulator.faults.add({ kind: "token-refused", operation: "location" });
  simulator.faults.add({ kind: "grant-refused" });
  expect(await lookBack()).toMatchObject({ status: "failed", errorCode: "TOKEN_REFUSED" });
  expect(await cursor()).toBeNull();
  simulator.faults.clear();
  expect(await lookBack()).toMatchObject({ status: "completed" });
  expect(await cached()).toMatchObject([{ availableQty: 3 }]);
  expect(await cursor()).not.toBeNull();
});

test("a level that an answer left out, and that Shopify lists as stocked, is there again though nothing about it changed", async ({
  connect,
}) => {
  const { lookBack, item, setStock, cached, pool } = aShop(await connect());
  const id = setStock(item(0), 9);
  await lookBack();
  await pool.query(
    `UPDATE "ShopifyInventoryCache" SET "deletedAt" = now() - interval '1 minute', "availableQty" = NULL, "onHandQty" = NULL`,
  );
  await lookBack();
  expect(await cached()).toMatchObject([{ id, availableQty: 9, gone: false }]);
});
