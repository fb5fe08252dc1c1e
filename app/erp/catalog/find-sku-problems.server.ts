import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { readProductEntry } from "./read-product-entry.ts";
import { reportSkuProblems } from "./report-sku-problems.ts";
import type { LabelledVariant, SkuReport } from "./report-sku-problems.ts";

/** Payloads read at a time: some 10 MB. */
const PAGE = 500;

/**
 * Duplicate and blank SKU texts of a shop: "cache" is what Shopify says, before anything is
 * processed; "erp" the living catalogue. Unreadable payloads are left out (they are listed as failed).
 */
export async function findSkuProblems(
  db: Db,
  { shop, of }: { shop: string; of: "cache" | "erp" },
): Promise<SkuReport> {
  return reportSkuProblems(of === "erp" ? await listErpSkus(db, shop) : await listCachedVariants(db, shop));
}

async function listErpSkus(db: Db, shop: string): Promise<LabelledVariant[]> {
  const { rows } = await db.query<LabelledVariant>(
    `select variation."shopifySourceProductId" as "shopifyProductId", sku."shopifyVariantId", sku.title, sku."skuCode" as "skuText"
       from "Sku" sku join "Variation" variation on variation.shop = sku.shop and variation.id = sku."variationId"
      where sku.shop = $1 and sku."archivedAt" is null
      order by sku.id`,
    [shop],
  );
  return rows;
}

async function listCachedVariants(db: Db, shop: string): Promise<LabelledVariant[]> {
  const variants: LabelledVariant[] = [];
  let after = "";
  for (;;) {
    const { rows } = await db.query<CachedProduct>(
      `select id, "rawData", "rawShape", "shopifyUpdatedAt", "triggeredAt" from "ShopifyProductCache"
        where shop = $1 and id > $2 and "deletedAt" is null order by id limit ${String(PAGE)}`,
      [shop, after],
    );
    for (const row of rows) variants.push(...readVariants(row));
    const last = rows.at(-1);
    if (last === undefined) return variants;
    after = last.id;
  }
}

type CachedProduct = {
  id: string;
  rawData: string;
  rawShape: string;
  shopifyUpdatedAt: Date | null;
  triggeredAt: Date | null;
};

function readVariants(row: CachedProduct): LabelledVariant[] {
  try {
    const product = readProductEntry({ ...row, slots: [] });
    if (product.deleted || product.status === "ARCHIVED") return [];
    return product.variants.map((variant) => ({
      shopifyProductId: product.id,
      shopifyVariantId: variant.id,
      title: `${product.title ?? ""} - ${variant.title ?? ""}`,
      skuText: variant.sku ?? null,
    }));
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
