import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { followOrById, type ListOptions } from "#app/erp/list-position.ts";
import { erpCustomerColumns, type ErpCustomer } from "./erp-customer.ts";

/** A shop's customers, the oldest first, or in the order of change; archived, merged and redacted ones are among them. */
export async function listCustomers(
  db: Db,
  options: ListOptions & { shopifyCustomerId?: string | undefined },
): Promise<ErpCustomer[]> {
  const { shop, limit, shopifyCustomerId } = options;
  const { conditions, orderBy } = followOrById(options);
  const { and, values } = askedConditions(
    [shop, limit],
    [[`o."shopifyCustomerId" = ?`, shopifyCustomerId], ...conditions],
  );
  const { rows } = await db.query<ErpCustomer>(
    `select ${erpCustomerColumns} from "Customer" o where o.shop = $1${and} order by ${orderBy} limit $2`,
    values,
  );
  return rows;
}
