import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { Db } from "#app/lib/db.server.ts";

/** What the ERP has made of a cache entry: which record, and what a person knows it by. */
export type ErpRecord = { of: "order" | "product" | "customer"; id: string; name: string };

/** A stock level leads to the product of its SKU. */
const statements: Record<QueuedKind, string> = {
  order: `select 'order' as of, "shopifyOrderId" as id, "orderNumber" as name from "Order"
    where shop = $1 and "shopifyOrderId" = $2`,
  product: `select 'product' as of, id, name from "Product"
    where shop = $1 and ("shopifyProductId" = $2 or "shopifyProductIds" @> array[$2]) order by "shopifyProductId" = $2 desc nulls last limit 1`,
  customer: `select 'customer' as of, id, coalesce(nullif(concat_ws(' ', "firstName", "lastName"), ''), email, phone, id) as name from "Customer"
    where shop = $1 and "shopifyCustomerId" = $2`,
  inventory: `select 'product' as of, s."productId" as id, coalesce(s."skuCode", s.title) as name
    from "ShopifyInventoryCache" c join "Sku" s on s.shop = $1 and s.id = c."skuId" where c.shop = $1 and c.id = $2`,
};

/** The ERP record of a cache entry; null while there is none. */
export async function findErpRecord(
  db: Db,
  { shop, kind, id }: { shop: string; kind: QueuedKind; id: string },
): Promise<ErpRecord | null> {
  const { rows } = await db.query<ErpRecord>(statements[kind], [shop, id]);
  return rows[0] ?? null;
}
