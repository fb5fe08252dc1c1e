import type { Db } from "#app/lib/db.server.ts";
import type { ProductPage, ProductSource, SkuStock, VariantMapping } from "./catalogue-views.ts";
import { mappingColumns } from "./list-sku-mappings.server.ts";
import { loadProduct } from "./load-product.server.ts";

/** A product with everything its page shows; null where the shop has none of that id. */
export async function loadProductPage(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<ProductPage | null> {
  const found = await loadProduct(db, { shop, id });
  if (!found) return null;
  const { variations, ...product } = found;
  const skus = variations.flatMap((variation) => variation.skus);
  const skuIds = skus.map((sku) => sku.id);
  const [stock, mappings, sources, rest] = await Promise.all([
    loadStock(db, shop, skuIds),
    db.query<VariantMapping>(
      `select ${mappingColumns} from "SkuMapping" o where o.shop = $1 and o."skuId" = any($2) order by o."createdAt", o."shopifyVariantId"`,
      [shop, skuIds],
    ),
    loadSources(db, { shop, id, shopifyProductIds: product.shopifyProductIds }),
    db.query<{ openProposals: number; currency: string | null }>(
      `select (select currency from "Shop" where shop = $1) as currency,
              (select count(*)::int from "ProductProposal" where shop = $1 and status = 'open'
                and ("productId" = $2 or "shopifyProductId" = any($3))) as "openProposals"`,
      [shop, id, product.shopifyProductIds],
    ),
  ]);
  return {
    product,
    variations: variations.map((variation) => ({
      ...variation,
      skus: variation.skus.map((sku) => ({ ...sku, stock: stock.get(sku.id) ?? [] })),
    })),
    sources,
    mappings: mappings.rows,
    openProposals: rest.rows[0]?.openProposals ?? 0,
    currency: rest.rows[0]?.currency ?? null,
  };
}

async function loadStock(db: Db, shop: string, skuIds: readonly string[]): Promise<Map<string, SkuStock[]>> {
  const { rows } = await db.query<SkuStock & { skuId: string }>(
    `select level."skuId", level."shopifyLocationId" as "locationId", place.name as location, level."availableQty" as available
       from "ShopifyInventoryCache" level
       left join "ShopifyLocation" place on place.shop = $1 and place.id = level."shopifyLocationId"
      where level.shop = $1 and level."skuId" = any($2) and level."deletedAt" is null and level."lastSynced" is not null
      order by place.name, level."shopifyLocationId"`,
    [shop, skuIds],
  );
  const levels = new Map<string, SkuStock[]>();
  for (const { skuId, ...level } of rows) levels.set(skuId, [...(levels.get(skuId) ?? []), level]);
  return levels;
}

/** Every Shopify product that feeds it, and who said so where a person did. */
async function loadSources(
  db: Db,
  { shop, id, shopifyProductIds }: { shop: string; id: string; shopifyProductIds: readonly string[] },
): Promise<ProductSource[]> {
  const { rows } = await db.query<ProductSource>(
    `select source.id as "shopifyProductId", cached.title, cached."deletedAt" is not null as deleted,
            (select count(*)::int from "Sku" s join "Variation" v on v.shop = $1 and v.id = s."variationId"
              where s.shop = $1 and s."productId" = $2 and s."shopifyVariantId" is not null
                and v."shopifySourceProductId" = source.id) as linked,
            case when decided."decidedBy" is not null then json_build_object('by', decided."decidedBy",
              'at', to_char(decided."decidedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as accepted
       from unnest($3::text[]) with ordinality as source(id, place)
       left join "ShopifyProductCache" cached on cached.shop = $1 and cached.id = source.id
       left join "ProductProposal" decided on decided.shop = $1 and decided."shopifyProductId" = source.id
         and decided."productId" = $2 and decided.status = 'accepted'
      order by source.place`,
    [shop, id, shopifyProductIds],
  );
  return rows;
}
