import type { Db } from "#app/lib/db.server.ts";

/** How many records a shop has in the ERP, archived ones too. Test orders are shown elsewhere and never counted. */
export type ErpCounts = { products: number; customers: number; orders: number };

export async function countErpRecords(db: Db, { shop }: { shop: string }): Promise<ErpCounts> {
  const { rows } = await db.query<ErpCounts>(
    `select
       (select count(*) from "Product" where shop = $1) as products,
       (select count(*) from "Customer" where shop = $1) as customers,
       (select count(*) from "Order" where shop = $1 and not test) as orders`,
    [shop],
  );
  return rows[0] ?? { products: 0, customers: 0, orders: 0 };
}
