import type { Db } from "#app/lib/db.server.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { CatalogContext } from "./catalog-state.ts";
import type { ProductRow, SkuRow, VariationRow } from "./catalog-rows.ts";
import { findSharedSkuCodes } from "./find-shared-sku-codes.server.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";
import { productName } from "./place-product.ts";

const PRODUCT = `id, name, handle, description, vendor, "productType", status, tags, "shopifyProductId",
  "shopifyProductIds", "isGiftCard", "archivedAt"`;
const VARIATION = `id, "productId", axis, name, "shopifySourceProductId", position, "archivedAt"`;
const SKU = `id, "productId", "variationId", "skuCode", size, options, title, barcode, price, "compareAtPrice",
  "weightGrams", tracked, "requiresShipping", "isBundle", "isPlaceholder", "shopifyVariantId",
  "shopifyInventoryItemId", position, "archivedAt"`;

type Stored<Row> = Omit<Row, "archivedAt"> & { archivedAt: Date | null };

/**
 * Everything the rules may ask about the catalogue for these Shopify products: a handful of set-based
 * questions, however many products. Call it under `lockCatalog`.
 */
export async function loadCatalogContext(
  db: Db,
  { shop, snapshots }: { shop: string; snapshots: readonly ProductSnapshot[] },
): Promise<CatalogContext> {
  const shopifyIds = snapshots.map((snapshot) => snapshot.id);
  const variants = snapshots.flatMap((snapshot) => snapshot.variants);
  const variantIds = variants.map((variant) => variant.id);

  const linked = await find<ProductRow>(
    db,
    `select ${PRODUCT} from "Product" where shop = $1 and ("shopifyProductId" = any($2) or "shopifyProductIds" && $2)`,
    [shop, shopifyIds],
  );
  const byVariant = await find<SkuRow>(
    db,
    `select ${SKU} from "Sku" where shop = $1 and "shopifyVariantId" = any($2)`,
    [shop, variantIds],
  );
  const { rows: mapped } = await db.query<{ shopifyVariantId: string; skuId: string }>(
    `select "shopifyVariantId", "skuId" from "SkuMapping" where shop = $1 and "shopifyVariantId" = any($2)`,
    [shop, variantIds],
  );
  const known = new Set([
    ...byVariant.map((sku) => sku.shopifyVariantId),
    ...mapped.map((row) => row.shopifyVariantId),
  ]);
  const fresh = variants.filter((variant) => !known.has(variant.id));
  const codes = unique(fresh.map((variant) => normaliseSkuCode(variant.sku)));
  const skus = [
    ...byVariant,
    ...(await loadSkus(db, { shop, codes, ids: unique(mapped.map((row) => row.skuId)) })),
  ];

  const linkedIds = new Set(linked.flatMap((product) => product.shopifyProductIds));
  const names = unique(snapshots.filter(({ id }) => !linkedIds.has(id)).map(productName));
  const products = [
    ...linked,
    ...(await loadProducts(db, { shop, ids: unique(skus.map((sku) => sku.productId)), names })),
  ];
  const productIds = unique(products.map((product) => product.id));
  const variations = await find<VariationRow>(
    db,
    `select ${VARIATION} from "Variation" where shop = $1 and "productId" = any($2)`,
    [shop, productIds],
  );
  const siblings = await find<SkuRow>(
    db,
    `select ${SKU} from "Sku" where shop = $1 and "productId" = any($2)`,
    [shop, productIds],
  );

  const attachable = unique(skus.filter((sku) => sku.shopifyVariantId === null).map((sku) => sku.skuCode));
  const adoptable = products.filter((product) => product.shopifyProductIds.length === 0);
  return {
    products,
    variations,
    skus: [...skus, ...siblings],
    mappings: new Map(mapped.map((row) => [row.shopifyVariantId, row.skuId])),
    sharedSkuCodes: await findSharedSkuCodes(db, {
      shop,
      codes: attachable,
      variants,
      shopifyProductIds: shopifyIds,
    }),
    sharedTitles: await findSharedTitles(db, {
      shop,
      names: adoptable.map((product) => product.name),
      snapshots,
    }),
  };
}

/** SKUs by text (blank ones never are in `codes`) or by id. */
async function loadSkus(
  db: Db,
  { shop, codes, ids }: { shop: string; codes: string[]; ids: string[] },
): Promise<SkuRow[]> {
  if (codes.length === 0 && ids.length === 0) return [];
  return find(db, `select ${SKU} from "Sku" where shop = $1 and ("skuCode" = any($2) or id = any($3))`, [
    shop,
    codes,
    ids,
  ]);
}

async function loadProducts(
  db: Db,
  { shop, ids, names }: { shop: string; ids: string[]; names: string[] },
): Promise<ProductRow[]> {
  if (ids.length === 0 && names.length === 0) return [];
  return find(db, `select ${PRODUCT} from "Product" where shop = $1 and (id = any($2) or name = any($3))`, [
    shop,
    ids,
    names,
  ]);
}

/** Names that several Shopify products carry. Asked only for names an unlinked ERP product has: hardly ever. */
async function findSharedTitles(
  db: Db,
  { shop, names, snapshots }: { shop: string; names: string[]; snapshots: readonly ProductSnapshot[] },
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const { rows } = await db.query<{ id: string; name: string }>(
    `select id, regexp_replace(btrim(title), '\\s+', ' ', 'g') as name from "ShopifyProductCache"
      where shop = $1 and "deletedAt" is null and regexp_replace(btrim(title), '\\s+', ' ', 'g') = any($2)`,
    [shop, names],
  );
  const carriers = new Map<string, Set<string>>();
  for (const { id, name } of [...rows, ...snapshots.map((s) => ({ id: s.id, name: productName(s) }))])
    carriers.set(name, (carriers.get(name) ?? new Set()).add(id));
  return new Set([...carriers].filter(([, ids]) => ids.size > 1).map(([name]) => name));
}

async function find<Row extends { archivedAt: string | null }>(
  db: Db,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await db.query<Stored<Row> & Record<string, unknown>>(text, values);
  return rows.map((row) => ({ ...row, archivedAt: row.archivedAt?.toISOString() ?? null }) as unknown as Row);
}

function unique(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
