import type { Db } from "#app/lib/db.server.ts";
import { lockSkuMappings } from "./lock-sku-mappings.server.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";
import type { IndexedSku, SkuIndex } from "./sku-index.ts";

/**
 * The part of the catalogue that a batch of orders names. A person's mapping goes before the variant's own SKU, and
 * that before a SKU text. Blank and duplicate texts are not in it; neither is a placeholder's, which was made from an
 * order's line and must answer for no other. Where exactly one real SKU has the placeholder's text, it stands for it.
 *
 * Until the transaction ends, nobody changes a mapping.
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
  const variants = [...new Set(variantIds)];
  if (variants.length > 0) await lockSkuMappings(db, { shop, to: "read" });
  const { rows } = await db.query<IndexedSku & { by: "variant" | "mapping" | "code"; key: string }>({
    name: "load-sku-index",
    text: SQL,
    values: [shop, variants, [...codes]],
  });
  const index: SkuIndex = { byVariantId: new Map(), bySkuCode: new Map(), byMapping: new Map() };
  const maps = { variant: index.byVariantId, mapping: index.byMapping, code: index.bySkuCode };
  for (const { by, key, skuId, skuCode, productId } of rows) maps[by].set(key, { skuId, skuCode, productId });
  return index;
}

const SQL = `
  select 'variant' as by, sku."shopifyVariantId" as key, coalesce(named.id, sku.id) as "skuId", sku."skuCode",
         coalesce(named."productId", sku."productId") as "productId"
    from "Sku" sku
    left join lateral (
      select min(id) as id, min("productId") as "productId" from "Sku" other
       where sku."isPlaceholder" and other.shop = $1 and other."skuCode" = sku."skuCode" and not other."isPlaceholder"
      having count(*) = 1) named on true
   where sku.shop = $1 and sku."shopifyVariantId" = any($2)
  union all
  select 'mapping', mapping."shopifyVariantId", sku.id, sku."skuCode", sku."productId"
    from "SkuMapping" mapping
    -- One by one by their key: of the variants asked for few are mapped, which the planner takes for many.
    cross join lateral (
      select * from "Sku" where "Sku".shop = mapping.shop and "Sku".id = mapping."skuId" offset 0) sku
   where mapping.shop = $1 and mapping."shopifyVariantId" = any($2)
  union all
  select 'code', "skuCode", min(id), "skuCode", min("productId")
    from "Sku" where shop = $1 and "skuCode" = any($3) and not "isPlaceholder" group by "skuCode" having count(*) = 1`;
