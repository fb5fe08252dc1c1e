import type { Db } from "#app/lib/db.server.ts";
import { erpCustomerColumns, type ErpCustomer } from "./erp-customer.ts";

/** One customer of the ERP's; null where the shop has none of that id. */
export async function loadCustomer(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<ErpCustomer | null> {
  const { rows } = await db.query<ErpCustomer>(
    `select ${erpCustomerColumns} from "Customer" o where o.shop = $1 and o.id = $2`,
    [shop, id],
  );
  return rows[0] ?? null;
}
