import type { Db } from "#app/lib/db.server.ts";

/**
 * How many records a shop has in the ERP, archived ones too. Test orders are shown elsewhere and never counted; nor are
 * customers that became part of another, or are only remembered so, and products made up of placeholders for what Shopify
 * no longer has.
 */
export type ErpCounts = { products: number; customers: number; orders: number };

// All of them less the few that do not count: both are in an index, so that no row of a large table has to be read.
export async function countErpRecords(db: Db, { shop }: { shop: string }): Promise<ErpCounts> {
  const { rows } = await db.query<ErpCounts>(
    `select
       (select count(*) from "Product" where shop = $1)
         - (select count(*)
              from (select distinct "productId" as id from "Sku" where shop = $1 and "isPlaceholder") placeholder
              cross join lateral (
                select from "Product" product where product.shop = $1 and product.id = placeholder.id
                   and product."archivedAt" is not null
                   and not exists (select from "Sku" real where real.shop = $1 and real."productId" = product.id
                     and not real."isPlaceholder")
                offset 0) made_up) as products,
       (select count(*) from "Customer" where shop = $1)
         - (select count(*) from "Customer" where shop = $1
              and ("mergedIntoId" is not null or ("archivedAt" is not null and "shopifyUpdatedAt" is null))) as customers,
       (select count(*) from "Order" where shop = $1) - (select count(*) from "Order" where shop = $1 and test) as orders`,
    [shop],
  );
  return rows[0] ?? { products: 0, customers: 0, orders: 0 };
}
