/** Cached products for the tests of this module, as Shopify tells them by either road. */
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { processPendingProducts } from "./process-pending-products.server.ts";

export const shop = "loom.myshopify.com";
export const now = new Date("2026-11-22T10:00:00Z");
export const later = new Date("2026-11-22T11:00:00Z");

export type VariantSketch = {
  id: number;
  options?: Record<string, string>;
  sku?: string | null;
  price?: string;
};

/** A node of a bulk file or of an answer to a query. */
export function aNode(
  id: number,
  title: string,
  variants: VariantSketch[],
  rest: Record<string, unknown> = {},
) {
  return {
    __typename: "Product",
    id: `gid://shopify/Product/${String(id)}`,
    updatedAt: "2026-11-01T00:00:00Z",
    title,
    handle: `handle-${String(id)}`,
    descriptionHtml: "<p>Soft\u0000</p>",
    vendor: "Loom",
    status: "ACTIVE",
    tags: ["a", "b"],
    variants: variants.map((variant, index) => ({
      __typename: "ProductVariant",
      id: `gid://shopify/ProductVariant/${String(variant.id)}`,
      sku: variant.sku ?? null,
      position: index + 1,
      price: variant.price ?? "999.00",
      selectedOptions: Object.entries(variant.options ?? { Title: "Default Title" }).map(([name, value]) => ({
        name,
        value,
      })),
      inventoryItem: { id: `gid://shopify/InventoryItem/${String(variant.id)}0`, tracked: true },
    })),
    ...rest,
  };
}

/** What a webhook tells of the same product: the first 100 variants in full, the ids of all. */
export function aRestBody(
  id: number,
  title: string,
  variants: VariantSketch[],
  rest: Record<string, unknown> = {},
) {
  const gid = (variant: VariantSketch) => `gid://shopify/ProductVariant/${String(variant.id)}`;
  const names = Object.keys(variants[0]?.options ?? { Title: "Default Title" });
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Product/${String(id)}`,
    updated_at: "2026-11-01T00:00:00Z",
    title,
    handle: `handle-${String(id)}`,
    body_html: "<p>Soft\u0000</p>",
    vendor: "Loom",
    status: "active",
    tags: "a, b",
    options: names.map((name, index) => ({ name, position: index + 1 })),
    variants: variants.slice(0, 100).map((variant, index) => {
      const values = Object.values(variant.options ?? { Title: "Default Title" });
      return {
        id: variant.id,
        admin_graphql_api_id: gid(variant),
        sku: variant.sku ?? null,
        position: index + 1,
        price: variant.price ?? "999.00",
        option1: values[0] ?? null,
        option2: values[1] ?? null,
        option3: values[2] ?? null,
        inventory_item_id: variant.id * 10,
      };
    }),
    variant_gids: variants.map((variant) => ({ admin_graphql_api_id: gid(variant) })),
    ...rest,
  };
}

export async function ingest(
  pool: Pool,
  nodes: readonly object[],
  { at = now, shape = "bulk" }: { at?: Date; shape?: "bulk" | "detail" } = {},
) {
  const payloads = nodes.map((node) => {
    const { id, updatedAt, title } = node as { id: string; updatedAt: string; title: string };
    return {
      id: id.split("/").at(-1) ?? "",
      shape,
      raw: JSON.stringify(node),
      shopifyUpdatedAt: updatedAt,
      // An answer bears when it was asked for.
      triggeredAt: shape === "detail" ? at.toISOString() : null,
      header: { title, handle: null },
    };
  });
  const source = shape === "bulk" ? "dump" : "fetch";
  return ingestPayloads(pool, { shop, kind: "product", source, payloads, now: at });
}

export async function ingestWebhook(
  pool: Pool,
  body: { id: number; updated_at: string; title: string },
  at = now,
) {
  const payload = {
    id: String(body.id),
    shape: "rest" as const,
    raw: JSON.stringify(body),
    shopifyUpdatedAt: body.updated_at,
    triggeredAt: body.updated_at,
    header: { title: body.title, handle: null },
  };
  return ingestPayloads(pool, { shop, kind: "product", source: "webhook", payloads: [payload], now: at });
}

export const process = (pool: Pool, at = now) =>
  processPendingProducts(pool, { shop, limit: 10_000, now: at });

export async function count(pool: Pool, table: string, where = "true"): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from "${table}" where shop = $1 and ${where}`,
    [shop],
  );
  return rows[0]?.n ?? -1;
}

/** A product that began in the ERP: one variation, the SKUs by id and text. */
export async function insertErpProduct(
  pool: Pool,
  { id, name, skus }: { id: string; name: string; skus: Record<string, string | null> },
): Promise<void> {
  await pool.query(`insert into "Product" (shop, id, name, status) values ($1, $2, $3, 'ACTIVE')`, [
    shop,
    id,
    name,
  ]);
  await pool.query(
    `insert into "Variation" (shop, id, "productId", name) values ($1, 'v-' || $2, $2, 'Default')`,
    [shop, id],
  );
  await pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title)
      select $1, sku.id, $2, 'v-' || $2, sku.code, sku.id from unnest($3::text[], $4::text[]) as sku(id, code)`,
    [shop, id, Object.keys(skus), Object.values(skus)],
  );
}

/** A cached order and its lines as the processor leaves them: a variant and its SKU for each. */
export async function insertProcessedOrder(
  db: Db,
  { id, lines }: { id: string; lines: { shopifyVariantId: string; skuId: string | null }[] },
): Promise<void> {
  await db.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "processedAt")
      values ($1, $2, '{}', 'bulk', 'h', 'dump', $3)`,
    [shop, id, now],
  );
  await db.query(
    `insert into "OrderLine" (shop, "shopifyOrderId", "shopifyLineId", position, "skuId", title, "shopifyVariantId", qty,
         "unitPrice", "lineTotal", "discountAmount", "taxAmount", "lineStatus")
      select $1, $2, row_number() over (), 0, line.sku, 'Line', line.variant, 1, 0, 0, 0, 0, 'pending'
        from unnest($3::text[], $4::text[]) as line(variant, sku)`,
    [shop, id, lines.map((line) => line.shopifyVariantId), lines.map((line) => line.skuId)],
  );
}

/** Ids of the orders that wait to be processed. */
export async function pendingOrders(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from "ShopifyOrderCache" where shop = $1 and "processedAt" is null order by id`,
    [shop],
  );
  return rows.map((row) => row.id);
}

/** A product of three variants in two colours. */
export const shirt = aNode(1, "Classic Cotton Shirt", [
  { id: 11, options: { Color: "White", Size: "S" }, sku: "CSH-WHT-S" },
  { id: 12, options: { Color: "White", Size: "M" }, sku: "CSH-WHT-M" },
  { id: 13, options: { Color: "Blue", Size: "S" }, sku: "CSH-BLU-S" },
]);
