import type { CustomerRecord } from "./customer-list-row.ts";
import type { ErpCustomer } from "./erp-customer.ts";

/** SQL: the `CustomerRecord` of "Customer" o. */
export const customerRecord = `case when o."redactedAt" is not null then 'redacted' when o."mergedIntoId" is not null then 'merged'
  when o."archivedAt" is not null then 'archived' else 'current' end`;

/** The same of a customer that is loaded. */
export function customerRecordOf(
  customer: Pick<ErpCustomer, "redactedAt" | "mergedIntoId" | "archivedAt">,
): CustomerRecord {
  if (customer.redactedAt !== null) return "redacted";
  if (customer.mergedIntoId !== null) return "merged";
  return customer.archivedAt === null ? "current" : "archived";
}
