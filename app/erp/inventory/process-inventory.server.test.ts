import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { linkInventoryLevels } from "./link-inventory-levels.server.ts";
import { processPendingInventory } from "./process-pending-inventory.server.ts";

const shop = "loom.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

const header = { shopifyInventoryItemId: "700", shopifyLocationId: "31" };
const ingest = (
  pool: Pool,
  shape: "rest" | "detail",
  body: object,
  shopifyUpdatedAt: string,
  id = "700@31",
) =>
  ingestPayloads(pool, {
    ...{ shop, kind: "inventory", source: "webhook", now },
    payloads: [
      {
        id,
        shape,
        raw: JSON.stringify(body),
        shopifyUpdatedAt,
        triggeredAt: shopifyUpdatedAt,
        header: { ...header, shopifyLocationId: id.split("@")[1] ?? "" },
      },
    ],
  });
const told = (pool: Pool, available: number | null, at: string, id?: string) =>
  ingest(pool, "rest", { inventory_item_id: 700, location_id: 31, available, updated_at: at }, at, id);
const process = (pool: Pool) => processPendingInventory(pool, { shop, limit: 1000, now });

async function levels(pool: Pool) {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select c.id, s."skuCode" as sku, c."availableQty" as available, c."onHandQty" as "onHand", c."deletedAt" is not null as gone
     from "ShopifyInventoryCache" c left join "Sku" s on s.shop = c.shop and s.id = c."skuId" order by c.id`,
  );
  return rows;
}

async function stock(pool: Pool) {
  const node = {
    ...{
      __typename: "Product",
      id: "gid://shopify/Product/9",
      title: "Kurta",
      status: "ACTIVE",
      options: [],
    },
    updatedAt: "2026-11-01T10:00:00Z",
    variants: [
      {
        ...{
          __typename: "ProductVariant",
          id: "gid://shopify/ProductVariant/90",
          title: "Default Title",
          sku: "KRT",
        },
        ...{ selectedOptions: [], inventoryItem: { id: "gid://shopify/InventoryItem/700" } },
      },
    ],
  };
  await ingestPayloads(pool, {
    ...{ shop, kind: "product", source: "dump", now },
    payloads: [
      {
        id: "9",
        shape: "bulk",
        raw: JSON.stringify(node),
        shopifyUpdatedAt: node.updatedAt,
        triggeredAt: null,
      },
    ],
  });
  await processPendingProducts(pool, { shop, limit: 10, now });
}

const news = async (pool: Pool) =>
  (
    await pool.query<{ told: string }>(
      `select concat_ws(' ', "entityId", change, parts::text) as told from "ChangeFeed" where shop = $1 and entity = 'stock' order by seq`,
      [shop],
    )
  ).rows.map(({ told }) => told);

describe("stock by location", () => {
  test("the feed is told of every level that changed, that got its SKU, and that is gone; of nothing else", async ({
    database: { pool },
  }) => {
    await told(pool, 5, "2026-11-22T09:00:00Z");
    await process(pool);
    await stock(pool); // brings the SKU
    await told(pool, 5, "2026-11-22T09:05:00Z");
    await process(pool); // the same quantity
    await told(pool, 3, "2026-11-22T09:10:00Z");
    await process(pool);
    await pool.query(
      `update "ShopifyInventoryCache" set "deletedAt" = '2026-11-22T09:30:00Z', "processedAt" = null`,
    );
    await process(pool);
    expect(await news(pool)).toEqual([
      "700@31 created {level}",
      "700@31 updated {sku}",
      "700@31 updated {level}",
      "700@31 archived {level}",
    ]);
  });

  test("follows the newest webhook; an older one that comes late changes nothing", async ({
    database: { pool },
  }) => {
    await stock(pool);
    await told(pool, 5, "2026-11-22T09:00:00Z");
    await told(pool, 8, "2026-11-22T09:00:00Z", "700@32");
    expect(await process(pool)).toMatchObject({ created: 2, failed: 0 });
    await told(pool, 3, "2026-11-22T09:10:00Z");
    await told(pool, 4, "2026-11-22T09:05:00Z");
    expect(await process(pool)).toMatchObject({ updated: 1 });
    expect(await levels(pool)).toMatchObject([
      { id: "700@31", sku: "KRT", available: 3, gone: false },
      { id: "700@32", sku: "KRT", available: 8 },
    ]);
  });

  test("a webhook, which knows only what is available, erases nothing that a fetch told", async ({
    database: { pool },
  }) => {
    const quantities = [
      { name: "available", quantity: 5 },
      { name: "on_hand", quantity: 9 },
    ];
    await ingest(
      pool,
      "detail",
      { id: "gid://shopify/InventoryLevel/1", isActive: true, quantities },
      "2026-11-22T09:00:00Z",
    );
    await process(pool);
    await told(pool, 4, "2026-11-22T09:10:00Z");
    await process(pool);
    expect(await levels(pool)).toMatchObject([{ available: 4, onHand: 9 }]);
  });

  test("a level that came before its SKU is kept, and linked when the SKU appears", async ({
    database: { pool },
  }) => {
    await told(pool, 5, "2026-11-22T09:00:00Z");
    await process(pool);
    expect(await levels(pool)).toMatchObject([{ sku: null, available: 5 }]);
    await stock(pool);
    expect(await levels(pool)).toMatchObject([{ sku: "KRT", available: 5 }]);
    await pool.query(`update "ShopifyInventoryCache" set "skuId" = null`);
    expect(await linkInventoryLevels(pool, { shop, now })).toBe(1);
    expect(await levels(pool)).toMatchObject([{ sku: "KRT" }]);
  });

  test("of several SKUs with one inventory item, the link and the processor choose the same", async ({
    database: { pool },
  }) => {
    await stock(pool);
    // Beside KRT: an older one that is archived, an older one that is not, and younger ones before and behind it by id.
    const others = [
      ["0", "OLDEST", "2026-10-01T00:00:00Z", "2026-10-05T00:00:00Z"],
      ["z", "OLD", "2026-10-02T00:00:00Z", null],
      ["1", "YOUNG", "2027-10-03T00:00:00Z", null],
      ["zz", "YOUNGER", "2027-10-04T00:00:00Z", null],
    ] as const;
    for (const [id, skuCode, createdAt, archivedAt] of others)
      await pool.query(
        `insert into "Sku" select (jsonb_populate_record(s, $2)).* from "Sku" s where shop = $1 and "skuCode" = 'KRT'`,
        [shop, { id, skuCode, shopifyVariantId: id, createdAt, archivedAt }],
      );
    await told(pool, 5, "2026-11-22T09:00:00Z");
    await process(pool);
    expect(await levels(pool)).toMatchObject([{ sku: "OLD" }]);
    for (const skuIds of [undefined, ["0"], ["zz", "1"]]) {
      await pool.query(`update "ShopifyInventoryCache" set "skuId" = null`);
      expect(await linkInventoryLevels(pool, { shop, now, ...(skuIds && { skuIds }) })).toBe(1);
      expect(await levels(pool)).toMatchObject([{ sku: "OLD" }]);
    }
  });

  test("a level that is gone counts nothing, whatever its payloads told before", async ({
    database: { pool },
  }) => {
    await told(pool, 5, "2026-11-22T09:00:00Z");
    await process(pool);
    await pool.query(
      `update "ShopifyInventoryCache" set "deletedAt" = '2026-11-22T09:30:00Z', "processedAt" = null`,
    );
    expect(await process(pool)).toMatchObject({ updated: 1 });
    expect(await levels(pool)).toMatchObject([{ available: null, gone: true }]);
    await told(pool, 6, "2026-11-22T09:40:00Z");
    await process(pool);
    expect(await levels(pool)).toMatchObject([{ available: null, gone: true }]);
  });

  test("a level that an answer says is not active counts nothing, until an answer asked for later says otherwise", async ({
    database: { pool },
  }) => {
    const node = (isActive: boolean) => ({
      ...{ id: "gid://shopify/InventoryLevel/1", isActive },
      quantities: [{ name: "available", quantity: 2 }],
    });
    await ingest(pool, "detail", node(false), "2026-11-22T09:00:00Z");
    await process(pool);
    expect(await levels(pool)).toMatchObject([{ available: null, gone: true }]);
    await ingest(pool, "detail", node(true), "2026-11-22T09:00:10Z");
    await process(pool);
    expect(await levels(pool)).toMatchObject([{ available: 2, gone: false }]);
  });

  test("a level nobody can read fails alone, with its place", async ({ database: { pool } }) => {
    await ingest(pool, "rest", { available: "many" }, "2026-11-22T09:00:00Z");
    await told(pool, 5, "2026-11-22T09:00:00Z", "700@32");
    expect(await process(pool)).toMatchObject({ created: 1, failed: 1 });
    const { rows } = await pool.query(
      `select id, "errorCode", "processingError" from "ShopifyInventoryCache" where "errorCode" is not null`,
    );
    expect(rows).toEqual([
      {
        id: "700@31",
        errorCode: "PAYLOAD_UNREADABLE",
        processingError: "The payload cannot be read at $.available: expected a whole number",
      },
    ]);
  });
});
