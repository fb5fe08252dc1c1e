import { selectList } from "#app/lib/select-list.ts";
import type { CustomerRow } from "./customer-rows.ts";

/** A customer as other systems read it: amounts exact decimal text, times ISO in UTC. */
export type ErpCustomer = CustomerRow & {
  mergedIntoId: string | null;
  redactedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

/** SQL: the columns of an `ErpCustomer`, of "Customer" o. */
export const erpCustomerColumns = selectList(
  "o",
  [
    ...["id", "shopifyCustomerId", "email", "phone", "firstName", "lastName", "defaultAddress"],
    ...["acceptsMarketing", "tags", "note", "state", "ordersCount", "totalSpent", "currency", "taxExempt"],
    ...["shopifyUpdatedAt", "archivedAt", "redactedAt", "mergedIntoId", "createdAt", "updatedAt"],
  ],
  {
    instants: ["shopifyUpdatedAt", "archivedAt", "redactedAt", "createdAt", "updatedAt"],
    amounts: ["totalSpent"],
  },
);
