import type { Db } from "#app/lib/db.server.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";
import type { IndexedSku, SkuIndex } from "./sku-index.ts";

/**
 * The part of the catalogue that a batch of orders names, in one statement.
 * Look up by variant id, then mapping, then SKU text.
 */
export async function loadSkuIndex(
  db: Db,
  { shop, variantIds, skuCodes }: { shop: string; variantIds: Iterable<string>; skuCodes: Iterable<string> },
): Promise<SkuIndex> {
  const codes = new Set<string>();
  for (const text of skuCodes) {
    const code = normaliseSkuCode(text);
    if (code !== null) codes.add(code);
  }
  const { rows } = await db.query<IndexedSku & { by: "variant" | "mapping" | "code"; key: string }>({
    name: "load-sku-index",
    text: SQL,
    values: [shop, [...new Set(variantIds)], [...codes]],
  });
  const index: SkuIndex = { byVariantId: new Map(), bySkuCode: new Map(), byMapping: new Map() };
  const maps = { variant: index.byVariantId, mapping: index.byMapping, code: index.bySkuCode };
  for (const { by, key, skuId, skuCode, productId } of rows) maps[by].set(key, { skuId, skuCode, productId });
  return index;
}

const SQL = `
  select 'variant' as by, "shopifyVariantId" as key, id as "skuId", "skuCode", "productId"
    from "Sku" where shop = $1 and "shopifyVariantId" = any($2)
  union all
  select 'mapping', mapping."shopifyVariantId", sku.id, sku."skuCode", sku."productId"
    from "SkuMapping" mapping join "Sku" sku on sku.shop = mapping.shop and sku.id = mapping."skuId"
   where mapping.shop = $1 and mapping."shopifyVariantId" = any($2)
  union all
  select 'code', "skuCode", min(id), "skuCode", min("productId")
    from "Sku" where shop = $1 and "skuCode" = any($3) group by "skuCode" having count(*) = 1`;
