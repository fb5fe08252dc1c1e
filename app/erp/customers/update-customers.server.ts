import type { Db } from "#app/lib/db.server.ts";
import type { CustomerRow } from "./customer-rows.ts";
import { CUSTOMER_FIELDS } from "./insert-customers.server.ts";

/** Changed customers in one statement. The caller holds their rows locked. */
export async function updateCustomers(
  tx: Db,
  { shop, rows, now }: { shop: string; rows: readonly CustomerRow[]; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query({ name: "update-customers", text: SQL, values: [shop, JSON.stringify(rows), now] });
}

const SQL = `
  update "Customer" customer
     set "shopifyCustomerId" = row."shopifyCustomerId", email = row.email, phone = row.phone,
         "firstName" = row."firstName", "lastName" = row."lastName",
         "defaultAddress" = nullif(row."defaultAddress", 'null'), "acceptsMarketing" = row."acceptsMarketing",
         tags = row.tags, note = row.note, state = row.state, "ordersCount" = row."ordersCount",
         "totalSpent" = row."totalSpent", currency = row.currency, "taxExempt" = row."taxExempt",
         "shopifyUpdatedAt" = row."shopifyUpdatedAt", "archivedAt" = row."archivedAt", "updatedAt" = $3
    from json_to_recordset($2) as row(${CUSTOMER_FIELDS})
   where customer.shop = $1 and customer.id = row.id`;
