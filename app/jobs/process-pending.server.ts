import type { Pool } from "pg";
import type { ProcessOptions } from "#app/cache/process-batches.server.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { processPendingCustomers } from "#app/erp/customers/process-pending-customers.server.ts";
import { processPendingInventory } from "#app/erp/inventory/process-pending-inventory.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";

/** Kinds of cache entries that become ERP records, in the order in which they need each other. */
export const processedKinds = ["product", "customer", "order", "inventory"] as const;
export type ProcessedKind = (typeof processedKinds)[number];

export const kindWords: Record<ProcessedKind, string> = {
  product: "products",
  customer: "customers",
  order: "orders",
  inventory: "stock levels",
};

/** What brings each kind into the ERP. */
export const processPending: Record<ProcessedKind, (pool: Pool, options: ProcessOptions) => Promise<Tally>> =
  {
    product: processPendingProducts,
    customer: processPendingCustomers,
    order: processPendingOrders,
    inventory: processPendingInventory,
  };
