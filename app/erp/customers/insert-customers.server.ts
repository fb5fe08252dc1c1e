import type { Db } from "#app/lib/db.server.ts";
import type { CustomerRow } from "./customer-rows.ts";

/** The row as JSON fields. */
export const CUSTOMER_FIELDS = `id text, "shopifyCustomerId" text, email text, phone text, "firstName" text, "lastName" text,
  "defaultAddress" jsonb, "acceptsMarketing" boolean, tags text[], note text, state text, "ordersCount" int,
  "totalSpent" numeric, currency text, "taxExempt" boolean, "shopifyUpdatedAt" timestamptz, "archivedAt" timestamptz`;

/**
 * New customers in one statement, in one order for everybody (two batches that both hold customer 1
 * and 2 then never wait for each other in a circle). One that somebody else made in the meantime is
 * left out, not an error.
 * @returns the ids of the rows that were made
 */
export async function insertCustomers(
  tx: Db,
  { shop, rows, now }: { shop: string; rows: readonly CustomerRow[]; now: Date },
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { rows: made } = await tx.query<{ id: string }>({
    name: "insert-customers",
    text: SQL,
    values: [shop, JSON.stringify(rows), now],
  });
  return new Set(made.map((row) => row.id));
}

const SQL = `
  insert into "Customer" (shop, id, "shopifyCustomerId", email, phone, "firstName", "lastName", "defaultAddress",
      "acceptsMarketing", tags, note, state, "ordersCount", "totalSpent", currency, "taxExempt", "shopifyUpdatedAt",
      "archivedAt", "createdAt", "updatedAt")
  select $1, id, "shopifyCustomerId", email, phone, "firstName", "lastName", nullif("defaultAddress", 'null'),
      "acceptsMarketing", tags, note, state, "ordersCount", "totalSpent", currency, "taxExempt", "shopifyUpdatedAt",
      "archivedAt", $3, $3
    from json_to_recordset($2) as row(${CUSTOMER_FIELDS})
   order by "shopifyCustomerId"
  on conflict (shop, "shopifyCustomerId") do nothing
  returning id`;
