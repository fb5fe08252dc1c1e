/** S3 by webhooks alone: the order comes before the product of one of its lines. */
import { expect } from "vitest";
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { listFailed } from "#app/cache/list-failed.server.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { now, processOrders, rowsOf, shop, stockCatalogue, tell, theOrder } from "./a-story.ts";

/** products/create of a product with one variant. */
async function productCreated(pool: Pool, variantId: number, sku: string) {
  const raw = JSON.stringify({
    id: variantId * 10,
    title: "Dupatta",
    updated_at: "2026-11-21T10:00:00Z",
    options: [{ name: "Title", position: 1 }],
    variants: [
      { id: variantId, sku, option1: "Default Title", inventory_item_id: variantId, price: "50.00" },
    ],
    variant_gids: [{ admin_graphql_api_id: `gid://shopify/ProductVariant/${variantId}` }],
  });
  const at = { shopifyUpdatedAt: "2026-11-21T10:00:00Z", triggeredAt: null };
  const payloads = [{ id: String(variantId * 10), shape: "rest" as const, raw, ...at }];
  await ingestPayloads(pool, { shop, kind: "product", source: "webhook", payloads, now });
  await processPendingProducts(pool, { shop, limit: Infinity, now });
}

test("S3: two lines, one of an unknown SKU: Failed naming it, no half order; the product's webhook completes it", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool, ["90"]);
  await tell(pool, { lines: [{ id: "11" }, { id: "12", variantId: "777", sku: "DUPATTA", price: "50.00" }] });
  expect(await processOrders(pool)).toMatchObject({ created: 0, failed: 1 });
  expect(await listFailed(pool, { shop, limit: 5 })).toMatchObject([
    { id: "1001", errorCode: "SKU_NOT_FOUND", processingError: "SKU not found: DUPATTA" },
  ]);
  for (const table of ["Order", "OrderLine", "OrderCharge", "Parcel"])
    expect(await rowsOf(pool, table)).toEqual([]);

  await productCreated(pool, 778, "ANOTHER");
  expect(await processOrders(pool)).toMatchObject({ created: 0 });
  await productCreated(pool, 777, "DUPATTA");
  expect(await processOrders(pool)).toMatchObject({ created: 1, failed: 0 });
  expect(await theOrder(pool)).toMatchObject({ status: "open", totalAmount: "150.00" });
  expect(await rowsOf(pool, "OrderLine", `"skuCode", "skuId" IS NOT NULL AS known`)).toEqual([
    { skuCode: "SKU-90", known: true },
    { skuCode: "DUPATTA", known: true },
  ]);
});
