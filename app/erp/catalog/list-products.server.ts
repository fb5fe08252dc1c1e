import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { followOrById, type ListOptions } from "#app/erp/list-position.ts";
import { erpProductColumns, type ErpProduct } from "./erp-product.ts";

/** A shop's products, the oldest first, or in the order of change. */
export async function listProducts(
  db: Db,
  options: ListOptions & {
    /** Shopify's word. */
    status?: string | undefined;
    archived?: boolean | undefined;
    /** Of any Shopify product that feeds it. */
    shopifyProductId?: string | undefined;
  },
): Promise<ErpProduct[]> {
  const { shop, limit, status, archived, shopifyProductId } = options;
  const { conditions, orderBy } = followOrById(options);
  const shelved: Condition[] =
    archived === undefined ? [] : [[`o."archivedAt" is ${archived ? "not " : ""}null`]];
  const { and, values } = askedConditions(
    [shop, limit],
    [
      ["o.status = ?", status],
      [`o."shopifyProductIds" @> ?`, shopifyProductId === undefined ? undefined : [shopifyProductId]],
      ...shelved,
      ...conditions,
    ],
  );
  const { rows } = await db.query<ErpProduct>(
    `select ${erpProductColumns} from "Product" o where o.shop = $1${and} order by ${orderBy} limit $2`,
    values,
  );
  return rows;
}
