import { selectList } from "#app/lib/select-list.ts";
import type { ProductRow, SkuRow, VariationRow } from "./catalog-rows.ts";

/** When the ERP's row was made, and last changed. ISO, UTC. */
type RowTimes = { createdAt: string; updatedAt: string };

/** The catalogue as other systems read it. */
export type ErpProduct = ProductRow & RowTimes;
export type ErpVariation = VariationRow & RowTimes;
export type ErpSku = SkuRow &
  RowTimes & {
    /** Further Shopify variants that a person said are this SKU. */
    mappedVariantIds: string[];
  };

const instants = ["archivedAt", "createdAt", "updatedAt"];

/** SQL: the columns of an `ErpProduct`, of "Product" o. */
export const erpProductColumns = selectList(
  "o",
  [
    ...["id", "name", "handle", "description", "vendor", "productType", "status", "tags", "shopifyProductId"],
    ...["shopifyProductIds", "isGiftCard", "archivedAt", "createdAt", "updatedAt"],
  ],
  { instants },
);

/** SQL: the columns of an `ErpVariation`, of "Variation" o. */
export const erpVariationColumns = selectList(
  "o",
  [
    ...["id", "productId", "axis", "name", "shopifySourceProductId", "position", "archivedAt", "createdAt"],
    "updatedAt",
  ],
  { instants },
);

const skuColumns = selectList(
  "o",
  [
    ...["id", "productId", "variationId", "skuCode", "size", "options", "title", "barcode", "price"],
    ...["compareAtPrice", "weightGrams", "tracked", "requiresShipping", "isBundle", "isPlaceholder"],
    ...["shopifyVariantId", "shopifyInventoryItemId", "position", "archivedAt", "createdAt", "updatedAt"],
  ],
  { instants, amounts: ["price", "compareAtPrice", "weightGrams"] },
);

/** SQL: the columns of an `ErpSku`, of "Sku" o of the shop $1. */
export const erpSkuColumns = `${skuColumns},
  array(select m."shopifyVariantId" from "SkuMapping" m where m.shop = $1 and m."skuId" = o.id
    and m."shopifyVariantId" is distinct from o."shopifyVariantId" order by 1) as "mappedVariantIds"`;
