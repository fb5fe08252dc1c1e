import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { ProductMapping, ProductPage, ProductSource, SkuStock } from "./catalogue-views.ts";
import {
  erpProductColumns,
  erpSkuColumns,
  erpVariationColumns,
  type ErpProduct,
  type ErpSku,
  type ErpVariation,
} from "./erp-product.ts";
import { mappingColumns } from "./list-sku-mappings.server.ts";

/** A product with everything its page shows, its SKUs a page at a time: there may be two thousand. Null where the shop has none of that id. */
export async function loadProductPage(
  db: Db,
  { shop, id, at, limit }: { shop: string; id: string; at: ListAt; limit: number },
): Promise<ProductPage | null> {
  const { rows } = await db.query<ErpProduct>(
    `select ${erpProductColumns} from "Product" o where o.shop = $1 and o.id = $2`,
    [shop, id],
  );
  const [product] = rows;
  if (!product) return null;
  const { shopifyProductIds } = product;
  const [{ rows: shown, ...pages }, mappings, sources, rest] = await Promise.all([
    loadSkus(db, { shop, id, at, limit }),
    db.query<ProductMapping>(
      `select ${mappingColumns}, coalesce(s."skuCode", s.title) as "skuName"
         from "Sku" s join "SkuMapping" o on o.shop = $1 and o."skuId" = s.id
        where s.shop = $1 and s."productId" = $2 order by o."createdAt", o."shopifyVariantId"`,
      [shop, id],
    ),
    loadSources(db, { shop, id, shopifyProductIds }),
    db.query<{ openProposals: number; currency: string | null; variations: number; skus: number }>(
      `select (select currency from "Shop" where shop = $1) as currency,
              (select count(*)::int from "ProductProposal" where shop = $1 and status = 'open'
                and ("productId" = $2 or "shopifyProductId" = any($3))) as "openProposals",
              (select count(*)::int from "Variation" where shop = $1 and "productId" = $2) as variations,
              (select count(*)::int from "Sku" where shop = $1 and "productId" = $2) as skus`,
      [shop, id, shopifyProductIds],
    ),
  ]);
  const stock = await loadStock(
    db,
    shop,
    shown.flatMap(({ sku }) => sku?.id ?? []),
  );
  const { openProposals = 0, currency = null, variations = 0, skus = 0 } = rest.rows[0] ?? {};
  return {
    ...{ product, pages, sources, openProposals, currency, mappings: mappings.rows },
    counts: { variations, skus },
    variations: [...Map.groupBy(shown, ({ variation }) => variation.id).values()].flatMap((of) =>
      of.slice(0, 1).map(({ variation }) => ({
        ...variation,
        skus: of.flatMap(({ sku }) => (sku === null ? [] : [{ ...sku, stock: stock.get(sku.id) ?? [] }])),
      })),
    ),
  };
}

type ShownSku = { variation: ErpVariation; sku: ErpSku | null };

const inVariations: ListSort = {
  columns: [
    { sql: "v.position", type: "integer" },
    { sql: "v.id", type: "text" },
    { sql: "coalesce(s.position, 0)", type: "integer" },
    { sql: "coalesce(s.id, '')", type: "text" },
  ],
  direction: "asc",
};

const partOf = (table: string, columns: string, id: string) =>
  `(select row_to_json(part) from (select ${columns} from "${table}" o where o.shop = $1 and o.id = ${id}) part)`;

/** One page of a product's SKUs, archived ones too, by variation. */
function loadSkus(
  db: Db,
  { shop, id, at, limit }: { shop: string; id: string; at: ListAt; limit: number },
): Promise<ListPage<ShownSku>> {
  const keyOf = ({ variation, sku }: ShownSku) => [
    ...[String(variation.position), variation.id],
    ...[String(sku?.position ?? 0), sku?.id ?? ""],
  ];
  return loadListPage({ sort: inVariations, at, limit, keyOf }, async (page) => {
    const { and, values } = askedConditions([shop, id, page.limit], page.conditions);
    const { rows } = await db.query<ShownSku>(
      `with page as materialized (
         select v.id as variation, s.id as sku, row_number() over (order by ${page.orderBy}) as place
           from "Variation" v left join "Sku" s on s.shop = $1 and s."productId" = $2 and s."variationId" = v.id
          where v.shop = $1 and v."productId" = $2${and} order by ${page.orderBy} limit $3)
       select ${partOf("Variation", erpVariationColumns, "page.variation")} as variation,
         ${partOf("Sku", erpSkuColumns, "page.sku")} as sku
         from page order by place`,
      values,
    );
    return rows;
  });
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
