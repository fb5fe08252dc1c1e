import type { Db } from "#app/lib/db.server.ts";
import {
  erpProductColumns,
  erpSkuColumns,
  erpVariationColumns,
  type ErpProduct,
  type ErpSku,
  type ErpVariation,
} from "./erp-product.ts";

export type ErpProductWithSkus = ErpProduct & { variations: (ErpVariation & { skus: ErpSku[] })[] };

/** One product of the ERP's with its variations and their SKUs, archived ones too; null where the shop has none of that id. */
export async function loadProduct(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<ErpProductWithSkus | null> {
  const { rows } = await db.query<ErpProduct & { variations: ErpVariation[]; skus: ErpSku[] }>({
    name: "load-erp-product",
    text: SQL,
    values: [shop, id],
  });
  const [found] = rows;
  if (!found) return null;
  const { skus, variations, ...product } = found;
  const of = Map.groupBy(skus, ({ variationId }) => variationId);
  return { ...product, variations: variations.map((one) => ({ ...one, skus: of.get(one.id) ?? [] })) };
}

const partsOf = (table: string, columns: string) =>
  `(select coalesce(json_agg(row_to_json(part)), '[]') from (select ${columns} from "${table}" o
     where o.shop = $1 and o."productId" = $2 order by o.position, o.id) part)`;

const SQL = `select ${erpProductColumns}, ${partsOf("Variation", erpVariationColumns)} as variations,
  ${partsOf("Sku", erpSkuColumns)} as skus
  from "Product" o where o.shop = $1 and o.id = $2`;
