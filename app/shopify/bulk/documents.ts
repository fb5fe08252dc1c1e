import { AppError } from "#app/lib/errors.ts";
import { customersDocument } from "./documents-customers.ts";
import { fulfillmentOrdersDocument } from "./documents-fulfillment-orders.ts";
import { inventoryDocument } from "./documents-inventory.ts";
import { ordersDocument } from "./documents-orders.ts";
import { productsDocument } from "./documents-products.ts";
import type { BulkPurpose, BulkWindow } from "./bulk-purpose.ts";
import { grantedBy, type Fields, type RootArguments } from "./granted-fields.ts";

export type BulkDocument = {
  /** The text for `bulkOperationRunQuery`. */
  query: string;
  /** The same selection as a plain query for one record: its answer carries the search warnings a bulk run hides. */
  probe: string;
  /** What was left out because the scope for it was not granted, e.g. `customer (needs read_customers)`. */
  dropped: string[];
};

/**
 * The bulk query of one purpose, with only the fields the granted scopes allow: in a bulk operation one
 * forbidden field fails everything with ACCESS_DENIED (Shopify's docs, bulk operations).
 *
 * The first selections of every root are fixed, and every child begins with `__typename id`: the reader of
 * the JSONL takes these by position and only parses when they are not where they should be.
 * Throws SCOPE_MISSING when the purpose itself is not allowed.
 */
export function bulkDocument(
  purpose: BulkPurpose,
  options: { scopes: readonly string[]; window: BulkWindow | null },
): BulkDocument {
  const dropped: string[] = [];
  const fields = grantedBy(options.scopes, (name) => {
    if (!dropped.includes(name)) dropped.push(name);
  });
  const needed = neededScopes[purpose];
  if (!needed.some((scope) => fields.has(scope))) {
    throw new AppError(
      "SCOPE_MISSING",
      `Reading ${purposeWords[purpose]} needs the permission ${needed.join(" or ")}.`,
    );
  }
  const build = builders[purpose];
  const query = tidy(build(fields, { filter: searchArguments(purpose, options.window), page: "" }));
  const probe = tidy(build(fields, { filter: searchArguments(purpose, options.window), page: "first: 1" }));
  return { query, probe, dropped };
}

/** What a person calls the records of a purpose. */
export const purposeWords: Record<BulkPurpose, string> = {
  products: "products",
  customers: "customers",
  orders: "orders",
  fulfillment_orders: "fulfilment orders",
  inventory: "stock",
};

/** One of these is enough for the root itself. */
const neededScopes: Record<BulkPurpose, string[]> = {
  products: ["read_products"],
  customers: ["read_customers"],
  orders: ["read_orders"],
  fulfillment_orders: [
    "read_merchant_managed_fulfillment_orders",
    "read_assigned_fulfillment_orders",
    "read_third_party_fulfillment_orders",
  ],
  inventory: ["read_inventory"],
};

const builders: Record<BulkPurpose, (fields: Fields, root: RootArguments) => string> = {
  products: productsDocument,
  customers: customersDocument,
  orders: ordersDocument,
  fulfillment_orders: fulfillmentOrdersDocument,
  inventory: inventoryDocument,
};

/**
 * The search of a window with the sort key that belongs to it: a range on another field than the sort key may
 * time out (Shopify's docs, bulk operations). An unknown search field would be ignored and return ALL rows, so
 * the names are per purpose:
 * - customers have no `created_at`, they have `customer_date`; their `updated_at` matches whole days.
 * - fulfilment orders only have `updated_at`. Theirs is never before their order's creation, so a window of
 *   order creation dates keeps its start and loses its end: more than asked for, never less.
 * - stock has no window: a level's change need not move its item's `updated_at`. It is read whole.
 */
function searchArguments(purpose: BulkPurpose, window: BulkWindow | null): string {
  if (purpose === "inventory") return "";
  const byUpdate = window?.by === "updated" || purpose === "fulfillment_orders";
  const created = purpose === "customers" ? "customer_date" : "created_at";
  const name = byUpdate ? "updated_at" : created;
  const until = purpose === "fulfillment_orders" && window?.by === "created" ? null : window?.until;
  const terms = [
    window?.from && `${name}:>='${isoSeconds(window.from)}'`,
    until && `${name}:<'${isoSeconds(until)}'`,
  ].filter(Boolean);
  if (terms.length === 0) return "";
  return `query: ${JSON.stringify(terms.join(" AND "))}, sortKey: ${byUpdate ? "UPDATED_AT" : "CREATED_AT"}`;
}

function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Indentation is for us; the text counts towards Shopify's 65,535 bytes. */
function tidy(document: string): string {
  return document
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n")
    .replaceAll("()", "");
}
