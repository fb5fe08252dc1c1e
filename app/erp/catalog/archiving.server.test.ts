import { describe, expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";
import { count, ingest, later, now, process, shirt, shop } from "./test-products.server.ts";

describe("archiving", () => {
  test("a variant that a complete list no longer has is archived, never removed, and orders still find it", async ({
    database: { pool },
  }) => {
    await ingest(pool, [shirt]);
    await process(pool);
    await ingest(
      pool,
      [{ ...shirt, updatedAt: "2026-11-02T00:00:00Z", variants: shirt.variants.slice(0, 2) }],
      { at: later },
    );
    expect(await process(pool, later)).toMatchObject({ updated: 1 });
    expect([await count(pool, "Sku"), await count(pool, "Sku", `"archivedAt" is not null`)]).toEqual([3, 1]);
    const index = await loadSkuIndex(pool, { shop, variantIds: ["13"], skuCodes: [] });
    expect(index.byVariantId.get("13")?.skuCode).toBe("CSH-BLU-S");
  });

  test("a webhook's first hundred variants archive none of the others", async ({ database: { pool } }) => {
    await ingest(pool, [shirt]);
    await process(pool);
    const body = {
      id: 1,
      admin_graphql_api_id: "gid://shopify/Product/1",
      title: "Classic Shirt",
      status: "active",
      variants: [
        {
          id: 11,
          admin_graphql_api_id: "gid://shopify/ProductVariant/11",
          option1: "White",
          option2: "S",
          sku: "CSH-WHT-S",
          price: "899.00",
          position: 1,
        },
      ],
      options: [
        { name: "Color", position: 1 },
        { name: "Size", position: 2 },
      ],
    };
    const payload = {
      id: "1",
      shape: "rest" as const,
      raw: JSON.stringify(body),
      shopifyUpdatedAt: "2026-11-02T00:00:00Z",
      triggeredAt: null,
    };
    await ingestPayloads(pool, { shop, kind: "product", source: "webhook", payloads: [payload], now: later });
    expect(await process(pool, later)).toMatchObject({ updated: 1 });
    expect(await count(pool, "Sku", `"archivedAt" is not null`)).toBe(0);
    const { rows } = await pool.query(
      `select name, price from "Product" p join "Sku" s on s."productId" = p.id where s."shopifyVariantId" = '11'`,
    );
    expect(rows).toEqual([{ name: "Classic Shirt", price: "899" }]);
  });

  test("variants that a webhook only lists are asked for until a payload tells them", async ({
    database: { pool },
  }) => {
    const gid = (id: number) => `gid://shopify/ProductVariant/${String(id)}`;
    const body = {
      admin_graphql_api_id: "gid://shopify/Product/1",
      title: "Classic Cotton Shirt",
      variants: [{ admin_graphql_api_id: gid(11), option1: "White", sku: "CSH-WHT-S", position: 1 }],
      options: [{ name: "Color", position: 1 }],
      variant_gids: [11, 12, 13].map((id) => ({ admin_graphql_api_id: gid(id) })),
    };
    const payload = {
      id: "1",
      shape: "rest" as const,
      raw: JSON.stringify(body),
      shopifyUpdatedAt: "2026-10-02T00:00:00Z",
      triggeredAt: null,
    };
    await ingestPayloads(pool, { shop, kind: "product", source: "webhook", payloads: [payload], now });
    await process(pool);
    expect(await count(pool, "ShopifyProductCache", `"needsFetch" is not null`)).toBe(1);
    await ingest(pool, [shirt], { at: later });
    await process(pool, later);
    expect(await count(pool, "ShopifyProductCache", `"needsFetch" is not null`)).toBe(0);
    expect(await count(pool, "Sku", `"archivedAt" is null`)).toBe(3);
  });

  test("a product that Shopify says is deleted is archived", async ({ database: { pool } }) => {
    await ingest(pool, [shirt]);
    await process(pool);
    const payload = {
      id: "1",
      shape: "rest" as const,
      raw: '{"id":1}',
      shopifyUpdatedAt: null,
      triggeredAt: "2026-11-02T00:00:00Z",
    };
    await ingestPayloads(pool, { shop, kind: "product", source: "webhook", payloads: [payload], now: later });
    await process(pool, later);
    expect(await count(pool, "Product", `"archivedAt" is not null and name = 'Classic Cotton Shirt'`)).toBe(
      1,
    );
  });
});
