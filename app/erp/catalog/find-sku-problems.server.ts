import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import { readProductEntry } from "./read-product-entry.ts";
import type { PayloadsOfEntry } from "./read-product-entry.ts";
import { reportSkuProblems } from "./report-sku-problems.ts";
import type { LabelledVariant, SkuReport } from "./report-sku-problems.ts";

/** Payloads read at a time: some 10 MB. */
const PAGE = 500;

export type SkuProblems = SkuReport & {
  /** Variants of which Shopify has told only the id so far (beyond a webhook's first 100): their texts are unknown. */
  untold: number;
  /** Products whose payload cannot be read; they are listed as failed. */
  unreadable: number;
};

/**
 * Duplicate and blank SKU texts of a shop by what Shopify has sent, all payloads of each product together, before anything is
 * processed. What the ERP has of them `listSkuProblems` tells.
 */
export async function findSkuProblems(db: Db, { shop }: { shop: string }): Promise<SkuProblems> {
  const { variants, untold, unreadable } = await listCachedVariants(db, shop);
  return { ...reportSkuProblems(variants), untold, unreadable };
}

type Told = { variants: LabelledVariant[]; untold: number; unreadable: number };

async function listCachedVariants(db: Db, shop: string): Promise<Told> {
  const told: Told = { variants: [], untold: 0, unreadable: 0 };
  let after = "";
  for (;;) {
    const entries = await readPage(db, shop, after);
    for (const entry of entries) {
      const product = readProduct(entry);
      if (product === null) told.unreadable++;
      else if (!product.deleted) {
        told.variants.push(...labelVariants(product));
        if (product.status !== "ARCHIVED" && product.variantIds !== null)
          told.untold += product.variantIds.length - product.variants.length;
      }
    }
    const last = entries.at(-1);
    if (last === undefined) return told;
    after = last.id;
  }
}

type StoredPayload = { rawData: string; shopifyUpdatedAt: Date | null; triggeredAt: Date | null };

/** Entries with all their payloads: a newer webhook's first 100 variants must not hide what a dump told of the others. */
async function readPage(db: Db, shop: string, after: string): Promise<PayloadsOfEntry[]> {
  const { rows } = await db.query<StoredPayload & { id: string; rawShape: string }>(
    `select id, "rawData", "rawShape", "shopifyUpdatedAt", "triggeredAt" from "ShopifyProductCache"
      where shop = $1 and id > $2 and "deletedAt" is null order by id limit ${String(PAGE)}`,
    [shop, after],
  );
  const others = await db.query<StoredPayload & { id: string; shape: string }>(
    `select id, shape, "rawData", "shopifyUpdatedAt", "triggeredAt" from "ShopifyCacheSlot"
      where shop = $1 and kind = 'product' and id = any($2)`,
    [shop, rows.map((row) => row.id)],
  );
  const slots = Map.groupBy(others.rows, (row) => row.id);
  return rows.map((row) => ({ ...row, slots: slots.get(row.id) ?? [] }));
}

function readProduct(entry: PayloadsOfEntry): ProductSnapshot | null {
  try {
    return readProductEntry(entry);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function labelVariants(product: ProductSnapshot): LabelledVariant[] {
  return product.variants.map((variant) => ({
    productId: null,
    shopifyProductId: product.id,
    shopifyVariantId: variant.id,
    title: `${product.title ?? ""} - ${variant.title ?? ""}`,
    skuText: variant.sku ?? null,
    archived: product.status === "ARCHIVED",
  }));
}
