import type { PostalAddress } from "#app/shopify/codecs/decode-address.ts";

/** A customer's row: the columns of the table without `shop` and the row's own times. */
export type CustomerRow = {
  id: string;
  shopifyCustomerId: string | null;
  /** Lower case. */
  email: string | null;
  /** E.164 where it could be read as a phone number, else as typed. */
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  defaultAddress: PostalAddress | null;
  acceptsMarketing: boolean | null;
  tags: string[];
  note: string | null;
  state: string | null;
  ordersCount: number | null;
  /** Exact decimal in `currency`. */
  totalSpent: string | null;
  currency: string | null;
  taxExempt: boolean | null;
  /** When Shopify first said the name, email and phone that stand here. ISO, UTC. */
  shopifyUpdatedAt: string | null;
  archivedAt: string | null;
};

/** A row as the database has it. */
export type StoredCustomer = CustomerRow & {
  /** A redacted person is never written again. */
  redacted: boolean;
  /** The record this one became part of (customers/merge): its Shopify id leads there. */
  mergedIntoId: string | null;
};

/**
 * A row that only remembers a merge: nobody with an order ever told it, so it is no customer yet (and archived).
 * The first order makes it one.
 */
export function isOnlyRemembered(row: Pick<CustomerRow, "archivedAt" | "shopifyUpdatedAt">): boolean {
  return row.archivedAt !== null && row.shopifyUpdatedAt === null;
}

/** One row of the change feed, in this module's words. */
export type CustomerChange = {
  customerId: string;
  change: "created" | "updated" | "archived";
  parts: string[];
};
