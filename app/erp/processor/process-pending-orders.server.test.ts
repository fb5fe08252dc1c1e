import { expect } from "vitest";
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { listFailed } from "#app/cache/list-failed.server.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { processPendingOrders } from "./process-pending-orders.server.ts";
import { processShopifyOrderToERP } from "./process-shopify-order-to-erp.server.ts";

const shop = "one.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const run = { shop, limit: Infinity, now };

async function store(pool: Pool, kind: "order" | "product", ...nodes: { id: string; updatedAt?: unknown }[]) {
  const payloads = nodes.map((node) => ({
    id: node.id.slice(node.id.lastIndexOf("/") + 1),
    shape: "bulk" as const,
    raw: JSON.stringify(node),
    shopifyUpdatedAt: String(node.updatedAt),
    triggeredAt: null,
  }));
  await ingestPayloads(pool, { shop, kind, source: "dump", payloads, now });
}
const product = (variantId: string, sku: string) => ({
  __typename: "Product",
  id: `gid://shopify/Product/${variantId}0`,
  updatedAt: "2026-11-01T10:00:00Z",
  title: `Product ${sku}`,
  status: "ACTIVE",
  options: [],
  variants: [
    {
      __typename: "ProductVariant",
      id: `gid://shopify/ProductVariant/${variantId}`,
      title: "Default Title",
      sku,
      selectedOptions: [],
      inventoryItem: { id: `gid://shopify/InventoryItem/${variantId}` },
    },
  ],
});
const order = (sketch: OrderSketch) =>
  anOrder({
    total: "200.00",
    lines: [
      { variantId: "90", sku: "A" },
      { variantId: "91", sku: "B" },
    ],
    ...sketch,
  });
const rows = async (pool: Pool, table: string) =>
  (await pool.query<Record<string, unknown>>(`SELECT * FROM "${table}" ORDER BY 1, 2, 3`)).rows;
const tables = ["Order", "OrderLine", "OrderCharge", "OrderPayment", "Parcel", "ParcelLine", "ChangeFeed"];

test("S3: one unknown SKU fails the order whole, and it completes by itself when the product arrives", async ({
  database: { pool },
}) => {
  await store(pool, "product", product("90", "A"));
  await processPendingProducts(pool, run);
  await store(
    pool,
    "order",
    order({ id: "1" }),
    order({ id: "2", lines: [{ variantId: "90" }], total: "100.00" }),
  );
  expect(await processPendingOrders(pool, run)).toMatchObject({ created: 1, failed: 1 });
  expect(await listFailed(pool, { shop, limit: 5 })).toMatchObject([
    { id: "1", errorCode: "SKU_NOT_FOUND", processingError: "SKU not found: B" },
  ]);
  expect((await rows(pool, "Order")).map(({ shopifyOrderId }) => shopifyOrderId)).toEqual(["2"]);
  expect(await rows(pool, "OrderLine")).toHaveLength(1);

  await store(pool, "product", product("91", "B"));
  await processPendingProducts(pool, run);
  expect(await processPendingOrders(pool, run)).toMatchObject({ created: 1, failed: 0 });
  expect(await rows(pool, "OrderLine")).toHaveLength(3);
});

test("law 5: processing everything again, any number of times, writes nothing", async ({
  database: { pool },
}) => {
  await store(pool, "product", product("90", "A"), product("91", "B"));
  await processPendingProducts(pool, run);
  await store(pool, "order", order({ id: "1" }), order({ id: "2" }));
  await processPendingOrders(pool, run);
  const before = await Promise.all(tables.map((table) => rows(pool, table)));
  await pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = NULL`);
  expect(await processPendingOrders(pool, run)).toMatchObject({ unchanged: 2, updated: 0, created: 0 });
  expect(await Promise.all(tables.map((table) => rows(pool, table)))).toEqual(before);
});

test("an edited order has its new lines and no old ones; the feed says what changed", async ({
  database: { pool },
}) => {
  await store(pool, "product", product("90", "A"), product("91", "B"));
  await processPendingProducts(pool, run);
  await store(
    pool,
    "order",
    order({
      id: "1",
      lines: [
        { id: "11", variantId: "90" },
        { id: "12", variantId: "91" },
      ],
    }),
  );
  await processPendingOrders(pool, run);
  const [first] = await rows(pool, "Order");
  await store(
    pool,
    "order",
    order({
      id: "1",
      updatedAt: "2026-11-05T10:00:00Z",
      lines: [
        { id: "12", variantId: "91" },
        { id: "13", variantId: "90" },
      ],
    }),
  );
  expect(await processPendingOrders(pool, run)).toMatchObject({ updated: 1 });
  expect((await rows(pool, "OrderLine")).map(({ shopifyLineId }) => shopifyLineId)).toEqual(["12", "13"]);
  expect((await rows(pool, "Order"))[0]).toMatchObject({ createdAt: first?.createdAt as Date });
  expect((await rows(pool, "ChangeFeed")).filter(({ entity }) => entity === "order")).toMatchObject([
    { entityId: "1", change: "created", parts: [] },
    { entityId: "1", change: "updated", parts: ["lines", "money"] },
  ]);
});

test("an amount that cannot be one of its currency fails its own order, naming the place", async ({
  database: { pool },
}) => {
  await store(pool, "product", product("90", "A"), product("91", "B"));
  await processPendingProducts(pool, run);
  await store(pool, "order", order({ id: "1", total: "200.001", outstanding: "200.00" }), order({ id: "2" }));
  expect(await processPendingOrders(pool, run)).toMatchObject({ created: 1, failed: 1 });
  const [failed] = await listFailed(pool, { shop, limit: 5 });
  expect(failed).toMatchObject({ id: "1", errorCode: "PAYLOAD_UNREADABLE" });
  expect(failed?.processingError).toContain("$.totalPriceSet");
});

test("law 11: another shop's catalogue answers for nobody else", async ({ database: { pool } }) => {
  await store(pool, "product", product("90", "A"), product("91", "B"));
  await pool.query(`UPDATE "ShopifyProductCache" SET shop = 'two.myshopify.com'`);
  await processPendingProducts(pool, { ...run, shop: "two.myshopify.com" });
  await store(pool, "order", order({ id: "1" }));
  expect(await processPendingOrders(pool, run)).toMatchObject({ failed: 1, created: 0 });
});

test("one order by itself ends in the same rows as in a batch, and again changes nothing", async ({
  database: { pool },
}) => {
  await store(pool, "product", product("90", "A"), product("91", "B"));
  await processPendingProducts(pool, run);
  await store(pool, "order", order({ id: "1" }));
  await processPendingOrders(pool, run);
  const written = async () => [
    await rows(pool, "Order"),
    await rows(pool, "OrderLine"),
    await rows(pool, "OrderCharge"),
  ];
  const inBatch = await written();
  await pool.query(`DELETE FROM "Order"; DELETE FROM "OrderLine"; DELETE FROM "OrderCharge"`);

  const settings = await loadSettings(pool, { shop });
  const slot = { shape: "bulk", shopifyUpdatedAt: null, triggeredAt: null };
  const raw = JSON.stringify(order({ id: "1" }));
  const snapshot = mergeOrderSlots([{ ...slot, decoded: decodeOrder("bulk", raw) }], []);
  const process = () =>
    inTransaction(pool, (tx) => processShopifyOrderToERP(tx, { shop, order: snapshot, settings, now }));
  expect(await process()).toBe("created");
  expect(await written()).toEqual(inBatch);
  expect(await process()).toBe("unchanged");
});
