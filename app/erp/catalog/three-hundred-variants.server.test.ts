import type { Pool } from "pg";
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findSkuProblems } from "./find-sku-problems.server.ts";
import {
  aNode,
  aRestBody,
  count,
  ingest,
  ingestWebhook,
  later,
  process,
  shop,
} from "./test-products.server.ts";

const variants = Array.from({ length: 300 }, (_, n) => ({
  id: 1000 + n,
  options: { Colour: `Shade ${String(n % 30)}`, Size: String(Math.floor(n / 30)) },
  // The last of all has the first's text: a problem beyond what a webhook tells.
  sku: n === 299 ? "BIG-0" : `BIG-${String(n)}`,
}));
const node = aNode(4, "Big one", variants);
const body = aRestBody(4, "Big one", variants);

/** All that was made, without ids and times of our own. */
async function rows(pool: Pool): Promise<unknown[]> {
  const found = await pool.query<Record<string, unknown>>(
    `select product.name, product.status, product."shopifyProductIds", product.description, product.vendor, product.tags,
            variation.name as variation, variation.axis, variation.position as "variationPosition",
            variation."shopifySourceProductId", variation."archivedAt" as "variationArchivedAt",
            sku."shopifyVariantId", sku."skuCode", sku.size, sku.options, sku.title, sku.price, sku.tracked,
            sku."requiresShipping", sku."shopifyInventoryItemId", sku.position, sku."archivedAt"
       from "Sku" sku
       join "Variation" variation on variation.shop = sku.shop and variation.id = sku."variationId"
       join "Product" product on product.shop = sku.shop and product.id = sku."productId"
      where sku.shop = $1 order by sku."shopifyVariantId"`,
    [shop],
  );
  return found.rows;
}
const needsFetch = (pool: Pool) => count(pool, "ShopifyProductCache", `"needsFetch" is not null`);
const living = (pool: Pool) => count(pool, "Sku", `"archivedAt" is null`);

test("300 variants by bulk are whole at once", async ({ database: { pool } }) => {
  await ingest(pool, [node]);
  expect(await process(pool)).toMatchObject({ created: 1 });
  expect([await count(pool, "Variation"), await living(pool), await needsFetch(pool)]).toEqual([30, 300, 0]);
});

test("300 variants by webhook are 100 and a wish to fetch; the fetched answer completes them, the webhook again takes nothing away", async ({
  database: { pool },
}) => {
  await ingestWebhook(pool, body);
  await process(pool);
  expect([await living(pool), await needsFetch(pool)]).toEqual([100, 1]);

  await ingest(pool, [node], { shape: "detail", at: later });
  await process(pool, later);
  expect([await living(pool), await needsFetch(pool)]).toEqual([300, 0]);

  const dearer = { ...body, updated_at: "2026-11-03T00:00:00Z", title: "Bigger one" };
  await ingestWebhook(pool, dearer, later);
  expect(await process(pool, later)).toMatchObject({ updated: 1 });
  expect([await living(pool), await count(pool, "Sku"), await needsFetch(pool)]).toEqual([300, 300, 0]);
  expect(await count(pool, "Product", `name = 'Bigger one'`)).toBe(1);
});

test("a webhook that lists 299 of them archives the one that is gone, though it tells only 100", async ({
  database: { pool },
}) => {
  await ingest(pool, [node]);
  await process(pool);
  const left = variants.filter((variant) => variant.id !== 1250);
  await ingestWebhook(pool, aRestBody(4, "Big one", left, { updated_at: "2026-11-03T00:00:00Z" }), later);
  await process(pool, later);
  const archived = await pool.query(`select "shopifyVariantId" from "Sku" where "archivedAt" is not null`);
  expect(archived.rows).toEqual([{ shopifyVariantId: "1250" }]);
  expect(await needsFetch(pool)).toBe(0);
});

test.for(["bulk", "detail"] as const)(
  "webhook and %s, in either order of arrival, processed between or only at the end, end in the same rows (law 4)",
  async (shape, { database: { pool } }) => {
    const webhook = () => ingestWebhook(pool, body);
    const whole = () => ingest(pool, [node], { shape });
    const run = () => process(pool);
    const roads = [
      [whole, run],
      [webhook, run, whole, run],
      [whole, run, webhook, run],
      [webhook, whole, run],
      [whole, webhook, run],
      [webhook, run, whole, run, webhook, run],
    ];
    let first: unknown[] | null = null;
    for (const road of roads) {
      await pool.query(
        `truncate "ShopifyProductCache", "ShopifyCacheSlot", "ShopifyPayloadHistory", "Product", "Variation", "Sku"`,
      );
      for (const step of road) await step();
      const end = await rows(pool);
      expect(end).toHaveLength(300);
      first ??= end;
      expect(end).toEqual(first);
      expect(await needsFetch(pool)).toBe(0);
    }
  },
);

test("blank and duplicate SKU texts beyond a webhook's first 100 are reported before the first sync, and what is unknown is said", async ({
  database: { pool },
}) => {
  await ingestWebhook(pool, { ...body, updated_at: "2026-11-03T00:00:00Z" });
  expect(await findSkuProblems(pool, { shop })).toMatchObject({
    variants: 100,
    untold: 200,
    duplicates: [],
  });
  await ingest(pool, [node]);
  const report = await findSkuProblems(pool, { shop });
  expect(report).toMatchObject({ variants: 300, untold: 0, unreadable: 0, blank: [] });
  expect(report.duplicates).toMatchObject([
    { skuCode: "BIG-0", variants: [{ shopifyVariantId: "1000" }, { shopifyVariantId: "1299" }] },
  ]);
});
