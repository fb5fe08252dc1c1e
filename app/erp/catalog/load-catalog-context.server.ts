import type { Db } from "#app/lib/db.server.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { CatalogContext } from "./catalog-state.ts";
import { rejectionKey } from "./catalog-state.ts";
import { findProducts, findSkus, findVariations } from "./find-catalog-rows.server.ts";
import { findSharedSkuCodes } from "./find-shared-sku-codes.server.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";
import { productName } from "./place-product.ts";

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

  const linked = await findProducts(db, shop, `"shopifyProductId" = any($2) or "shopifyProductIds" && $2`, [
    shopifyIds,
  ]);
  const byVariant = await findSkus(db, shop, `"shopifyVariantId" = any($2)`, [variantIds]);
  const { rows: mapped } = await db.query<{ shopifyVariantId: string; skuId: string }>(
    `select "shopifyVariantId", "skuId" from "SkuMapping" where shop = $1 and "shopifyVariantId" = any($2)`,
    [shop, variantIds],
  );
  const known = new Set([
    ...byVariant.filter((sku) => !sku.isPlaceholder).map((sku) => sku.shopifyVariantId),
    ...mapped.map((row) => row.shopifyVariantId),
  ]);
  const fresh = variants.filter((variant) => !known.has(variant.id));
  const codes = unique(fresh.map((variant) => normaliseSkuCode(variant.sku)));
  const mappedIds = unique(mapped.map((row) => row.skuId));
  const skus = [...byVariant];
  if (codes.length > 0 || mappedIds.length > 0)
    skus.push(...(await findSkus(db, shop, `"skuCode" = any($2) or id = any($3)`, [codes, mappedIds])));

  // An archived one may be an order's placeholder: such a link settles nothing.
  const settled = linked.filter((product) => product.archivedAt === null);
  const settledIds = new Set(settled.flatMap((product) => product.shopifyProductIds));
  const names = unique(snapshots.filter(({ id }) => !settledIds.has(id)).map(productName));
  const ids = unique(skus.map((sku) => sku.productId));
  const products = [...linked];
  if (ids.length > 0 || names.length > 0)
    products.push(...(await findProducts(db, shop, `id = any($2) or name = any($3)`, [ids, names])));
  const productIds = unique(products.map((product) => product.id));
  const variations = await findVariations(db, shop, productIds);
  const siblings = await findSkus(db, shop, `"productId" = any($2)`, [productIds]);

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
    rejections: await findRejections(db, { shop, shopifyIds }),
  };
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

async function findRejections(
  db: Db,
  { shop, shopifyIds }: { shop: string; shopifyIds: string[] },
): Promise<Set<string>> {
  const { rows } = await db.query<{ shopifyProductId: string; productId: string }>(
    `select "shopifyProductId", "productId" from "ProductProposal"
      where shop = $1 and "shopifyProductId" = any($2) and status = 'rejected'`,
    [shop, shopifyIds],
  );
  return new Set(rows.map((row) => rejectionKey(row.shopifyProductId, row.productId)));
}

function unique(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
