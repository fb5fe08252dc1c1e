import type { Db } from "#app/lib/db.server.ts";
import { CONTACT_FIELDS } from "./contact.ts";
import type { ContactField } from "./contact.ts";
import type { CustomerData } from "./customer-news.ts";

type Stored = { shopifyCustomerId: string; id: string; told: Date } & Record<ContactField, string | null>;

/**
 * Customers whose record none of these orders can change: it was told by somebody at least as new, and they say
 * nothing else. In a dump that is nearly all of them, and the short question spares the long one.
 * @returns Shopify's customer id → the record's id
 */
export async function findSettledCustomers(
  tx: Db,
  { shop, customers }: { shop: string; customers: readonly CustomerData[] },
): Promise<Map<string, string>> {
  const orders = Map.groupBy(customers, (data) => data.shopifyCustomerId);
  const { rows } = await tx.query<Stored>({
    name: "find-settled-customers",
    text: `select "shopifyCustomerId", coalesce("mergedIntoId", id) as id, "shopifyUpdatedAt" as told,
        email, phone, "firstName", "lastName" from "Customer"
      where shop = $1 and "shopifyCustomerId" = any($2) and "shopifyUpdatedAt" is not null`,
    values: [shop, [...orders.keys()]],
  });
  const settled = new Map<string, string>();
  for (const row of rows) {
    const told = row.told.toISOString();
    const saysNothingNew = (data: CustomerData) =>
      (data.asOf ?? "") <= told && CONTACT_FIELDS.every((field) => isSame(data[field], row[field], field));
    if (orders.get(row.shopifyCustomerId)?.every(saysNothingNew) === true)
      settled.set(row.shopifyCustomerId, row.id);
  }
  return settled;
}

/** Whether it is surely the same; a phone that is written in another way is looked at closely elsewhere. */
function isSame(text: string | null | undefined, stored: string | null, field: ContactField): boolean {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return true;
  return (field === "email" ? trimmed.toLowerCase() : trimmed) === stored;
}
