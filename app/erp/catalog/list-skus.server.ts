import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { followOrById, type ListOptions } from "#app/erp/list-position.ts";
import { erpSkuColumns, type ErpSku } from "./erp-product.ts";

/** A shop's SKUs, the oldest first, or in the order of change. */
export async function listSkus(
  db: Db,
  options: ListOptions & {
    /** The SKU text; several SKUs may have it. */
    code?: string | undefined;
    /** The SKU that answers for this variant: by a person's mapping, else the variant's own. */
    shopifyVariantId?: string | undefined;
  },
): Promise<ErpSku[]> {
  const { shop, limit, code, shopifyVariantId } = options;
  const { conditions, orderBy } = followOrById(options);
  const { and, values } = askedConditions(
    [shop, limit],
    [
      [`o."skuCode" = ?`, code],
      [
        `o.id = coalesce((select m."skuId" from "SkuMapping" m where m.shop = $1 and m."shopifyVariantId" = ?),
           (select own.id from "Sku" own where own.shop = $1 and own."shopifyVariantId" = ?))`,
        ...[shopifyVariantId, shopifyVariantId],
      ],
      ...conditions,
    ],
  );
  const { rows } = await db.query<ErpSku>(
    `select ${erpSkuColumns} from "Sku" o where o.shop = $1${and} order by ${orderBy} limit $2`,
    values,
  );
  return rows;
}
