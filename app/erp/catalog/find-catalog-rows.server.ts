import type { QueryResultRow } from "pg";
import type { Db } from "#app/lib/db.server.ts";
import type { ProductRow, SkuRow, VariationRow } from "./catalog-rows.ts";

const PRODUCT = `id, name, handle, description, vendor, "productType", status, tags, "shopifyProductId",
  "shopifyProductIds", "isGiftCard", "archivedAt"`;
const VARIATION = `id, "productId", axis, name, "shopifySourceProductId", position, "archivedAt"`;
const SKU = `id, "productId", "variationId", "skuCode", size, options, title, barcode, price, "compareAtPrice",
  "weightGrams", tracked, "requiresShipping", "isBundle", "isPlaceholder", "shopifyVariantId",
  "shopifyInventoryItemId", position, "archivedAt"`;

/** @param condition over the table's columns; `$1` is the shop, which is asked for by itself */
export function findProducts(
  db: Db,
  shop: string,
  condition: string,
  values: unknown[],
): Promise<ProductRow[]> {
  return find(db, `select ${PRODUCT} from "Product" where shop = $1 and (${condition})`, [shop, ...values]);
}

/** All variations of these products. */
export function findVariations(db: Db, shop: string, productIds: readonly string[]): Promise<VariationRow[]> {
  return find(db, `select ${VARIATION} from "Variation" where shop = $1 and "productId" = any($2)`, [
    shop,
    productIds,
  ]);
}

/** @param condition as for `findProducts` */
export function findSkus(db: Db, shop: string, condition: string, values: unknown[]): Promise<SkuRow[]> {
  return find(db, `select ${SKU} from "Sku" where shop = $1 and (${condition})`, [shop, ...values]);
}

type Stored<Row> = Omit<Row, "archivedAt"> & { archivedAt: Date | null };

async function find<Row extends { archivedAt: string | null }>(
  db: Db,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await db.query<Stored<Row> & QueryResultRow>(text, values);
  return rows.map((row) => ({ ...row, archivedAt: row.archivedAt?.toISOString() ?? null }) as unknown as Row);
}
