import type { Db } from "#app/lib/db.server.ts";
import { everyRow } from "#app/lib/every-row.ts";
import type { CatalogueSku } from "./catalogue-views.ts";
import { listCatalogueIds, type CatalogueQuestion } from "./list-catalogue.server.ts";

/** Products read at a time. */
const PAGE = 200;

/** Every SKU of the products that a list shows, in the list's order, products a page at a time. */
export async function* exportCatalogue(db: Db, question: CatalogueQuestion): AsyncGenerator<CatalogueSku[]> {
  for await (const products of everyRow((at) => listCatalogueIds(db, { ...question, at, limit: PAGE }))) {
    const { rows } = await db.query<CatalogueSku>({
      name: "export-catalogue",
      text: SQL,
      values: [question.shop, products.map(({ id }) => id)],
    });
    yield rows;
  }
}

const SQL = `
  select product.id as "productId", product.name as product, product.status, variation."shopifySourceProductId" as "shopifyProductId",
         variation.name as variation, s."skuCode", s.size, s.options, s.price::text as price, s.barcode, s.tracked,
         (select sum(l."availableQty")::int from "ShopifyInventoryCache" l
           where l.shop = $1 and l."skuId" = s.id and l."deletedAt" is null) as stock,
         s."shopifyVariantId", s."shopifyInventoryItemId", s."isPlaceholder", s."isBundle", s."archivedAt" is not null as archived
    from unnest($2::text[]) with ordinality as listed(id, place)
    join "Product" product on product.shop = $1 and product.id = listed.id
    join "Sku" s on s.shop = $1 and s."productId" = product.id
    join "Variation" variation on variation.shop = $1 and variation.id = s."variationId"
   order by listed.place, variation.position, variation.id, s.position, s.id`;
