import type { QueuedKind } from "#app/cache/cache-tables.ts";

/** What a person calls the records of each kind, within a sentence. */
export const kindNames: Record<QueuedKind, { one: string; many: string }> = {
  product: { one: "product", many: "products" },
  customer: { one: "customer", many: "customers" },
  order: { one: "order", many: "orders" },
  inventory: { one: "stock level", many: "stock levels" },
};
